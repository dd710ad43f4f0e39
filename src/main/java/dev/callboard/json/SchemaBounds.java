package dev.callboard.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.networknt.schema.JsonSchemaException;
import dev.callboard.json.UserPatterns.UnusablePatternException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the text of a schema before it is used: references stay in it and end, patterns are RE2's, and one value is not
 * compared with more than {@value #MOST} schemas.
 */
final class SchemaBounds {
    /** The most JSON values that a schema is made of: so much is read, built and written as YAML in a moment. */
    static final int MAX_VALUES = 25_000;

    /** The most patterns, each of which may be as large as {@link UserPatterns} allows. */
    static final int MAX_PATTERNS = 1_000;

    private static final long MOST = 5_000;
    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");
    private static final Set<String> SAME_VALUE =
            Set.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies");
    private static final Set<String> MAPS =
            Set.of("properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions");
    private static final Set<String> NO_SCHEMAS = Set.of("const", "enum", "default", "examples", "required", "type");

    private final JsonNode root;
    private final Map<String, JsonNode> anchors = new HashMap<>();
    private final List<JsonNode> schemas = new ArrayList<>();
    private final Map<JsonNode, Long> weights = new IdentityHashMap<>();
    private final Set<JsonNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int patterns;

    private SchemaBounds(JsonNode root) {
        this.root = root;
    }

    /** Fails with a sentence without a full stop. */
    static void check(JsonNode root) {
        if (values(root) > MAX_VALUES) {
            throw new JsonSchemaException("it has more than " + MAX_VALUES + " values");
        }
        SchemaBounds bounds = new SchemaBounds(root);
        bounds.find();
        bounds.schemas.forEach(bounds::weight);
    }

    private void find() {
        Deque<JsonNode> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            JsonNode schema = waiting.pop();
            schemas.add(schema);
            text(schema, "pattern").ifPresent(this::check);
            schema.path("patternProperties").fieldNames().forEachRemaining(this::check);
            for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
                text(schema, keyword).ifPresent(name -> anchors.put("#" + name, schema));
            }
            text(schema, "$id").ifPresent(id -> anchors.put(id, schema));
            schema.properties().forEach(entry -> waiting.addAll(inside(entry.getKey(), entry.getValue())));
        }
    }

    private static Optional<String> text(JsonNode schema, String keyword) {
        return Optional.ofNullable(schema.path(keyword).textValue());
    }

    private static int values(JsonNode root) {
        Deque<JsonNode> waiting = new ArrayDeque<>(List.of(root));
        int values = 0;
        while (!waiting.isEmpty() && values <= MAX_VALUES) {
            waiting.pop().forEach(waiting::push);
            values++;
        }
        return values;
    }

    private void check(String text) {
        if (++patterns > MAX_PATTERNS) {
            throw new JsonSchemaException("it has more than " + MAX_PATTERNS + " patterns");
        }
        pattern(text);
    }

    /** The pattern of a text. */
    static Pattern pattern(String text) {
        try {
            return UserPatterns.compile(text);
        } catch (UnusablePatternException e) {
            throw new JsonSchemaException(e.getMessage());
        }
    }

    private static List<JsonNode> inside(String keyword, JsonNode value) {
        List<JsonNode> inside = new ArrayList<>();
        if (value.isArray() || MAPS.contains(keyword)) {
            value.forEach(inside::add);
        } else {
            inside.add(value);
        }
        inside.removeIf(each -> !each.isObject() || NO_SCHEMAS.contains(keyword));
        return inside;
    }

    /** With how many schemas one value is compared, about. */
    private long weight(JsonNode schema) {
        Long known = weights.get(schema);
        if (known != null) {
            return known;
        }
        if (!open.add(schema)) {
            throw new JsonSchemaException("it refers to itself without end");
        }
        long weight = 1;
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            if (SAME_VALUE.contains(entry.getKey())) {
                for (JsonNode each : inside(entry.getKey(), entry.getValue())) {
                    weight += weight(each);
                }
            } else if (REFERENCES.contains(entry.getKey()) && entry.getValue().isTextual()) {
                weight += weight(target(entry.getValue().textValue()));
            }
            if (weight > MOST) {
                throw new JsonSchemaException("it compares one value with more than " + MOST + " schemas");
            }
        }
        open.remove(schema);
        weights.put(schema, weight);
        return weight;
    }

    private JsonNode target(String reference) {
        JsonNode there = reference.equals("#") ? root : anchors.get(reference);
        if (there == null && reference.startsWith("#/")) {
            there = at(URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        if (there == null || there.isMissingNode()) {
            throw new JsonSchemaException("'" + reference + "' is not part of it");
        }
        return there;
    }

    private @Nullable JsonNode at(String pointer) {
        try {
            return root.at(JsonPointer.compile(pointer));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
