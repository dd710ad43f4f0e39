package dev.callboard.cli;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** What is left to do when somebody ends the command before it is over; else it is taken back. */
final class LeaveHook {
    private final Thread thread;
    private final Consumer<Thread> remove;
    private final CountDownLatch done = new CountDownLatch(1);

    /** @param remove takes a hook back; throws {@link IllegalStateException} when the machine is ending already */
    LeaveHook(Runnable leave, Consumer<Thread> remove) {
        this.remove = remove;
        this.thread = new Thread(
                () -> {
                    try {
                        leave.run();
                    } finally {
                        done.countDown();
                    }
                },
                "leave");
    }

    /** Has it run when the virtual machine ends. */
    static LeaveHook add(Runnable leave) {
        Runtime runtime = Runtime.getRuntime();
        LeaveHook hook = new LeaveHook(leave, runtime::removeShutdownHook);
        runtime.addShutdownHook(hook.thread);
        return hook;
    }

    Thread thread() {
        return thread;
    }

    /** Takes it back. When the machine is ending already it is too late: waits until it has run, and answers false. */
    boolean takeBack() throws InterruptedException {
        try {
            remove.accept(thread);
            return true;
        } catch (IllegalStateException ending) {
            // The only way to learn that the machine is ending.
            done.await();
            return false;
        }
    }
}
