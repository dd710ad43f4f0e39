package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions have few members that nobody knows, and those are named; what is in files and jars already is read as ever. */
class DefinitionLimitsTest {
    @TempDir
    Path folder;

    private static Map<String, Object> stage(String id, int unknown, int length) {
        Map<String, Object> stage = Stages.manual(id);
        for (int i = 0; i < unknown; i++) {
            stage.put("x-" + i, "y".repeat(length));
        }
        return stage;
    }

    @Test
    void unknownMembersAreKeptAndNamed() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            Reply added = server.http().post("/api/vp/stages", stage("few", 32, 10));
            assertThat(added.status()).as(added.toString()).isEqualTo(200);
            assertThat(added.at("/warnings")).hasSize(32);
            assertThat(added.at("/warnings").findValuesAsText("pointer")).contains("/x-0", "/x-31");
            assertThat(server.http().get("/api/vp/stages/few").at("/x-31").asText())
                    .isEqualTo("y".repeat(10));
            Reply known = server.http().post("/api/vp/stages", stage("none", 0, 0));
            assertThat(known.json().has("warnings")).isFalse();
            Map<String, Object> misspelt = stage("few", 0, 0);
            misspelt.put("a/b", 1);
            Reply replaced = server.http().put("/api/vp/stages/few", misspelt);
            assertThat(replaced.at("/warnings/0/pointer").asText()).isEqualTo("/a~1b");
        }
    }

    @Test
    void unknownMembersOfSettingsAndPortsAreKeptAndNamedToo() throws IOException {
        Map<String, Object> stage = stage("inside", 0, 0);
        stage.put(
                "settings_schema",
                List.of(
                        Map.of("key", "a", "type", "string", "label", "A", "requird", true, "pattern", "^x"),
                        Map.of(
                                "key",
                                "b",
                                "type",
                                "select",
                                "label",
                                "B",
                                "options",
                                List.of(Map.of("value", 1, "label", "one", "hint", "first")))));
        stage.put(
                "ports",
                Map.of("inputs", List.of(Map.of("name", "in", "type", "any", "colour", "red")), "outputs", List.of()));
        try (TestServer server = TestServer.start(folder)) {
            Reply added = server.http().post("/api/vp/stages", stage);
            assertThat(added.status()).as(added.toString()).isEqualTo(200);
            assertThat(added.at("/warnings").findValuesAsText("pointer"))
                    .containsExactlyInAnyOrder(
                            "/ports/inputs/0/colour",
                            "/settings_schema/0/requird",
                            "/settings_schema/0/pattern",
                            "/settings_schema/1/options/0/hint");
            assertThat(added.at("/warnings").findValuesAsText("detail"))
                    .anyMatch(detail -> detail.endsWith("did you mean 'required'?"));
            Map<String, Object> many = stage("many", 30, 1);
            many.put("ports", stage.get("ports"));
            many.put("settings_schema", stage.get("settings_schema"));
            assertThat(server.http().post("/api/vp/stages", many).status()).isEqualTo(400);
        }
        try (TestServer server = TestServer.start(folder)) {
            JsonNode kept = server.http().get("/api/vp/stages/inside").json();
            assertThat(kept.at("/settings_schema/0/requird").asBoolean()).isTrue();
            assertThat(kept.at("/settings_schema/1/options/0/hint").asText()).isEqualTo("first");
            assertThat(kept.at("/ports/inputs/0/colour").asText()).isEqualTo("red");
        }
    }

    @Test
    void tooManyOrTooLargeMembersAndDefinitionsAreRefused() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            Map<String, Object> large = stage("large", 0, 0);
            large.put(
                    "settings_schema",
                    List.of(Map.of("key", "a", "type", "json", "label", "A", "default", "z".repeat(300_000))));
            long revision = server.http().get("/api/vp").at("/revision").asLong();
            for (Map<String, Object> refused :
                    List.of(stage("many", 33, 1), stage("long", 1, 17_000), stage("both", 33, 20_000), large)) {
                Reply reply = server.http().post("/api/vp/stages", refused);
                assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
                assertThat(reply.code()).isEqualTo("invalid_stage");
                assertThat(reply.at("/errors/0/detail").asText()).contains("at most");
            }
            assertThat(server.http().get("/api/vp").at("/revision").asLong()).isEqualTo(revision);
        }
    }

    @Test
    void filesAndJarsThatWereReadableStayReadable() throws IOException {
        Map<String, Object> old = stage("old", 100, 1_000);
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/custom_pipeline_stages.json"), Json.write(Map.of("stages", List.of(old))));
        Map<String, Object> described = stage("in-jar", 100, 1_000);
        described.put("executor", "java");
        PluginJars.of("Wide", "in-jar")
                .stagesJson(Json.write(Map.of("stages", List.of(described))))
                .write(folder.resolve("plugins"), "wide.jar");
        try (TestServer server = TestServer.start(folder)) {
            PluginTasks tasks = new PluginTasks(server);
            assertThat(tasks.untilPlugin("wide.jar", "loaded").path("reason").asText())
                    .isEmpty();
            for (String id : List.of("old", "in-jar")) {
                JsonNode entry = server.http().get("/api/vp/stages/" + id).json();
                assertThat(entry.path("x-99").asText()).as(id).hasSize(1_000);
            }
            // Other edits write the file anew with all that it had.
            assertThat(server.http().post("/api/vp/stages", stage("new", 0, 0)).status())
                    .isEqualTo(200);
            assertThat(Files.readString(server.stagesFile())).contains("\"x-99\"");
        }
    }
}
