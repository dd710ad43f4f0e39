package dev.callboard.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.callboard.spi.StageFailure;
import dev.callboard.testing.Patience;
import dev.callboard.testing.PluginJars;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When processes of plugins begin, go on and end. */
@Timeout(120)
class ForkProcessesTest extends ForksFixture {
    @Test
    void aJarThatWasLoadedBeforeHasNoProcessUntilItsStageExecutes() throws Exception {
        Path jar = jar("Heard", "return 7;");
        List<?> described;
        try (ForkedPlugin loaded = forks.load("Heard", jar)) {
            described = loaded.described();
        }
        await().until(() -> forks.workers().isEmpty());
        ForkedPlugin heard = forks.heard("Heard", jar, described);
        assertThat(heard.registrations().get(0).metadata().stageType()).isEqualTo("a-stage");
        assertThat(forks.workers()).isEmpty();
        assertThat(execute(heard, null)).isEqualTo(7);
        assertThat(forks.workers()).hasSize(1);
    }

    @Test
    void asManyRunAtOnceAsThereAreProcesses() throws Exception {
        ForkedPlugin plugin = load(
                "Parallel",
                """
                try (java.io.InputStream in = context.blobs().open("1")) { in.read(); }
                return ProcessHandle.current().pid();
                """);
        context.blobs.put("1", new byte[1]);
        List<Future<Object>> running = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            running.add(threads.submit((Callable<Object>) () -> execute(plugin, 1)));
        }
        List<Object> pids = new ArrayList<>();
        for (Future<Object> one : running) {
            pids.add(one.get(Patience.SOON.toSeconds(), TimeUnit.SECONDS));
        }
        assertThat(pids.stream().distinct().count()).isLessThanOrEqualTo(2);
        assertThat(forks.workers()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void anInterruptReachesTheStageAndItsProcessIsKept() throws Exception {
        ForkedPlugin plugin = load(
                "Sleeps",
                """
                context.log("in");
                try { new java.util.concurrent.CountDownLatch(1).await(); }
                catch (InterruptedException e) { context.log("cancelled: " + context.cancelled()); throw e; }
                return null;
                """);
        Future<Object> running = threads.submit((Callable<Object>) () -> execute(plugin, 1));
        await().until(() -> context.lines.contains("in"));
        running.cancel(true);
        await().until(() -> context.lines.contains("cancelled: true"));
        assertThat(forks.workers()).hasSize(1).allMatch(Worker::usable);
    }

    @Test
    void aReplacedPluginStillServesTasksThatBeganWithIt() throws Exception {
        ForkedPlugin plugin = load("Old", "return ProcessHandle.current().pid();");
        Object first = execute(plugin, 1);
        assertThat(execute(plugin, 1)).isEqualTo(first);
        plugin.close();
        await().until(() -> forks.workers().isEmpty());
        assertThat(execute(plugin, 1)).isNotEqualTo(first);
        await().until(() -> forks.workers().isEmpty());
    }

    @Test
    void aProcessWithoutWorkEnds() throws Exception {
        forks.close();
        forks = forks(Duration.ofMillis(1));
        ForkedPlugin plugin = load("Idle", "return 1;");
        await().until(() -> forks.workers().isEmpty());
        assertThat(execute(plugin, 1)).isEqualTo(1);
        await().until(() -> forks.workers().isEmpty());
    }

    @Test
    void loadingCanBeGivenUp() throws Exception {
        Path jar = PluginJars.of("Hangs")
                .body("public Hangs() { while (true) { Thread.onSpinWait(); } }")
                .write(folder, "hangs.jar");
        Future<ForkedPlugin> loading = threads.submit(() -> forks.load("Hangs", jar));
        await().until(() -> !forks.workers().isEmpty());
        loading.cancel(true);
        await().until(() -> forks.workers().isEmpty());
    }

    @Test
    void aClosedServerStartsNoProcessAnyMore() throws Exception {
        ForkedPlugin plugin = load("Closed", "return 1;");
        forks.close();
        assertThat(catchThrowableOfType(StageFailure.class, () -> execute(plugin, 1))
                        .code())
                .isEqualTo("process_not_started");
    }

    @Test
    void whatIsNoMessageEndsTheProcess() throws Exception {
        ForkedPlugin plugin = load(
                "Garbage",
                """
                try (java.io.FileOutputStream out = new java.io.FileOutputStream("/dev/fd/3")) {
                    out.write(new byte[] {127, 0, 0, 0, 127, 0, 0, 0}); }
                new java.util.concurrent.CountDownLatch(1).await();
                return null;
                """);
        StageFailure failure = catchThrowableOfType(StageFailure.class, () -> execute(plugin, 1));
        assertThat(failure).hasMessageContaining("sent what is no message");
        assertThat(failure.retryable()).isTrue();
    }
}
