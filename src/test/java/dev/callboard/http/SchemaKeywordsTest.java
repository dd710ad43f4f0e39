package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.problem.Violation;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import org.junit.jupiter.api.Test;

/** Places of a schema as its validator names them. */
class SchemaKeywordsTest {
    private final SchemaRepository repository = SchemaRepository.create(new JsonSchemaOptions()
            .setBaseUri("app://")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic));
    private final JsonSchema schema = JsonSchema.of(
            new JsonObject(
                    """
            {"$id": "app://ids", "type": "object", "$defs": {"id": {"type": "string", "pattern": "^a/"}},
             "properties": {"ids": {"type": "array", "items": {"allOf": [{"$ref": "#/$defs/id"}]}}}}"""));

    @Test
    void aPatternIsFoundThroughReferencesAndLists() {
        repository.dereference(schema);
        JsonObject value = new JsonObject("{\"ids\": [\"b\"]}");
        assertThat(new SchemaValidators(repository).faults(schema, value, ""))
                .contains(new Violation("/ids/0", "must match the pattern ^a/"))
                .noneMatch(violation -> violation.detail().contains("does not match pattern"));
    }

    @Test
    void whatIsNotThereIsNothing() {
        SchemaKeywords keywords = new SchemaKeywords(schema, repository);
        assertThat(keywords.at("#/$defs/id/pattern")).isEqualTo("^a/");
        assertThat(keywords.at("#/properties/none/pattern")).isNull();
        assertThat(keywords.at("#/properties/ids/items/allOf/7")).isNull();
    }
}
