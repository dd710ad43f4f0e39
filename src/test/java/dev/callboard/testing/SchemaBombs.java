package dev.callboard.testing;

import static dev.callboard.testing.Bombs.list;
import static dev.callboard.testing.Bombs.map;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Output schemas and patterns that are small and have a large effect, where nobody bounds it. */
final class SchemaBombs {
    private final Map<String, Map<String, Object>> schemas = new LinkedHashMap<>();

    private SchemaBombs() {}

    /** All of them, by their name for people. */
    static Map<String, Map<String, Object>> all() {
        SchemaBombs all = new SchemaBombs();
        all.patterns();
        all.schemas();
        return all.schemas;
    }

    private void schema(String name, Map<String, Object> schema) {
        schemas.put(name, schema);
    }

    private void patterns() {
        List<String> patterns = List.of(
                "(((a{100}){100}){100}){100}",
                "((((x{30}){30}){30}){30}){30}",
                "(?:(?:(?:x{50}){50}){50}){50}",
                "((\\p{L}{1000}){1000}){1000}",
                "((a|b|c|d){500}){500}",
                "([a-z]{1000}){1000}",
                "(?i)((straße){200}){200}",
                "((a?){1000}){1000}",
                "(.{1,1000}){1,1000}",
                "((a{1,100}){1,100}){1,100}",
                "(" + "a{1000}".repeat(100) + ")",
                "(".repeat(400) + "a" + "){2}".repeat(100) + ")".repeat(300),
                "(?:" + "[\\p{L}\\p{N}]".repeat(60) + "){1000}",
                "(\\Q(\\E(a{90}){90}){90}",
                "a".repeat(100_000));
        for (String pattern : patterns) {
            String shown = pattern.length() > 40 ? pattern.substring(0, 40) + "…" : pattern;
            schema("pattern " + shown, Map.of("type", "object", "properties", Map.of("a", Map.of("pattern", pattern))));
        }
    }

    private static Map<String, Object> nested(String keyword, int depth, boolean inList) {
        Map<String, Object> inner = Map.of("type", "string");
        for (int i = 0; i < depth; i++) {
            inner = Map.of(keyword, inList ? List.of(inner, inner) : inner);
        }
        return inner;
    }

    private void schemas() {
        schema("any of 10,000", Map.of("anyOf", list(10_000, i -> Map.of("const", i))));
        schema("one of 15,000", Map.of("oneOf", list(15_000, i -> Map.of("type", "string", "maxLength", i))));
        schema("all of 30,000", Map.of("allOf", list(30_000, i -> Map.of("minimum", i))));
        schema("choices of choices", nested("anyOf", 14, true));
        schema("not not not", nested("not", 25, false));
        schema("refers to itself", Map.of("$ref", "#"));
        schema(
                "refers round",
                Map.of(
                        "$ref",
                        "#/$defs/a",
                        "$defs",
                        Map.of("a", Map.of("$ref", "#/$defs/b"), "b", Map.of("$ref", "#/$defs/a"))));
        Map<String, Object> doubling = new LinkedHashMap<>();
        IntStream.range(0, 60)
                .forEach(i -> doubling.put(
                        "d" + i, Map.of("allOf", Collections.nCopies(2, Map.of("$ref", "#/$defs/d" + (i + 1))))));
        doubling.put("d60", Map.of("type", "string"));
        schema("doubles 60 times", Map.of("$ref", "#/$defs/d0", "$defs", doubling));
        schema("20,000 properties", Map.of("properties", map(20_000, i -> Map.of("type", "string"))));
        schema("enum of 90,000", Map.of("enum", list(90_000, i -> i)));
        schema("requires 60,000", Map.of("required", list(60_000, i -> "k" + i)));
        schema(
                "500 patterns of keys",
                Map.of(
                        "patternProperties",
                        list(500, i -> "^(a{99}){40}" + i + "$").stream()
                                .collect(Collectors.toMap(String::valueOf, key -> Map.of("type", "string")))));
        schema("20,000 definitions", Map.of("$defs", map(20_000, i -> Map.of("$ref", "#/$defs/k" + (i + 1) % 20_000))));
        schema("depends on 10,000", Map.of("dependentSchemas", map(10_000, i -> Map.of("required", List.of("k" + i)))));
        schema("empty", Map.of("anyOf", list(200_000, i -> Map.of())));
    }
}
