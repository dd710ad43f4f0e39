package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the values of a pipeline come from, and the plugins that it needs. */
class PipelineValuesTest extends PipelineApiFixture {
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
        await().until(() -> server.palette().toString().contains("needed-stage"));
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
}
