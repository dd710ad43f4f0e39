package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Patience;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A command that ends by itself, and one that somebody ends at that very moment. */
@Timeout(30)
class LeaveHookTest {
    @Test
    void aCommandThatIsOverLeavesNoHookBehind() throws InterruptedException {
        LeaveHook hook = LeaveHook.add(() -> {});
        assertThat(hook.takeBack()).isTrue();
        assertThat(Runtime.getRuntime().removeShutdownHook(hook.thread())).isFalse();
    }

    @Test
    void onceTheMachineEndsTheCommandWaitsForItsHook() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        LeaveHook hook = new LeaveHook(
                () -> {
                    try {
                        left.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                thread -> {
                    throw new IllegalStateException("Shutdown in progress");
                });
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> takenBack = threads.submit((Callable<Boolean>) hook::takeBack);
            hook.thread().start();
            await().until(() -> hook.thread().getState() == Thread.State.WAITING);
            assertThat(takenBack.isDone()).isFalse();
            left.countDown();
            assertThat(takenBack.get(Patience.SOON.toSeconds(), TimeUnit.SECONDS))
                    .isFalse();
        } finally {
            threads.shutdownNow();
        }
    }
}
