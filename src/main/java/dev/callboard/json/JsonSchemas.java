package dev.callboard.json;

import dev.callboard.model.Violation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaException;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks values against JSON Schemas (2020-12). References lead inside a schema only; nothing is fetched. */
public final class JsonSchemas {
    private static final int MAX_ERRORS = 50;
    private static final String BASE = "urn:callboard:output";

    private JsonSchemas() {}

    /** Why a schema cannot be used; nothing when it can. */
    public static Optional<String> fault(Map<String, ?> schema) {
        try {
            validator(schema).validate(new JsonObject());
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("is no JSON Schema that can be used: " + e.getMessage());
        }
    }

    private static Validator validator(Map<String, ?> schema) {
        JsonObject plain = new JsonObject(Json.write(schema));
        return Validator.create(
                JsonSchema.of(plain),
                new JsonSchemaOptions()
                        .setBaseUri(BASE)
                        .setDraft(Draft.DRAFT202012)
                        .setOutputFormat(OutputFormat.Basic));
    }

    /**
     * What is wrong with a value.
     *
     * @param pointer where the value is in the request; each violation's pointer begins with it
     */
    public static List<Violation> check(Map<String, ?> schema, @Nullable Object value, String pointer) {
        try {
            OutputUnit result = validator(schema).validate(wrapped(value));
            List<Violation> violations = new ArrayList<>();
            if (Boolean.TRUE.equals(result.getValid())) {
                return violations;
            }
            for (OutputUnit error : result.getErrors() == null ? List.<OutputUnit>of() : result.getErrors()) {
                String location = String.valueOf(error.getInstanceLocation()).replaceFirst("^#", "");
                violations.add(new Violation(pointer + location, String.valueOf(error.getError())));
            }
            if (violations.isEmpty()) {
                violations.add(new Violation(pointer, "does not fit the output schema"));
            }
            return violations.size() > MAX_ERRORS ? violations.subList(0, MAX_ERRORS) : violations;
        } catch (SchemaException | IllegalArgumentException | ClassCastException e) {
            return List.of(
                    new Violation(pointer, "cannot be checked: the output schema is unusable: " + e.getMessage()));
        }
    }

    private static @Nullable Object wrapped(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return new JsonObject(Json.write(value));
        }
        return value instanceof List<?> ? new JsonArray(Json.write(value)) : value;
    }
}
