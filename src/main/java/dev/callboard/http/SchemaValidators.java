package dev.callboard.http;

import dev.callboard.problem.Violation;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Validators of the contract's schemas, each made once: to make one, Vert.x (vertx-json-schema 5.0.10) walks through the whole
 * schema, which takes far longer than to check a small body. A validator has no state and may be used side by side.
 */
final class SchemaValidators {
    private final SchemaRepository repository;
    private final Map<JsonSchema, Validator> made = Collections.synchronizedMap(new IdentityHashMap<>());

    SchemaValidators(SchemaRepository repository) {
        this.repository = repository;
    }

    /**
     * What is wrong with a value by one of the contract's own schemas.
     *
     * @param value JSON-shaped, as Vert.x has it
     * @param pointer where it stands; each violation's pointer begins with it
     */
    List<Violation> faults(JsonSchema schema, Object value, String pointer) {
        OutputUnit checked = made.computeIfAbsent(schema, repository::validator).validate(value);
        return SchemaFaults.of(checked, new SchemaKeywords(schema, repository), pointer);
    }
}
