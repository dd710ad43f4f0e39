package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.PluginJars;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stages list} says where a stage comes from. */
class StagesListTest {
    @TempDir
    Path folder;

    @Test
    void aStageWhoseCodeAPluginBringsIsOfThePlugin() throws Exception {
        PluginJars.of("Reads", "ingest")
                .registering("new StageRegistration(StageMetadata.builder(\"ingest\").build(),"
                        + " () -> (context, input) -> input)")
                .write(folder.resolve("plugins"), "reads.jar");
        assertThat(list())
                .containsPattern("(?m)^stage +ingest +plugin +\\S.* \\(Reads\\)$")
                .containsPattern("(?m)^stage +gate +builtin +Gate$")
                .containsPattern("(?m)^stage +parse +builtin .*not available: ");
    }

    private String list() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(CallboardCommand.run(
                            "test",
                            "stages",
                            "list",
                            "--data",
                            folder.resolve("data").toString(),
                            "--config",
                            folder.resolve("config").toString(),
                            "--plugins",
                            folder.resolve("plugins").toString()))
                    .isEqualTo(ExitCode.OK);
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
