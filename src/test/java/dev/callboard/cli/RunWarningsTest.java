package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a task is warned of when it is made is told on the error output, with and without a server. */
class RunWarningsTest {
    private static final String WARNING =
            "callboard: warning: /settings/One/typo: the stage type 'bare' has no settings; 'typo' is ignored";

    @TempDir
    Path folder;

    @Test
    void aSettingThatNothingReadsIsReported() throws Exception {
        Path pipelines = folder.resolve("config/pipelines");
        Files.createDirectories(pipelines);
        Files.writeString(pipelines.resolve("p.yaml"), "name: p\nstages: [{name: One, type: bare}]\n");
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.add("bare").status()).isEqualTo(200);
            assertThat(told(server.uri().toString(), Map.of("One", Map.of("typo", 1))))
                    .containsOnlyOnce(WARNING);
        }
        assertThat(told(null, Map.of("One", Map.of("typo", 1)))).containsOnlyOnce(WARNING);
        assertThat(told(null, Map.of())).doesNotContain("warning:");
    }

    private String told(String url, Map<String, ?> settings) throws Exception {
        FolderOptions folders = new FolderOptions();
        new CommandLine(new Holder(folders))
                .parseArgs(
                        "--data", folder.resolve("data").toString(),
                        "--config", folder.resolve("config").toString(),
                        "--plugins", folder.resolve("plugins").toString());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try (TaskRuns runs = TaskRuns.open(url, folders)) {
            runs.create(Map.of("title", "T", "pipeline", "p", "settings", settings));
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @CommandLine.Command
    private static final class Holder {
        @CommandLine.Mixin
        private final FolderOptions folders;

        private Holder(FolderOptions folders) {
            this.folders = folders;
        }
    }
}
