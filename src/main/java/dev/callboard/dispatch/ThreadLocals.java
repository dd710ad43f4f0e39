package dev.callboard.dispatch;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Takes all thread locals off a thread, as its end would. The JDK does so for its own pools and has no public way to ask for
 * it: the two fields are emptied by {@code sun.misc.Unsafe}, where Java has it.
 */
final class ThreadLocals {
    /** The values of {@link ThreadLocal} and of {@link InheritableThreadLocal}. */
    private static final @Nullable MethodHandle OWN = emptying("threadLocals");

    private static final @Nullable MethodHandle INHERITED = emptying("inheritableThreadLocals");

    private ThreadLocals() {}

    /** Of {@code (Thread)}; null where Java does not let us. */
    private static @Nullable MethodHandle emptying(String fieldName) {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            Object unsafe = instance.get(null);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            long offset = (long) lookup.findVirtual(type, "objectFieldOffset", methodType(long.class, Field.class))
                    .invoke(unsafe, Thread.class.getDeclaredField(fieldName));
            MethodHandle put = lookup.findVirtual(
                            type, "putObject", methodType(void.class, Object.class, long.class, Object.class))
                    .bindTo(unsafe);
            return MethodHandles.insertArguments(put, 1, offset, null).asType(methodType(void.class, Thread.class));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        } catch (Throwable e) {
            throw new LinkageError("the fields of a thread cannot be found", e);
        }
    }

    /** Whether this Java lets it be done. */
    static boolean clearable() {
        return OWN != null && INHERITED != null;
    }

    /**
     * Takes those of the calling thread.
     *
     * @throws IllegalStateException when it is not {@link #clearable()}
     */
    static void clear() {
        if (OWN == null || INHERITED == null) {
            throw new IllegalStateException("thread locals cannot be cleared on Java " + Runtime.version());
        }
        try {
            Thread thread = Thread.currentThread();
            OWN.invokeExact(thread);
            INHERITED.invokeExact(thread);
        } catch (Throwable e) {
            throw new LinkageError("the fields of a thread cannot be emptied", e);
        }
    }
}
