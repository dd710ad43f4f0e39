package dev.callboard.dispatch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Threads that stages run on: virtual ones from Java 21 on, else platform ones, which are used again, because a new one for
 * each attempt costs more than all else that a trivial stage does. A thread runs the code of one class loader only: what a
 * plugin may do to a thread that it has kept, such as to interrupt it late, hits no other plugin. How many run at once is the
 * dispatcher's to say; a thread that does not end when it is interrupted is left behind, holds nobody's place and is never
 * used again.
 */
final class StageThreads {
    private static final int FIRST_WITH_VIRTUAL = 21;
    private static final @Nullable Method OF_VIRTUAL = find("java.lang.Thread", "ofVirtual");
    private static final @Nullable Method UNSTARTED = find("java.lang.Thread$Builder", "unstarted", Runnable.class);

    /** How long a thread waits for work: longer than a step, and short enough to be nobody's leak. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final boolean virtual;
    private final Duration patience;

    /** Threads without work by class loader; that of an unloaded plugin is not kept by them. */
    private final Map<ClassLoader, Deque<ReusedThread>> idle = new WeakHashMap<>();

    /** As this Java has them. */
    StageThreads() {
        this(OF_VIRTUAL != null, PATIENCE);
    }

    /**
     * Of a kind.
     *
     * @param patience how long a platform thread waits for work before it ends
     */
    StageThreads(boolean virtual, Duration patience) {
        this.virtual = virtual;
        this.patience = patience;
    }

    /** Work that was started. */
    interface Started {
        /** Interrupts its thread, unless it has ended. */
        void interrupt();
    }

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

    /**
     * Starts the work on a thread that nobody else uses until it ends, with that loader as its context class loader.
     *
     * @throws OutOfMemoryError when the machine gives no more threads
     */
    Started start(String name, ClassLoader loader, Runnable work) {
        if (!virtual && ThreadLocals.clearable()) {
            return reused(name, loader, work);
        }
        Thread thread = virtual ? virtual(work) : new Thread(work);
        if (!virtual) {
            thread.setDaemon(true);
        }
        thread.setName(name);
        thread.setContextClassLoader(loader);
        thread.start();
        return thread::interrupt;
    }

    private Started reused(String name, ClassLoader loader, Runnable work) {
        Deque<ReusedThread> threads;
        synchronized (idle) {
            threads = idle.computeIfAbsent(loader, ignored -> new ArrayDeque<>());
        }
        ReusedThread thread;
        synchronized (threads) {
            // The one that worked last: the others end when there is less to do.
            thread = threads.poll();
        }
        return thread == null
                ? new ReusedThread(threads, patience).start(name, loader, work)
                : thread.give(name, loader, work);
    }

    /** How many threads wait for work. */
    int waiting() {
        List<Deque<ReusedThread>> all;
        synchronized (idle) {
            all = List.copyOf(idle.values());
        }
        int count = 0;
        for (Deque<ReusedThread> threads : all) {
            synchronized (threads) {
                count += threads.size();
            }
        }
        return count;
    }

    private static Thread virtual(Runnable work) {
        try {
            return (Thread) Objects.requireNonNull(UNSTARTED)
                    .invoke(Objects.requireNonNull(OF_VIRTUAL).invoke(null), work);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a virtual thread cannot be made", e);
        }
    }
}
