package dev.callboard.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.SchemaRepository;
import org.jspecify.annotations.Nullable;

/** Finds what a schema says at the place that its validator names, through references: the validator's messages do not repeat it. */
final class SchemaKeywords {
    private static final String REFERENCE = "$ref";

    /** Where vertx-json-schema 5.0.10 puts the address that a reference leads to. */
    private static final String ADDRESS = "__absolute_ref__";

    private final JsonSchema schema;
    private final SchemaRepository repository;

    SchemaKeywords(JsonSchema schema, SchemaRepository repository) {
        this.schema = schema;
        this.repository = repository;
    }

    /**
     * The value of a keyword.
     *
     * @param location such as {@code #/properties/id/$ref/pattern}; segments are JSON Pointer's
     * @return null when there is none
     */
    @Nullable
    Object at(String location) {
        Object value = schema;
        for (String segment : location.replaceFirst("^#?/?", "").split("/")) {
            String key = segment.replace("~1", "/").replace("~0", "~");
            if (value instanceof JsonObject object) {
                value = key.equals(REFERENCE) && object.getValue(ADDRESS) instanceof String address
                        ? repository.find(address)
                        : object.getValue(key);
            } else if (value instanceof JsonArray list
                    && key.matches("\\d{1,9}")
                    && Integer.parseInt(key) < list.size()) {
                value = list.getValue(Integer.parseInt(key));
            } else {
                return null;
            }
        }
        return value;
    }
}
