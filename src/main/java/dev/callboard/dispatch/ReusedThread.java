package dev.callboard.dispatch;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that runs one piece of work after the other and finds each time what a new thread would: its name and
 * class loader are those of the work, and nothing is left of the work before (interrupt, thread locals, priority, handler).
 * It ends when nobody gives it work for some time. One that was interrupted by {@link Work#interrupt()} is never given
 * work again: the interrupt may come late, and code that does not end at once may do so at any time, or never.
 */
final class ReusedThread {
    static final String IDLE_NAME = "stage-idle";

    private final Deque<ReusedThread> idle;
    private final Duration patience;
    private final BlockingQueue<Work> inbox = new ArrayBlockingQueue<>(1);
    private final Thread thread;

    /**
     * One that is not started.
     *
     * @param idle where it stands while it has no work, and whoever takes it away there gives it work; also the lock for that
     * @param patience how long it waits for work
     */
    ReusedThread(Deque<ReusedThread> idle, Duration patience) {
        this.idle = idle;
        this.patience = patience;
        // Without what the starter has in inheritable thread locals.
        thread = new Thread(null, this::serve, IDLE_NAME, 0, false);
        thread.setDaemon(true);
    }

    /** The first work. */
    Work start(String name, ClassLoader loader, Runnable code) {
        Work work = give(name, loader, code);
        thread.start();
        return work;
    }

    /** The next work, after the thread was taken out of the idle ones. */
    Work give(String name, ClassLoader loader, Runnable code) {
        Work work = new Work(name, loader, code);
        inbox.add(work);
        return work;
    }

    /** A piece of work on this thread. */
    final class Work implements StageThreads.Started {
        private final String name;
        private final ClassLoader loader;
        private final Runnable code;
        private boolean ended;
        private boolean interrupted;

        private Work(String name, ClassLoader loader, Runnable code) {
            this.name = name;
            this.loader = loader;
            this.code = code;
        }

        @Override
        public synchronized void interrupt() {
            if (!ended) {
                interrupted = true;
                thread.interrupt();
            }
        }

        private void run() {
            thread.setName(name);
            thread.setContextClassLoader(loader);
            takeInterrupt();
            code.run();
        }

        /** An interrupt of this work may have come while the thread still waited for it; any other is for nobody. */
        private synchronized void takeInterrupt() {
            if (interrupted) {
                thread.interrupt();
            } else {
                Thread.interrupted();
            }
        }

        /** From now on nobody interrupts it; whether anybody has. */
        private synchronized boolean end() {
            ended = true;
            return interrupted;
        }
    }

    private void serve() {
        boolean fresh = true;
        while (fresh) {
            fresh = serveOne();
        }
    }

    /** False when the thread ends. Work is referred to in here only: an idle thread keeps nobody's code loaded. */
    private boolean serveOne() {
        Work work = next();
        if (work == null) {
            return false;
        }
        work.run();
        clean();
        if (work.end()) {
            return false;
        }
        synchronized (idle) {
            idle.push(this);
        }
        return true;
    }

    private void clean() {
        ThreadLocals.clear();
        thread.setName(IDLE_NAME);
        thread.setContextClassLoader(null);
        thread.setUncaughtExceptionHandler(null);
        if (thread.getPriority() != Thread.NORM_PRIORITY) {
            thread.setPriority(Thread.NORM_PRIORITY);
        }
        // Last: whatever comes from now on was not meant for the next work either.
        Thread.interrupted();
    }

    /** Null when there was none for so long. */
    private @Nullable Work next() {
        while (true) {
            try {
                Work work = inbox.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
                if (work != null) {
                    return work;
                }
                synchronized (idle) {
                    if (idle.remove(this)) {
                        return null;
                    }
                }
                // Somebody took it away there just now, and is about to give it work.
            } catch (InterruptedException e) {
                // By code that ran here before and kept the thread; it is for nobody now.
            }
        }
    }
}
