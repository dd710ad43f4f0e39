package dev.callboard.execution;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Threads that stages run on: virtual ones from Java 21 on, else platform ones. How many run at once is the dispatcher's to
 * say; a thread that does not end when it is interrupted is left behind and holds nobody's place.
 */
final class StageThreads {
    private static final int FIRST_WITH_VIRTUAL = 21;
    private static final @Nullable Method OF_VIRTUAL = find("java.lang.Thread", "ofVirtual");
    private static final @Nullable Method UNSTARTED = find("java.lang.Thread$Builder", "unstarted", Runnable.class);

    private StageThreads() {}

    /** Looked up, because the class file is for Java 17. */
    private static @Nullable Method find(String type, String method, Class<?>... parameters) {
        if (Runtime.version().feature() < FIRST_WITH_VIRTUAL) {
            return null;
        }
        try {
            return Class.forName(type).getMethod(method, parameters);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Java " + Runtime.version() + " has no virtual threads", e);
        }
    }

    /** Starts the work on a thread of its own, with that loader as its context class loader. */
    static Thread start(String name, ClassLoader loader, Runnable work) {
        Thread thread = unstarted(work);
        thread.setName(name);
        thread.setContextClassLoader(loader);
        thread.start();
        return thread;
    }

    private static Thread unstarted(Runnable work) {
        if (OF_VIRTUAL == null || UNSTARTED == null) {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }
        try {
            return (Thread) UNSTARTED.invoke(OF_VIRTUAL.invoke(null), work);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a virtual thread cannot be made", e);
        }
    }
}
