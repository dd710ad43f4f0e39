package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.cli.Commands.Ended;
import dev.callboard.json.Json;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} says of a task that ended. */
class RunReportTest {
    private static final String FAILED =
            """
            {"documents": [1], "failed": [{"name": "a.pdf", "error": "a.pdf is damaged."},
              {"name": "b.pdf", "error": "It is encrypted."}]}""";
    private static final String ERRORS =
            """
            {"failed": [{"name": "a.pdf", "error": "a.pdf is damaged."}], "files": [],
             "errors": [{"url": "https://example.org/c", "code": "not_found", "detail": "It answered 404."}]}""";

    @TempDir
    Path folder;

    @BeforeEach
    void stages() throws IOException {
        Path pipelines = Files.createDirectories(folder.resolve("config/pipelines"));
        Files.writeString(
                pipelines.resolve("two.yaml"),
                """
                name: two
                stages:
                  - {name: Read, type: read, depends_on: []}
                  - {name: Far, type: far, depends_on: [Read]}
                  - {name: Near, type: near, depends_on: [Read]}
                """);
        Files.writeString(
                folder.resolve("config/custom_pipeline_stages.json"),
                Json.write(Map.of(
                        "stages",
                        List.of(
                                Stages.of("read", "expression", Map.of("expression", FAILED)),
                                Stages.of("far", "expression", Map.of("expression", ERRORS)),
                                Stages.of("near", "expression", Map.of("expression", "'near'"))))));
    }

    @Test
    void eachEndStageHasItsResultInThePipelinesOrder() {
        Ended ended = Commands.alone(folder, "two");
        assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.OK);
        assertThat(ended.said()).containsPattern("(?s)\n\nFar:\n\\{.*\"files\".*\n\nNear:\nnear\n$");
        Ended one = Commands.alone(folder, "two", "--stages", "Read,Near");
        assertThat(one.said()).contains("\n\nnear\n").doesNotContain("Near:");
    }

    @Test
    void inputsThatWereNotReadAreSaidOnceWithTheReason() {
        Ended ended = Commands.alone(folder, "two");
        assertThat(ended.said())
                .contains(" completed, 3 inputs were not read\n")
                .containsOnlyOnce("callboard: Not read: a.pdf is damaged.\n")
                .containsOnlyOnce("callboard: Not read: b.pdf: It is encrypted.\n")
                .containsOnlyOnce("callboard: Not read: https://example.org/c: It answered 404.\n");
        assertThat(Commands.alone(folder, "two", "--stages", "Near").said()).doesNotContain("ot read");
        assertThat(Commands.alone(folder, "two", "--json").said())
                .containsOnlyOnce("callboard: Not read: a.pdf is damaged.\n");
    }

    @Test
    void inputsOfTheSameNameAreCountedEach() {
        UnreadInputs unread = new UnreadInputs();
        Map<String, ?> twice = Map.of("name", "a.pdf", "error", "It is damaged.");
        unread.add(Map.of("failed", List.of(twice, twice)));
        unread.add(Map.of("failed", List.of(twice, twice)));
        assertThat(unread.summary()).isEqualTo(", 2 inputs were not read");
    }
}
