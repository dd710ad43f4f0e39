package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FirstPartyPlugins;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar in an empty folder, with nothing beside it. */
class JarAloneIT {
    private static final String DOCUMENTS = "callboard.jar!/callboard-documents.jar";

    @TempDir
    Path folder;

    @Test
    void autoReadsADocument() throws Exception {
        Path paper = Path.of("docs", "samples", "tide-gauges.xml").toAbsolutePath();
        JarProcess.Done done = JarProcess.runAsDelivered(folder, "run", "auto", "--input", paper.toString(), "--json");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains("Wind pushes water");
        assertThat(folder.resolve("plugins")).doesNotExist();
    }

    @Test
    void itsPluginsAreListedAndAJarOfTheFolderGoesBeforeThem() throws Exception {
        try (JarProcess server = JarProcess.serveAsDelivered(folder)) {
            Http http = server.http();
            await().untilAsserted(() -> assertThat(states(http))
                    .containsExactly(
                            Map.entry(DOCUMENTS, "loaded"),
                            Map.entry("callboard.jar!/callboard-download.jar", "loaded"),
                            Map.entry("callboard.jar!/callboard-embed.jar", "loaded")));
            assertThat(http.get("/api/vp/stages").text()).contains("\"id\":\"parse\"", "\"id\":\"download\"");

            FirstPartyPlugins.copyTo(folder);
            await().untilAsserted(() -> assertThat(List.copyOf(states(http).values()))
                    .containsExactly("loaded", "loaded", "loaded", "disabled", "disabled", "disabled"));
            String instead = plugins(http).stream()
                    .filter(plugin -> plugin.path("file").asText().equals(DOCUMENTS))
                    .findFirst()
                    .orElseThrow()
                    .path("reason")
                    .asText();
            assertThat(instead).contains("callboard-documents-");

            try (var jars = Files.list(folder.resolve("plugins"))) {
                for (Path jar : jars.toList()) {
                    Files.delete(jar);
                }
            }
            await().untilAsserted(() ->
                    assertThat(states(http).values()).containsExactlyInAnyOrder("loaded", "loaded", "loaded"));
        }
    }

    private static Map<String, String> states(Http http) {
        Map<String, String> states = new TreeMap<>(
                Comparator.comparing((String file) -> file.contains("!")).thenComparing(file -> file));
        plugins(http)
                .forEach(plugin -> states.put(
                        plugin.path("file").asText(), plugin.path("state").asText()));
        return states;
    }

    private static List<JsonNode> plugins(Http http) {
        List<JsonNode> all = new ArrayList<>();
        http.get("/api/plugins").at("/items").forEach(all::add);
        return all;
    }
}
