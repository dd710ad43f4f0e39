package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callboard.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An output schema that is not JSON Schema is refused when it is stored, not when a stage's output is compared with it. */
class PipelineSchemasTest extends PipelineApiFixture {
    private static Map<String, Object> pipeline(String name, Object schema) {
        return Map.of("name", name, "stages", List.of(stage(schema)));
    }

    private static Map<String, Object> stage(Object schema) {
        return Map.of("name", "one", "type", "echo", "output_schema", schema);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"type": "objekt"}                                    | /type
                    {"type": ["string", "nil"]}                           | /type/1
                    {"minLength": -1}                                     | /minLength
                    {"required": "a"}                                     | /required
                    {"properties": []}                                    | /properties
                    {"enum": 3}                                           | /enum
                    {"maximum": "10"}                                     | /maximum
                    {"exclusiveMinimum": true}                            | /exclusiveMinimum
                    {"properties": {"a": {"type": "objekt"}}}             | /properties/a/type
                    {"items": {"anyOf": [{"minItems": 1.5}]}}             | /items/anyOf/0/minItems
                    {"$schema": "http://json-schema.org/draft-07/schema#", "minLength": -1} | /minLength
                    """)
    void whatIsNotJsonSchemaIsRefusedWithItsPlace(String schema, String place) throws IOException {
        JsonNode text = new JsonMapper().readTree(schema);
        Reply refused = put("bad", pipeline("bad", text));
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("/errors").findValuesAsText("pointer")).contains("/stages/0/output_schema" + place);
        assertThat(refused.text()).contains("is not valid JSON Schema");

        String project = project();
        Reply template = server.http().post("/api/projects/" + project + "/stage-templates", template(text));
        assertThat(template.status()).as(template.text()).isEqualTo(400);
        assertThat(template.at("/errors").findValuesAsText("pointer")).contains("/output_schema" + place);
    }

    private static Map<String, Object> template(Object schema) {
        return Map.of("name", "two", "type", "echo", "output_schema", schema);
    }

    private String project() {
        Reply made = server.http().post("/api/projects", Map.of("name", "of schemas", "pipeline", "dev-task"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.at("/id").asText();
    }

    @Test
    void whatIsJsonSchemaIsTaken() {
        Map<String, Object> schema = Map.of(
                "$schema", "https://json-schema.org/draft/2020-12/schema",
                "type", List.of("object", "null"),
                "properties", Map.of("a", Map.of("$ref", "#/$defs/word"), "b", true),
                "$defs", Map.of("word", Map.of("type", "string", "format", "uri", "x-of-our-own", 1)),
                "required", List.of("a"));
        Reply stored = put("good", pipeline("good", schema));
        assertThat(stored.status()).as(stored.text()).isEqualTo(201);
    }

    /** It was taken by the versions before, and some of it does no harm. */
    @Test
    void aFileThatHasOneIsServedWithAWarning() throws IOException {
        Files.writeString(
                file("older.yaml"),
                "name: older\nstages:\n  - {name: one, type: echo, output_schema: {type: string, minLength: -1}}\n");
        await().until(() -> get("older").status() == 200);
        Reply older = get("older");
        assertThat(older.at("/errors").size()).as(older.text()).isZero();
        assertThat(older.at("/warnings").findValuesAsText("pointer")).contains("/stages/0/output_schema/minLength");
    }
}
