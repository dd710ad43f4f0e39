package dev.callboard.http;

import dev.callboard.json.JsonPointers;
import dev.callboard.problem.NearName;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which members the bodies of the contract's operations may have: where a schema says {@code additionalProperties: false}, no
 * others. Schemas with {@code x-checked-by-server} are passed over, whoever reads them says so with a code of its own.
 */
final class KnownMembers {
    private static final String REFERENCE = "#/";
    private static final String JSON = "application/json";

    private final Map<?, ?> contract;
    private final Map<String, Map<?, ?>> bodies = new HashMap<>();

    /** Takes a contract as its YAML is read. */
    KnownMembers(Map<?, ?> contract) {
        this.contract = contract;
        map(contract.get("paths")).values().forEach(path -> map(path).values().forEach(item -> {
            if (item instanceof Map<?, ?> operation && operation.get("operationId") instanceof String id) {
                Map<?, ?> content =
                        map(resolved(map(operation.get("requestBody"))).get("content"));
                if (content.get(JSON) instanceof Map<?, ?> json) {
                    bodies.put(id, map(json.get("schema")));
                }
            }
        }));
    }

    /** What is in a body and in no schema, with the pointer to each. */
    List<Violation> unknown(String operationId, @Nullable Object body) {
        List<Violation> violations = new ArrayList<>();
        Map<?, ?> schema = bodies.get(operationId);
        if (schema != null) {
            check(schema, body, "", violations);
        } else if (body instanceof Map<?, ?> members) {
            members.keySet()
                    .forEach(key -> violations.add(new Violation(
                            JsonPointers.member("", key), "is not known here; this operation takes no body")));
        } else if (body != null) {
            violations.add(new Violation("", "this operation takes no body"));
        }
        return violations;
    }

    private void check(Map<?, ?> reference, @Nullable Object value, String pointer, List<Violation> violations) {
        Map<?, ?> schema = resolved(reference);
        if (Boolean.TRUE.equals(schema.get(Contract.CHECKED_BY_SERVER))) {
            return;
        }
        if (value instanceof Map<?, ?> object) {
            Map<?, ?> properties = map(schema.get("properties"));
            List<String> known =
                    properties.keySet().stream().map(String::valueOf).toList();
            object.forEach((key, member) -> {
                String at = JsonPointers.member(pointer, key);
                if (properties.get(key) instanceof Map<?, ?> property) {
                    check(property, member, at, violations);
                } else if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
                    check(others, member, at, violations);
                } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                    violations.add(new Violation(at, NearName.unknown(String.valueOf(key), known)));
                }
            });
        } else if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
            for (int i = 0; i < list.size(); i++) {
                check(items, list.get(i), pointer + "/" + i, violations);
            }
        }
    }

    private Map<?, ?> resolved(Map<?, ?> schema) {
        if (!(schema.get("$ref") instanceof String reference)) {
            return schema;
        }
        Map<?, ?> here = contract;
        for (String step : reference.substring(REFERENCE.length()).split("/")) {
            here = map(here.get(step));
        }
        return resolved(here);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
