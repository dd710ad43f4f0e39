package dev.callboard.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the schemas of a contract ones that validating does not change, so that many threads can check by them at once.
 *
 * <p>vertx-json-schema 5.0.10 keeps its lookup in a concurrent map and copies it for each validator, but wraps a schema below
 * {@code items}, {@code additionalProperties}, {@code not} and the like only when a value is first checked against it, and puts
 * the wrapper into the map that all threads share ({@code Utils.Schemas.wrap}). Its fields are not final: another thread may
 * see it half made. Here all of them are wrapped once, by the thread that reads the contract, before any other has it.
 */
final class FixedSchemas {
    /** Whose value is a schema, or a list of them. */
    private static final List<String> SCHEMA = List.of(
            "items",
            "prefixItems",
            "additionalItems",
            "unevaluatedItems",
            "contains",
            "additionalProperties",
            "unevaluatedProperties",
            "propertyNames",
            "not",
            "if",
            "then",
            "else",
            "allOf",
            "anyOf",
            "oneOf");

    /** Whose members are schemas. */
    private static final List<String> SCHEMAS =
            List.of("properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions");

    private final SchemaRepository repository;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private FixedSchemas(SchemaRepository repository) {
        this.repository = repository;
    }

    /** Fixes what requests are checked by. */
    static void of(OpenAPIContract contract) {
        FixedSchemas fixed = new FixedSchemas(contract.getSchemaRepository());
        requested(contract).forEach(fixed::fix);
    }

    /** The schemas that requests are checked by, as the contract names them. */
    static List<JsonSchema> requested(OpenAPIContract contract) {
        List<JsonSchema> schemas = new ArrayList<>();
        for (Operation operation : contract.operations()) {
            operation.getParameters().stream().map(Parameter::getSchema).forEach(schemas::add);
            if (operation.getRequestBody() != null) {
                for (MediaType type : operation.getRequestBody().getContent().values()) {
                    if (type.getSchema() != null) {
                        schemas.add(type.getSchema());
                    }
                }
            }
        }
        return schemas;
    }

    private void fix(@Nullable Object schema) {
        if (!(schema instanceof JsonObject object) || !seen.add(object.getMap())) {
            return;
        }
        // What the repository checks by may be another object than the contract's.
        for (String reference : List.of("__absolute_uri__", "__absolute_ref__")) {
            if (object.getValue(reference) instanceof String uri) {
                fix(repository.find(uri));
            }
        }
        for (String key : SCHEMA) {
            if (object.getValue(key) instanceof JsonArray list) {
                for (int i = 0; i < list.size(); i++) {
                    int at = i;
                    fix(wrapped(list.getValue(i), wrapped -> list.getList().set(at, wrapped)));
                }
            } else {
                fix(wrapped(object.getValue(key), wrapped -> object.getMap().put(key, wrapped)));
            }
        }
        for (String key : SCHEMAS) {
            if (object.getValue(key) instanceof JsonObject members) {
                Map<String, Object> map = members.getMap();
                List.copyOf(map.keySet())
                        .forEach(name -> fix(wrapped(members.getValue(name), wrapped -> map.put(name, wrapped))));
            }
        }
    }

    private interface Place {
        @Nullable
        Object put(JsonSchema wrapped);
    }

    private static @Nullable Object wrapped(@Nullable Object value, Place place) {
        if (value instanceof JsonObject object && !(value instanceof JsonSchema)) {
            JsonSchema schema = JsonSchema.of(object);
            place.put(schema);
            return schema;
        }
        return value;
    }
}
