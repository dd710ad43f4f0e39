package dev.callboard.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Http;
import dev.callboard.testing.Patience;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are pushed: pipelines, projects and plugins, whatever changes them. */
class ListTopicsTest {
    private static final String[] YAML = {"Content-Type", "application/yaml"};

    @TempDir
    Path dir;

    private TestServer server;
    private Http http;

    @BeforeEach
    void start() {
        server = TestServer.start(dir, Map.of("plugins.settle_ms", "0"));
        http = server.http();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FeedClient follow(String topic) {
        FeedClient feed = server.feed().subscribe(topic);
        JsonNode snapshot = feed.next();
        assertThat(snapshot.path("kind").asText()).isEqualTo("snapshot");
        assertThat(snapshot.at("/data/items").isArray()).isTrue();
        return feed;
    }

    /** The next frame of that sort; fails when none comes, or when a revision is left out. */
    private static JsonNode next(FeedClient feed, Predicate<JsonNode> wanted) {
        Instant end = Instant.now().plus(Patience.SOON);
        long before = -1;
        while (Instant.now().isBefore(end)) {
            JsonNode frame = feed.next();
            long revision = frame.path("revision").asLong();
            assertThat(before < 0 || revision == before + 1)
                    .as(frame.toString())
                    .isTrue();
            before = revision;
            if (wanted.test(frame)) {
                return frame;
            }
        }
        throw new AssertionError("no such frame came");
    }

    private static Predicate<JsonNode> pipeline(String kind, String name) {
        return frame -> frame.path("kind").asText().equals(kind)
                && frame.at("/pipeline/name").asText().equals(name);
    }

    private Path file(String name) {
        return server.stagesFile().resolveSibling("pipelines").resolve(name + ".yaml");
    }

    private static String text(String type) {
        return "name: p\nstages:\n  - {name: only, type: " + type + "}\n";
    }

    @Test
    void pipelinesThatAreWrittenEditedByHandOrRemovedArePublishedToAll() throws IOException {
        FeedClient feed = follow("pipelines");
        assertThat(http.put("/api/pipelines/p", text("planning"), YAML).status())
                .isEqualTo(201);
        JsonNode written = next(feed, pipeline("updated", "p"));
        assertThat(written.at("/pipeline/stages/0/type").asText()).isEqualTo("planning");
        assertThat(written.at("/pipeline/revision").asLong()).isEqualTo(1);

        Files.writeString(file("p"), text("research"));
        assertThat(next(feed, pipeline("updated", "p")).at("/pipeline/revision").asLong())
                .isEqualTo(2);
        Files.writeString(file("p"), "name: [");
        assertThat(next(feed, pipeline("updated", "p"))
                        .at("/pipeline/errors/0/detail")
                        .asText())
                .isNotEmpty();
        assertThat(http.delete("/api/pipelines/p").status()).isEqualTo(200);
        next(feed, pipeline("removed", "p"));
    }

    @Test
    void whatThePaletteSaysOfAPipelineIsPublishedWhenItChanges() {
        assertThat(http.post("/api/vp/stages", manual("mine", "")).status()).isEqualTo(200);
        assertThat(http.put("/api/pipelines/p", text("mine").replace("}", ", config: {speed: 2}}"), YAML)
                        .at("/warnings/0/detail")
                        .asText())
                .endsWith("the stage type 'mine' has no settings; 'speed' is ignored");
        FeedClient feed = follow("pipelines");
        assertThat(http.delete("/api/vp/stages/mine").status()).isEqualTo(200);
        JsonNode gone = next(feed, pipeline("updated", "p"));
        assertThat(gone.at("/pipeline/available").asBoolean()).isFalse();
        assertThat(gone.at("/pipeline/errors/0/pointer").asText()).isEqualTo("/stages/0/type");
        String schema = "{\"key\": \"speed\", \"type\": \"integer\", \"label\": \"Speed\", \"max\": 1}";
        assertThat(http.post("/api/vp/stages", manual("mine", schema)).status()).isEqualTo(200);
        JsonNode back = next(feed, pipeline("updated", "p"));
        assertThat(back.at("/pipeline/warnings").size()).isZero();
        assertThat(back.at("/pipeline/errors/0/pointer").asText()).isEqualTo("/stages/0/config/speed");
    }

    private static String manual(String id, String settings) {
        return "{\"id\": \"" + id + "\", \"name\": \"" + id + "\", \"type\": \"stage\", \"executor\": \"manual\","
                + "\"ports\": {\"inputs\": [], \"outputs\": []}, \"settings_schema\": [" + settings + "]}";
    }

    /** Zulu's stage is Alpha's once Zulu's jar is gone: same type, same definition, another plugin. */
    @Test
    void anotherPluginThatTakesOverAStageTypeIsPublished() throws IOException {
        FeedClient jars = follow("plugins");
        PluginJars.of("Zulu", "shared").write(server.plugins(), "zulu.jar");
        next(jars, plugin("updated", "zulu.jar", "loaded"));
        PluginJars.of("Alpha", "shared").write(server.plugins(), "alpha.jar");
        JsonNode refused = next(jars, plugin("updated", "alpha.jar", "refused"));
        assertThat(refused.at("/plugin/reason").asText()).contains("'shared'");
        String needsZulu = "name: p\nplugins: {stages: [{plugin: Zulu}]}\nstages:\n  - {name: only, type: shared}\n";
        assertThat(http.put("/api/pipelines/p", needsZulu, YAML).status()).isEqualTo(201);
        Reply resolved = http.get("/api/pipelines/p?resolved=true");
        assertThat(resolved.at("/stages/0/resolved/plugin").asText()).isEqualTo("Zulu");
        assertThat(resolved.at("/available").asBoolean()).isTrue();

        FeedClient feed = follow("pipelines");
        Files.delete(server.plugins().resolve("zulu.jar"));
        next(jars, plugin("removed", "zulu.jar", ""));
        next(jars, plugin("updated", "alpha.jar", "loaded"));
        JsonNode told = next(feed, frame -> http.get("/api/pipelines/p?resolved=true")
                .at("/stages/0/resolved/plugin")
                .asText()
                .equals("Alpha"));
        assertThat(told.at("/pipeline/unavailable/0/detail").asText()).contains("'Zulu'", "not loaded");
        Reply now = http.get("/api/pipelines/p?resolved=true", "If-None-Match", resolved.header("ETag"));
        assertThat(now.status()).isEqualTo(200);
        assertThat(now.at("/available").asBoolean()).isFalse();
    }

    private static Predicate<JsonNode> plugin(String kind, String file, String state) {
        return frame -> frame.path("kind").asText().equals(kind)
                && frame.at("/plugin/file").asText().equals(file)
                && frame.at("/plugin/state").asText().equals(state);
    }

    @Test
    void projectsAndEditsOfTheirStagesArePublished() {
        FeedClient feed = follow("projects");
        String id =
                http.post("/api/projects", Map.of("name", "Export")).at("/id").asText();
        assertThat(next(feed, project("added", id)).at("/project/name").asText())
                .isEqualTo("Export");
        http.send("PATCH", "/api/projects/" + id, Map.of("name", "Exports"));
        assertThat(next(feed, project("updated", id)).at("/project/name").asText())
                .isEqualTo("Exports");
        http.post("/api/projects/" + id + "/stage-templates", Map.of("name", "Check", "type", "planning"));
        next(feed, project("updated", id));
        http.delete("/api/projects/" + id);
        next(feed, project("removed", id));
    }

    private static Predicate<JsonNode> project(String kind, String id) {
        return frame -> frame.path("kind").asText().equals(kind)
                && frame.at("/project/id").asText().equals(id);
    }
}
