package dev.callboard.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.callboard.spi.StageFailure;
import dev.callboard.testing.PluginJars;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of plugins that were removed or replaced. */
@Timeout(120)
class ReplacedPluginsTest extends ForksFixture {
    private void awaitNothingLeft() {
        await().untilAsserted(() -> {
            assertThat(forks.versions()).isZero();
            assertThat(forks.workers()).isEmpty();
        });
    }

    @Test
    void manyReplacementsLeaveNothingBehind() throws Exception {
        Path jar = jar("Often", "return 1;");
        for (int i = 0; i < 20; i++) {
            ForkedPlugin plugin = forks.load("Often", jar);
            assertThat(forks.versions()).isPositive();
            plugin.close();
        }
        awaitNothingLeft();
    }

    @Test
    void onesThatCannotBeLoadedLeaveNothingBehind() throws Exception {
        Path jar = PluginJars.of("Broken")
                .body("public Broken() { throw new IllegalStateException(\"odd\"); }")
                .write(folder, "broken.jar");
        for (int i = 0; i < 3; i++) {
            catchThrowableOfType(ForkException.class, () -> forks.load("Broken", jar));
        }
        awaitNothingLeft();
    }

    @Test
    void theirProcessesAreStillEndedWithTheServer() throws Exception {
        ForkedPlugin plugin =
                load("Stays", "context.log(\"in\"); new java.util.concurrent.CountDownLatch(1).await(); return null;");
        plugin.close();
        awaitNothingLeft();
        Future<StageFailure> running = threads.submit(
                (Callable<StageFailure>) () -> catchThrowableOfType(StageFailure.class, () -> execute(plugin, 1)));
        await().until(() -> context.lines.contains("in"));
        assertThat(forks.workers()).hasSize(1);
        forks.close();
        assertThat(running.get().code()).isEqualTo("process_ended");
        assertThat(catchThrowableOfType(StageFailure.class, () -> execute(plugin, 1))
                        .code())
                .isEqualTo("process_not_started");
    }
}
