package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.RunTask;
import dev.callboard.palette.Setting;
import dev.callboard.spi.StageMetadata;
import dev.callboard.taskmodel.ExecutionView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts at stages that are not what they were when their task was made. */
class RefusedAttemptsTest {
    private static final String PIPELINE =
            "name: p\npolicies: {often: {max_attempts: 3, delay_seconds: 0}}\nstages: [{name: s, type: s, policy: often}]\n";

    @TempDir
    Path dir;

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void settingsThatDoNotFitAnyMoreFailWithoutRunningAndOnce() throws IOException {
        try (TaskServer server = new TaskServer(dir)
                .stage("s", (context, input) -> runs.incrementAndGet())
                .pipeline(PIPELINE)
                .start()) {
            String id = server.create(Map.of("title", "T", "pipeline", "p")).id();
            Setting required = new Setting("size", Setting.Type.INTEGER, "Size", null, 1, 10, List.of(), true);
            server.stage(
                    "s",
                    () -> (context, input) -> runs.incrementAndGet(),
                    List.of(required),
                    StageMetadata.builder("s").build());
            server.ask(ExecutionMessages.RUN, new RunTask(id, null));
            server.until(id, "failed");
            assertThat(server.executions(id))
                    .extracting(ExecutionView::errorCode)
                    .containsExactly("invalid_settings");
            assertThat(runs).hasValue(0);
        }
    }

    @Test
    void aTypeThatIsGoneIsTriedAgain() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskServer first = new TaskServer(dir)
                .stage("s", (context, input) -> {
                    began.countDown();
                    never.await();
                    return 1;
                })
                .pipeline(PIPELINE)
                .start();
        String id = first.run("p").id();
        began.await();
        first.crash();
        try (TaskServer second = new TaskServer(dir).start()) {
            assertThat(second.until(id, "failed").error()).contains("There is no stage type 's' any more.");
            assertThat(second.executions(id))
                    .extracting(ExecutionView::errorCode)
                    .containsExactly("interrupted", "unknown_stage", "unknown_stage");
        } finally {
            never.countDown();
        }
    }
}
