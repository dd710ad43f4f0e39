package dev.callboard.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Looks into the schemas of the contract, and makes values that they take. */
final class ContractSamples {
    private final Map<?, ?> contract;

    ContractSamples(Map<?, ?> contract) {
        this.contract = contract;
    }

    /** A value that a schema takes, as far as that is simple. */
    Object sample(Map<?, ?> reference) {
        Map<?, ?> schema = resolved(reference);
        String type = String.valueOf(schema.get("type"));
        if (schema.get("enum") instanceof List<?> words) {
            return words.get(0);
        }
        if (type.contains("object")) {
            Map<Object, Object> object = new LinkedHashMap<>();
            map(schema.get("properties")).forEach((key, property) -> object.put(key, sample(map(property))));
            return object;
        }
        if (type.contains("array")) {
            return List.of(sample(map(schema.get("items"))));
        }
        return type.contains("integer") ? 1 : type.contains("boolean") ? Boolean.TRUE : "a";
    }

    /** A value of another type. */
    static Object wrong(String type, Random random) {
        List<Object> others = new ArrayList<>();
        if (!type.contains("string")) {
            others.add("wrong");
        }
        if (!type.contains("array")) {
            others.add(List.of("wrong"));
        }
        if (!type.contains("object")) {
            others.add(Map.of("wrong", 1));
        }
        if (!type.contains("integer") && !type.contains("number")) {
            others.add(7);
        }
        return others.get(random.nextInt(others.size()));
    }

    /** What a reference leads to; anything else is itself. */
    Map<?, ?> resolved(Map<?, ?> schema) {
        if (!(schema.get("$ref") instanceof String reference)) {
            return schema;
        }
        Object here = contract;
        for (String step : reference.substring(2).split("/")) {
            here = map(here).get(step);
        }
        return resolved(map(here));
    }

    static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
