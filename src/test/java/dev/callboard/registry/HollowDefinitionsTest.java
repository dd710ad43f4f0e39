package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a definition says and nothing uses is told: sources and sinks of one's own are kept, a worker's configuration is refused. */
class HollowDefinitionsTest {
    private static Map<String, Object> end(String id, String type, String side) {
        Map<String, Object> end = Stages.manual(id);
        end.put("type", type);
        List<Object> ports = List.of(Map.of("name", "text", "type", "text"));
        end.put(
                "ports",
                Map.of(
                        "inputs",
                        side.equals("inputs") ? ports : List.of(),
                        "outputs",
                        side.equals("inputs") ? List.of() : ports));
        return end;
    }

    private static void check(JsonNode entry, String instead) {
        assertThat(entry.path("available").asBoolean(true)).as(entry.toString()).isFalse();
        assertThat(entry.path("reason").asText()).contains("No pipeline can have", instead);
    }

    @Test
    void aWorkerReadsNothingOfItsConfiguration(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            Map<String, Object> stage = Stages.manual("queue");
            stage.put("executor", "worker");
            stage.put("executor_config", Map.of("queue", "fast"));
            Reply refused = server.http().post("/api/vp/stages", stage);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/executor_config/queue");
            stage.put("executor_config", Map.of());
            assertThat(server.http().post("/api/vp/stages", stage).status()).isEqualTo(200);
        }
    }

    @Test
    void theyAreKeptWithAReasonAndAWarning(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            for (String[] each : new String[][] {{"my-source", "source", "outputs"}, {"my-sink", "sink", "inputs"}}) {
                Reply added = server.http().post("/api/vp/stages", end(each[0], each[1], each[2]));
                assertThat(added.status()).as(added.toString()).isEqualTo(200);
                assertThat(added.at("/warnings/0/pointer").asText()).isEqualTo("/type");
                assertThat(added.at("/warnings/0/detail").asText()).contains("No pipeline can have a " + each[1]);
                check(server.http().get("/api/vp/stages/" + each[0]).json(), "webhook");
                Reply refused = server.http()
                        .put("/api/pipelines/odd", Map.of("stages", List.of(Map.of("name", "a", "type", each[0]))));
                assertThat(refused.at("/errors/0/detail").asText())
                        .isEqualTo("'" + each[0] + "' is a " + each[1] + ", not a stage");
            }
            Reply replaced = server.http().put("/api/vp/stages/my-sink", end("my-sink", "sink", "inputs"));
            assertThat(replaced.at("/warnings/0/pointer").asText()).isEqualTo("/type");
        }
        try (TestServer again = TestServer.start(folder)) {
            check(again.http().get("/api/vp/stages/my-source").json(), "schedule");
            JsonNode builtin = again.http().get("/api/vp/stages/files").json();
            assertThat(builtin.path("available").asBoolean()).isTrue();
        }
    }
}
