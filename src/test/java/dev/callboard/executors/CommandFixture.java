package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callboard.config.CommandConfig;
import dev.callboard.process.ChildProcesses;
import dev.callboard.process.Programs;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs small programs of the system as stages. */
abstract class CommandFixture {
    static final int LIMIT = 4_096;
    static final String PATH = System.getenv("PATH");

    @TempDir
    Path folder;

    final RecordingStageContext context = new RecordingStageContext();
    Duration timeout = Duration.ofSeconds(30);
    Programs programs = new Programs(PATH);
    List<String> allowed = List.of("cat", "printf", "sh", "echo", "pwd");

    @AfterEach
    void noWorkFolderIsLeft() throws IOException {
        if (Files.exists(folder.resolve("work"))) {
            try (Stream<Path> left = Files.list(folder.resolve("work"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    CommandExecutor executor() {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", PATH, "ALLOWED", "yes"));
        CommandConfig config = new CommandConfig(
                allowed, List.of(), timeout, LIMIT, List.of(folder.resolve("allowed"), folder.resolve("gone")));
        return new CommandExecutor(config, folder.resolve("work"), environment, programs, new ChildProcesses(folder));
    }

    Stage stage(Map<String, Object> config, String template) {
        return executor().stage(Requests.command(config, template, null));
    }

    Stage shell(String script) {
        return stage(Map.of("command", List.of("sh", "-c", script)), "");
    }

    StageFailure failure(Stage stage) {
        StageFailure failure = catchThrowableOfType(StageFailure.class, () -> stage.execute(context, null));
        assertThat(failure).isNotNull();
        return failure;
    }
}
