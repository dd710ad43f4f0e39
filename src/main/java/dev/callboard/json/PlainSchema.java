package dev.callboard.json;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows schemas that cannot have a fault: small ones, made of the most usual keywords alone, each with a value as the draft has it.
 * Of all others it says nothing. The library that knows them all takes a start longer to set up than the whole rest of reading
 * pipelines.
 */
final class PlainSchema {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_MEMBERS = 500;
    private static final Set<String> TYPES =
            Set.of("array", "boolean", "integer", "null", "number", "object", "string");

    private int members;

    private PlainSchema() {}

    /** Whether it is known to have no fault. */
    static boolean is(Map<?, ?> schema) {
        PlainSchema counted = new PlainSchema();
        return counted.plain(schema, 0) && counted.members <= MAX_MEMBERS;
    }

    private boolean plain(@Nullable Object value, int depth) {
        if (!(value instanceof Map<?, ?> schema) || depth > MAX_DEPTH) {
            return false;
        }
        members += schema.size();
        return members <= MAX_MEMBERS
                && schema.entrySet().stream().allMatch(member -> usual(member.getKey(), member.getValue(), depth));
    }

    private boolean usual(@Nullable Object keyword, @Nullable Object value, int depth) {
        return switch (String.valueOf(keyword)) {
            case "type" -> value instanceof String && TYPES.contains(value);
            case "title", "description" -> value instanceof String;
            case "required" -> value instanceof List<?> names && distinctTexts(names);
            case "enum" -> value instanceof List<?> values && !values.isEmpty() && distinctTexts(values);
            case "minLength", "maxLength", "minItems", "maxItems" -> value instanceof Integer number && number >= 0;
            case "items" -> plain(value, depth + 1);
            case "properties" -> value instanceof Map<?, ?> properties && allPlain(properties, depth + 1);
            case "additionalProperties" -> value instanceof Boolean || plain(value, depth + 1);
            default -> false;
        };
    }

    private boolean allPlain(Map<?, ?> properties, int depth) {
        members += properties.size();
        return properties.entrySet().stream()
                .allMatch(property -> property.getKey() instanceof String && plain(property.getValue(), depth));
    }

    private boolean distinctTexts(List<?> values) {
        members += values.size();
        return values.stream().allMatch(String.class::isInstance) && new HashSet<>(values).size() == values.size();
    }
}
