package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects that were put away can be found again. */
class ArchivedProjectsTest {
    @Test
    void theyAreListedApart(@TempDir Path folder) throws Exception {
        try (ScenarioServer server = new ScenarioServer(folder)) {
            String open = create(server, "Open");
            String away = create(server, "Away");
            server.send(200, "PATCH", "/api/projects/" + away, Map.of("archived", true));
            assertThat(ids(server, "")).containsExactly(open);
            assertThat(ids(server, "?archived=false")).containsExactly(open);
            assertThat(ids(server, "?archived=true")).containsExactly(away);
            assertThat(server.send(400, "GET", "/api/projects?archived=maybe", null)
                            .get("status"))
                    .isEqualTo(400);

            server.send(200, "PATCH", "/api/projects/" + away, Map.of("archived", false));
            assertThat(ids(server, "?archived=true")).isEmpty();
            assertThat(ids(server, "")).containsExactly(away, open);
        }
    }

    private static String create(ScenarioServer server, String name) throws Exception {
        return (String)
                server.send(201, "POST", "/api/projects", Map.of("name", name)).get("id");
    }

    private static List<Object> ids(ScenarioServer server, String query) throws Exception {
        return server.items("/api/projects" + query).stream()
                .<Object>map(item -> ((Map<?, ?>) item).get("id"))
                .toList();
    }
}
