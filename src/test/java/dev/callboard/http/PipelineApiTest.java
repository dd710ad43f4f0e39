package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines as clients write and read them. */
class PipelineApiTest {
    private static final String[] YAML = {"Content-Type", "application/yaml"};

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        Map<String, Object> echo = Stages.manual("echo");
        echo.put(
                "settings_schema",
                List.of(
                        Map.of("key", "size", "type", "integer", "label", "Size", "default", 3, "max", 9),
                        Map.of("key", "word", "type", "string", "label", "Word")));
        assertThat(server.http().post("/api/vp/stages", echo).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String yaml(String name, String config) {
        return "# kept\nname: " + name + "\nstages:\n  - {name: one, type: echo, config: {" + config + "}}\n";
    }

    private Path file(String name) {
        return folder.resolve("config/pipelines").resolve(name);
    }

    private Reply put(String name, Object body, String... headers) {
        return server.http().put("/api/pipelines/" + name, body, headers);
    }

    private Reply putYaml(String name, String text) {
        return put(name, text, YAML);
    }

    private Reply get(String path) {
        return server.http().get("/api/pipelines/" + path);
    }

    @Test
    void yamlIsKeptAsItCame() throws IOException {
        Reply created = putYaml("mine", yaml("mine", "size: 4"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.at("/ok").asBoolean()).isTrue();
        assertThat(created.at("/revision").asLong()).isEqualTo(1);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(file("mine.yaml")).hasContent(yaml("mine", "size: 4").strip());

        Reply text = server.http().get("/api/pipelines/mine", "Accept", "application/yaml");
        assertThat(text.header("Content-Type")).startsWith("application/yaml");
        assertThat(text.text()).isEqualTo(yaml("mine", "size: 4"));
        assertThat(server.http()
                        .get(
                                "/api/pipelines/mine",
                                "Accept",
                                "application/json",
                                "If-None-Match",
                                String.valueOf(text.header("ETag")))
                        .status())
                .as("the text is not the JSON of the same revision")
                .isEqualTo(200);
        assertThat(put("mine", yaml("mine", "size: 5"), "Content-Type", "application/yaml", "If-None-Match", "*")
                        .status())
                .as("it is there already")
                .isEqualTo(412);
        assertThat(get("mine").at("/stages/0/config/size").asInt()).isEqualTo(4);
        Reply json = get("mine");
        assertThat(json.header("ETag")).isEqualTo("\"1\"");
        assertThat(json.at("/stages/0/config/size").asInt()).isEqualTo(4);
        assertThat(json.at("/available").asBoolean()).isTrue();
        assertThat(server.http()
                        .get("/api/pipelines/mine", "If-None-Match", "\"1\"")
                        .status())
                .isEqualTo(304);

        assertThat(putYaml("mine", yaml("mine", "size: 4")).at("/revision").asLong())
                .as("the same again changes nothing")
                .isEqualTo(1);
        Reply changed = putYaml("mine", yaml("mine", "size: 5"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("/revision").asLong()).isEqualTo(2);
    }

    @Test
    void jsonIsWrittenAsTextThatPeopleCanEdit() throws IOException {
        Map<String, Object> stage = Map.of("name", "one: #1", "type", "echo", "config", Map.of("word", "yes"));
        Reply created = put("json", Map.of("name", "json", "version", "1.10", "stages", List.of(stage)));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(Files.readString(file("json.yaml"))).contains("stages:").doesNotContain("{");
        JsonNode read = get("json").json();
        assertThat(read.at("/version").asText()).isEqualTo("1.10");
        assertThat(read.at("/stages/0/name").asText()).isEqualTo("one: #1");
        assertThat(read.at("/stages/0/config/word").asText()).isEqualTo("yes");

        Reply again = put("json", read.get("definition").toString(), "Content-Type", "application/json");
        assertThat(again.status())
                .as("what was read can be sent back: " + again)
                .isEqualTo(200);
        assertThat(again.at("/revision").asLong()).isEqualTo(1);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceAndNothingIsWritten() {
        Reply wrong = putYaml(
                "mine",
                """
                name: other
                stages:
                  - {name: one, type: echo, config: {size: 10, extra: 1}}
                  - {name: two, type: nothing, depends_on: [three]}
                  - {name: four, type: chunk}
                """);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.code()).isEqualTo("invalid_pipeline");
        assertThat(wrong.at("/errors").findValuesAsText("pointer"))
                .contains(
                        "/name",
                        "/stages/0/config/size",
                        "/stages/0/config/extra",
                        "/stages/1/type",
                        "/stages/1/depends_on/0");
        assertThat(wrong.at("/errors").toString()).contains("Line 3, column 38").contains("as in the address");
        assertThat(file("mine.yaml")).doesNotExist();
        assertThat(get("mine").status()).isEqualTo(404);

        Reply json = put("mine", Map.of("name", "mine", "stages", List.of(Map.of("name", "x", "typ", "echo"))));
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.at("/errors").findValuesAsText("pointer")).contains("/stages/0/typ", "/stages/0/type");
        assertThat(json.at("/errors").toString()).doesNotContain("Line");

        assertThat(putYaml("mine", "name: [").status()).isEqualTo(400);
        assertThat(putYaml("mine", "").code()).isEqualTo("invalid_pipeline");
        assertThat(putYaml("no%20name", yaml("no name", "")).code()).isEqualTo("invalid_pipeline");
        assertThat(putYaml("..%2Fcallboard", yaml("../callboard", "")).status()).isIn(400, 404);
        assertThat(put("mine", "name: mine", "Content-Type", "text/plain").status())
                .isEqualTo(415);
        assertThat(server.http()
                        .post("/api/vp/stages", "id: x", "Content-Type", "application/yaml")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void whatAStageNeedsHasToComeBeforeIt() {
        Reply lacking = putYaml("mine", "name: mine\nstages: [{name: e, type: echo}, {name: v, type: embed}]");
        assertThat(lacking.status()).isEqualTo(400);
        assertThat(lacking.at("/errors/0/pointer").asText()).isEqualTo("/stages/1/type");
        assertThat(lacking.at("/errors/0/detail").asText()).contains("needs a stage of type 'chunk'");
        Reply overridden =
                putYaml("mine", "name: mine\nstages: [{name: v, type: embed, metadata_overrides: {dependencies: []}}]");
        assertThat(overridden.status()).as(overridden.toString()).isEqualTo(201);
        assertThat(overridden.at("/warnings").toString()).contains("not available");
    }

    @Test
    void theShippedPipelinesHaveNothingWrong() {
        for (String name : List.of("auto", "dev-task", "pdf-two-phase", "web")) {
            JsonNode shipped = get(name).json();
            assertThat(shipped.has("errors")).as(name + " " + shipped).isFalse();
            assertThat(shipped.at("/warnings").isEmpty()).as(name).isTrue();
            assertThat(shipped.at("/revision").asLong()).isEqualTo(1);
        }
    }

    @Test
    void ofTwoWritersOneWins() {
        putYaml("mine", yaml("mine", "size: 1"));
        List<CompletableFuture<Integer>> writers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> put(
                                "mine",
                                yaml("mine", "word: w" + i),
                                "Content-Type",
                                "application/yaml",
                                "If-Match",
                                "\"1\"")
                        .status()))
                .toList();
        assertThat(writers.stream().map(CompletableFuture::join).filter(status -> status == 200))
                .hasSize(1);
        assertThat(writers.stream().map(CompletableFuture::join).filter(status -> status == 412))
                .hasSize(7);
        assertThat(get("mine").at("/revision").asLong()).isEqualTo(2);
        assertThat(server.http()
                        .delete("/api/pipelines/mine", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(put("new", yaml("new", ""), "Content-Type", "application/yaml", "If-Match", "\"3\"")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void aWriteIsDoneOnceForAKey() {
        String[] headers = {"Content-Type", "application/yaml", "Idempotency-Key", "k1"};
        Reply first = put("mine", yaml("mine", "size: 1"), headers);
        Reply again = put("mine", yaml("mine", "size: 1"), headers);
        assertThat(again.status()).isEqualTo(201).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(put("mine", yaml("mine", "size: 2"), headers).status()).isEqualTo(409);
    }

    @Test
    void aBadHandEditLeavesTheOldTopologyServedAlsoAfterARestart() throws IOException {
        putYaml("mine", yaml("mine", "size: 4"));
        Files.writeString(file("mine.yaml"), "name: mine\nstages:\n  - {name: one, typ: echo}\n");
        Files.writeString(file("never.yaml"), "name: never\nstages: [\n");
        for (int round = 0; round < 2; round++) {
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                JsonNode mine = get("mine").json();
                assertThat(mine.at("/stages/0/config/size").asInt()).isEqualTo(4);
                assertThat(mine.at("/available").asBoolean()).isFalse();
                assertThat(mine.at("/errors").findValuesAsText("pointer")).contains("/stages/0/typ", "/stages/0/type");
                assertThat(mine.at("/errors/0/detail").asText()).contains("Line 3, column");
                assertThat(mine.at("/revision").asLong()).isEqualTo(1);
                JsonNode never = get("never").json();
                assertThat(never.at("/errors/0/detail").asText()).startsWith("Line 3, column 1");
            });
            server.restart();
        }
        Reply mended = putYaml("mine", yaml("mine", "size: 4"));
        assertThat(mended.at("/revision").asLong()).isEqualTo(1);
        assertThat(get("mine").json().has("errors")).isFalse();
    }

    @Test
    void aWriteThatCannotReachTheDiskChangesNothing() throws IOException {
        putYaml("mine", yaml("mine", "size: 4"));
        // Where the temporary file would go stands a folder.
        Files.createDirectories(file("mine.yaml.tmp").resolve("full"));
        Reply failed = putYaml("mine", yaml("mine", "size: 5"));
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.code()).isEqualTo("not_stored");
        assertThat(file("mine.yaml")).hasContent(yaml("mine", "size: 4").strip());
        assertThat(get("mine").at("/revision").asLong()).isEqualTo(1);
        Files.delete(file("mine.yaml.tmp").resolve("full"));
        Files.delete(file("mine.yaml.tmp"));
        assertThat(putYaml("mine", yaml("mine", "size: 5")).status()).isEqualTo(200);
    }

    @Test
    void resolvedSaysWhereEachValueIsFrom() throws IOException {
        PluginJars.of("Needed", "needed-stage")
                .stagesJson(
                        """
                        {"stages": [{"id": "needed-stage", "name": "Needed", "type": "stage", "executor": "java",
                          "ports": {"inputs": [], "outputs": []}, "settings_schema": [
                            {"key": "a", "type": "integer", "label": "A", "default": 1},
                            {"key": "b", "type": "integer", "label": "B", "default": 1, "max": 9},
                            {"key": "c", "type": "integer", "label": "C", "default": 1}]}]}
                        """)
                .write(server.plugins(), "needed.jar");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.palette().toString().contains("needed-stage"));
        String text =
                """
                name: mine
                plugins: {stages: [{plugin: Needed, version: 2.3, settings: {b: 2, c: 2}}]}
                stages:
                  - {name: one, type: needed-stage, config: {c: 3}, metadata_overrides: {state_key: mine}}
                """;
        Reply written = putYaml("mine", text);
        assertThat(written.status()).as(written.toString()).isEqualTo(201);
        JsonNode stage = get("mine?resolved=true").at("/stages/0/resolved");
        assertThat(stage.at("/config").toString())
                .isEqualTo("{\"a\":{\"value\":1,\"from\":\"default\"},\"b\":{\"value\":2,\"from\":\"plugin\"},"
                        + "\"c\":{\"value\":3,\"from\":\"pipeline\"}}");
        assertThat(stage.at("/state_key").toString()).isEqualTo("{\"value\":[\"mine\"],\"from\":\"override\"}");
        assertThat(stage.at("/description/from").asText()).isEqualTo("palette");
        assertThat(stage.at("/available").asBoolean()).isTrue();
        assertThat(stage.at("/origin").asText()).isEqualTo("plugin");
        assertThat(stage.at("/plugin").asText()).isEqualTo("Needed");

        assertThat(putYaml("mine", text.replace("b: 2", "b: 10"))
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/plugins/stages/0/settings/b");
        assertThat(putYaml("mine", text.replace("b: 2", "z: 10"))
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/plugins/stages/0/settings/z");
        Reply callable = putYaml("mine", text.replace("plugin: Needed", "callable: plugin.Needed"));
        assertThat(callable.status()).as(callable.toString()).isEqualTo(200);
        assertThat(callable.at("/warnings").toString()).contains("/plugins/stages/0/callable", "deprecated");
        assertThat(get("mine").at("/available").asBoolean()).isTrue();
    }

    @Test
    void withoutANeededPluginNoTaskIsMade() {
        for (String need : List.of("plugin: Absent", "callable: com.acme.Absent")) {
            String text = "name: mine\nplugins: {stages: [{" + need + "}]}\nstages: [{name: one, type: echo}]\n";
            assertThat(putYaml("mine", text).status()).isIn(200, 201);
            JsonNode mine = get("mine").json();
            assertThat(mine.at("/available").asBoolean()).isFalse();
            assertThat(mine.at("/unavailable/0/pointer").asText()).isEqualTo("/plugins/stages/0");
            assertThat(mine.at("/unavailable/0/detail").asText()).contains("Absent", "not loaded");
            Reply task = server.http().post("/api/tasks", Map.of("title", "t", "pipeline", "mine"));
            assertThat(task.status()).isEqualTo(409);
            assertThat(task.code()).isEqualTo("pipeline_unavailable");
        }
    }

    @Test
    void aPipelineThatIsRemovedCanBeMadeAgain() {
        putYaml("mine", yaml("mine", "size: 4"));
        Reply removed = server.http().delete("/api/pipelines/mine");
        assertThat(removed.status()).isEqualTo(200);
        assertThat(removed.at("/revision").asLong()).isEqualTo(2);
        assertThat(file("mine.yaml")).doesNotExist();
        assertThat(get("mine").status()).isEqualTo(404);
        assertThat(server.http().delete("/api/pipelines/mine").code()).isEqualTo("unknown_pipeline");
        Reply again = putYaml("mine", yaml("mine", "size: 4"));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.at("/revision").asLong()).isEqualTo(3);
    }
}
