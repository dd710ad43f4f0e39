package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody adds when they start a task, and what they add to one stage. */
class StartWordsTest {
    @Test
    void whatWasSaidAtTheStartIsForStagesThatTakeAPersonsWords(@TempDir Path folder) throws Exception {
        try (ScenarioServer server = new ScenarioServer(folder)) {
            String id = (String) server.send(201, "POST", "/api/tasks", Map.of("title", "T", "pipeline", "dev-task"))
                    .get("id");
            server.send(200, "POST", "/api/tasks/" + id + "/run", Map.of("user_input", "Mind the tests."));
            server.waiting(id);
            assertThat(server.prompt(id, "Research")).contains("Mind the tests.");
            assertThat(server.attempt(id, "Research").get("user_input")).isNull();
            server.approve(id, ScenarioServer.filledIn("Research"), "Research", "Planning");
            assertThat(server.prompt(id, "Planning")).doesNotContain("Mind the tests.");
            server.send(200, "POST", "/api/tasks/" + id + "/redo", Map.of("user_input", "Be brief."));
            server.waiting(id);
            assertThat(server.prompt(id, "Planning")).contains("Be brief.").doesNotContain("Mind the tests.");
            assertThat(server.task(id).get("user_input")).isEqualTo("Mind the tests.");
        }
    }
}
