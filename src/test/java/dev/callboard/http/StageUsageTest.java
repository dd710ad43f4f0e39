package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who uses a palette entry. */
class StageUsageTest {
    @Test
    void pipelinesProjectsAndOpenTasksThatUseAStageAreNamed(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            Http http = server.http();
            assertThat(server.add("look").status()).isEqualTo(200);
            String usage = "/api/vp/stages/look/usage";
            assertThat(http.get(usage).text())
                    .isEqualTo("{\"id\":\"look\",\"pipelines\":[],\"projects\":[],\"open_tasks\":0}");

            List<Map<String, String>> stages = List.of(
                    Map.of("name", "First", "type", "look"),
                    Map.of("name", "Gate", "type", "download"),
                    Map.of("name", "Last", "type", "look"));
            assertThat(http.put("/api/pipelines/looks", Map.of("stages", stages))
                            .status())
                    .isEqualTo(201);
            String project = http.post("/api/projects", Map.of("name", "P", "pipeline", "looks"))
                    .at("/id")
                    .asText();
            String other = http.post("/api/projects", Map.of("name", "Q", "pipeline", "looks"))
                    .at("/id")
                    .asText();
            http.delete("/api/projects/" + other);
            http.post("/api/tasks", Map.of("title", "T", "project", project));
            http.post("/api/tasks", Map.of("title", "T", "pipeline", "looks"));
            String ended = http.post("/api/tasks", Map.of("title", "T", "pipeline", "looks"))
                    .at("/id")
                    .asText();
            assertThat(http.post("/api/tasks/" + ended + "/cancel", null).status())
                    .isEqualTo(200);

            Reply used = http.get(usage);
            assertThat(used.at("/pipelines").toString())
                    .isEqualTo("[{\"name\":\"looks\",\"stages\":[\"First\",\"Last\"]}]");
            assertThat(used.at("/projects").toString())
                    .isEqualTo("[{\"id\":\"" + project + "\",\"name\":\"P\",\"stages\":[\"First\",\"Last\"]}]");
            assertThat(used.at("/open_tasks").asInt()).isEqualTo(2);
            assertThat(http.get("/api/vp/stages/nobody/usage").code()).isEqualTo("unknown_stage");
        }
    }
}
