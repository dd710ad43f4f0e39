package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage failed on what an earlier one put out: the earlier one is done again, and the later one is tried afresh. */
class RedoAfterFailureTest {
    @Test
    void theFailureIsOutOfDateAndTheStageIsTriedOnTheNewOutput(@TempDir Path folder) throws IOException {
        PluginJars.of("Draft", "draft", "check")
                .body(
                        """
                        static StageRegistration stage(String type, Stage stage) {
                            return new StageRegistration(StageMetadata.builder(type).build(), () -> stage);
                        }
                        static Object check(Object input) throws StageFailure {
                            if (input.equals("draft 1")) { throw StageFailure.permanent("too_thin", "The draft is thin."); }
                            return "checked " + input;
                        }
                        """)
                .registering("stage(\"draft\", (context, input) -> \"draft \" + context.attempt()), "
                        + "stage(\"check\", (context, input) -> check(input))")
                .write(folder.resolve("plugins"), "draft.jar");
        Path pipelines = Files.createDirectories(folder.resolve("config").resolve("pipelines"));
        Files.writeString(
                pipelines.resolve("draft.yaml"),
                """
                name: draft
                stages:
                  - {name: draft, type: draft, depends_on: []}
                  - {name: check, type: check, depends_on: [draft]}
                  - {name: last, type: draft, depends_on: [check]}
                """);
        try (TestServer server = TestServer.start(folder)) {
            Tasks tasks = new Tasks(server.http());
            tasks.awaitStages("draft", "check");
            String id = tasks.start("draft");
            JsonNode failed = tasks.until(id, "failed");
            assertThat(failed.path("error").asText()).contains("The draft is thin.");

            String draft = tasks.attempt(id, "draft").path("stage_template_id").asText();
            tasks.call(id, "redo", Map.of("stage", draft));
            JsonNode done = tasks.until(id, "completed");

            assertThat(done.path("error").isNull()).isTrue();
            assertThat(tasks.attempts(id, "draft"))
                    .extracting(RedoAfterFailureTest::shown)
                    .containsExactly("1 stale", "2 completed");
            assertThat(tasks.attempts(id, "check"))
                    .extracting(RedoAfterFailureTest::shown)
                    .containsExactly("1 stale", "2 completed");
            assertThat(tasks.attempts(id, "check").get(0).path("error").asText())
                    .as("why it failed is kept")
                    .isEqualTo("The draft is thin.");
            assertThat(tasks.output(id, "check").asText()).isEqualTo("checked draft 2");
            assertThat(tasks.attempts(id, "last")).hasSize(1);
        }
    }

    private static String shown(JsonNode attempt) {
        return attempt.path("attempt").asInt() + " " + attempt.path("status").asText();
    }
}
