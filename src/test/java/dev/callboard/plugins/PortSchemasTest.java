package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin says by a JSON Schema what the values of its ports are, and the server gives it to everybody. */
class PortSchemasTest extends PluginFixture {
    private static final String SCHEMA = "{\"type\":\"object\",\"required\":[\"weight\"]}";

    private static PluginJars weighing(String output) {
        return PluginJars.of("Weighs", "weigh")
                .stagesJson(
                        "{\"stages\": [{\"id\": \"weigh\", \"name\": \"Weigh\", \"type\": \"stage\", \"ports\": {\"inputs\":"
                                + " [{\"name\": \"in\", \"type\": \"any\"}], \"outputs\": [" + output
                                + "]}, \"executor\": \"java\"}]}");
    }

    private static String named(String schema) {
        return "{\"name\": \"out\", \"type\": \"load\", \"schema\": " + schema + "}";
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Reply schema(String stage, String name) {
        return server.http().get("/api/vp/stages/" + stage + "/schemas/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "fork"})
    void theSchemaOfAPortIsServed(String isolation) throws IOException {
        weighing(named("\"load\""))
                .isolation(isolation)
                .entry("META-INF/callboard/schemas/load.json", utf8(SCHEMA))
                .entry("META-INF/callboard/schemas/own.json", utf8("{}"))
                .write(plugins, "weighs.jar");
        server.start();
        assertThat(stage("weigh").at("/ports/outputs/0/schema").asText()).isEqualTo("load");
        Reply schema = schema("weigh", "load");
        assertThat(schema.status()).isEqualTo(200);
        assertThat(schema.header("Content-Type")).isEqualTo("application/schema+json");
        assertThat(schema.text()).isEqualTo(SCHEMA);
        assertThat(schema("weigh", "own").code()).isEqualTo("unknown_schema");
        assertThat(schema("weigh", "own").at("/detail").asText()).contains("there is load");
        assertThat(schema("weigh", "..%2Fstages").status()).isEqualTo(404);
        assertThat(schema("gate", "load").code()).isEqualTo("unknown_schema");
        assertThat(schema("no-such-stage", "load").code()).isEqualTo("unknown_stage");
    }

    @Test
    void aPluginThatNamesASchemaWhichItDoesNotHaveIsRefused() throws IOException {
        weighing(named("\"load\"")).write(plugins, "missing.jar");
        weighing(named("\"load\""))
                .manifest("Implementation-Title", "Broken")
                .entry("META-INF/callboard/schemas/load.json", utf8("{\n\"type\":"))
                .write(plugins, "broken.jar");
        weighing(named("\"load\""))
                .manifest("Implementation-Title", "List")
                .entry("META-INF/callboard/schemas/load.json", utf8("[]"))
                .write(plugins, "list.jar");
        weighing(named("\"load\""))
                .manifest("Implementation-Title", "Large")
                .entry("META-INF/callboard/schemas/load.json", utf8("{\"a\": \"" + "x".repeat(300_000) + "\"}"))
                .write(plugins, "large.jar");
        server.start();
        refused("missing.jar", "'load'", "META-INF/callboard/schemas/load.json");
        refused("broken.jar", "META-INF/callboard/schemas/load.json cannot be read, line 2");
        refused("list.jar", "must be a JSON Schema");
        refused("large.jar", "larger than 262144 bytes");
    }

    @Test
    void whatIsNoNameIsAMemberOfTheAuthorsAsBefore() throws IOException {
        weighing(named("{\"type\": \"object\"}")).write(plugins, "own.jar");
        server.start();
        assertThat(stage("weigh").at("/ports/outputs/0/schema/type").asText()).isEqualTo("object");
        assertThat(schema("weigh", "load").code()).isEqualTo("unknown_schema");
    }
}
