package dev.callboard.testing;

import dev.callboard.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Bodies that are small and have a large effect, where nobody bounds it: patterns, schemas, templates, YAML and JSON, each below
 * the limit of a body.
 */
public final class Bombs {
    private static final int BODY = 1_000_000;

    private final List<Bomb> bombs = new ArrayList<>();

    private Bombs() {}

    /**
     * One request.
     *
     * @param name for people
     * @param method PUT or POST
     * @param path where it goes
     * @param type the content type
     * @param body what is sent
     */
    public record Bomb(String name, String method, String path, String type, byte[] body) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** All of them. */
    public static List<Bomb> all() {
        Bombs all = new Bombs();
        all.patterns();
        all.schemas();
        all.templates();
        all.yaml();
        all.json();
        return List.copyOf(all.bombs);
    }

    private void add(String name, String method, String path, String type, String body) {
        bombs.add(new Bomb(name, method, path, type, body.getBytes(StandardCharsets.UTF_8)));
    }

    private void pipeline(String name, Map<String, Object> stage) {
        Map<String, Object> whole = new LinkedHashMap<>(Map.of("name", "first", "type", "implementation"));
        whole.putAll(stage);
        add(
                name,
                "PUT",
                "/api/pipelines/bomb",
                "application/json",
                Json.write(Map.of("name", "bomb", "stages", List.of(whole))));
    }

    private void schema(String name, Map<String, Object> schema) {
        pipeline("schema: " + name, Map.of("output_schema", schema));
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

    private static List<Object> list(int count, java.util.function.IntFunction<Object> each) {
        return IntStream.range(0, count).mapToObj(each).toList();
    }

    private static Map<String, Object> map(int count, java.util.function.IntFunction<Object> each) {
        Map<String, Object> map = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> map.put("k" + i, each.apply(i)));
        return map;
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

    private void templates() {
        int tags = 5_000;
        List<String> templates = List.of(
                "{{#user_input}}".repeat(tags) + "x" + "{{/user_input}}".repeat(tags),
                "{{#user_input}}".repeat(6_000),
                "{{/user_input}}".repeat(6_000),
                "{{#user_input}}\n{{^previous_output}}\n".repeat(2_500) + "{{/user_input}}\n".repeat(2_500),
                IntStream.range(0, 8_000).mapToObj(i -> "{{n" + i + "}}").collect(Collectors.joining()),
                "{{".repeat(49_000),
                "{{#" + " ".repeat(99_000),
                ("{{#user_input}}" + " ".repeat(15)).repeat(3_000),
                "{{#a}}{{#b}}".repeat(4_000) + "{{/a}}{{/b}}".repeat(4_000),
                "{{user_input}}".repeat(7_000));
        int number = 0;
        for (String template : templates) {
            String shown = template.length() > 30 ? template.substring(0, 30).strip() + "…" : template;
            pipeline("template " + ++number + ": " + shown, Map.of("prompt_template", template));
        }
    }

    private void yaml(String name, String text) {
        add("yaml: " + name, "PUT", "/api/pipelines/bomb", "application/yaml", text);
    }

    private void yaml() {
        StringBuilder laughs = new StringBuilder("name: bomb\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            laughs.append(
                    "a%1$d: &a%1$d [%2$s]\n".formatted(i, String.join(", ", Collections.nCopies(9, "*a" + (i - 1)))));
        }
        yaml("a billion laughs", laughs + "stages: *a11\n");
        StringBuilder merges = new StringBuilder("name: bomb\nm0: &m0 {a: 1}\n");
        for (int i = 1; i < 40; i++) {
            merges.append("m%1$d: &m%1$d {<<: [*m%2$d, *m%2$d], k%1$d: 1}\n".formatted(i, i - 1));
        }
        yaml("merges of merges", merges + "stages: [*m39]\n");
        yaml("deep lists", "name: bomb\nstages: " + "[".repeat(100_000));
        yaml("deep maps", "name: bomb\nstages: " + "{a: ".repeat(50_000));
        yaml(
                "deep blocks",
                IntStream.range(0, 1_000).mapToObj(i -> " ".repeat(i) + "a:\n").collect(Collectors.joining()));
        yaml(
                "100,000 keys",
                IntStream.range(0, 80_000).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining()));
        yaml(
                "5,000 stages",
                "name: bomb\nstages:\n"
                        + IntStream.range(0, 5_000)
                                .mapToObj(i -> "  - {name: s" + i + ", type: implementation}\n")
                                .collect(Collectors.joining()));
        yaml("one key again and again", "a: 1\n".repeat(100_000));
        yaml("an alias of itself", "name: bomb\nstages: &s [*s, *s]\n");
        yaml("keys of lists", "? [[[[[[a]]]]]]\n: 1\n".repeat(30_000));
        yaml(
                "900 stages, each needs all before",
                "name: bomb\nstages:\n"
                        + IntStream.range(0, 300)
                                .mapToObj(i -> "  - {name: s" + i + ", type: implementation, depends_on: ["
                                        + IntStream.range(0, i)
                                                .mapToObj(j -> "s" + j)
                                                .collect(Collectors.joining(","))
                                        + "]}\n")
                                .collect(Collectors.joining()));
    }

    private void stage(String name, Map<String, Object> members) {
        Map<String, Object> stage = Stages.manual("bomb");
        stage.putAll(members);
        add("stage: " + name, "POST", "/api/vp/stages", "application/json", Json.write(stage));
    }

    private void json() {
        add("json: deep lists", "POST", "/api/vp/stages", "application/json", "[".repeat(BODY));
        add("json: deep maps", "POST", "/api/vp/stages", "application/json", "{\"a\":".repeat(BODY / 6));
        add("json: a long number", "POST", "/api/vp/stages", "application/json", "1".repeat(BODY));
        add("json: a large number", "POST", "/api/vp/stages", "application/json", "{\"id\":1e999999999}");
        add(
                "json: 200,000 lists",
                "POST",
                "/api/tasks",
                "application/json",
                "{\"title\":[" + "[],".repeat(200_000) + "[]]}");
        add(
                "json: 150,000 stages of the wrong type",
                "POST",
                "/api/tasks",
                "application/json",
                Json.write(Map.of("title", "Bomb", "stages", list(150_000, i -> i))));
        add(
                "json: 60,000 inputs that nobody knows",
                "POST",
                "/api/tasks",
                "application/json",
                Json.write(Map.of("title", "Bomb", "input", list(60_000, i -> Map.of("k" + i, i)))));
        stage("100,000 unknown members", map(60_000, i -> i));
        stage("one unknown member", Map.of("x", "y".repeat(BODY - 10_000)));
        stage(
                "10,000 settings",
                Map.of("settings_schema", list(10_000, i -> Map.of("key", "k" + i, "type", "text", "label", "K"))));
        stage(
                "20,000 options",
                Map.of(
                        "settings_schema",
                        List.of(Map.of(
                                "key",
                                "a",
                                "type",
                                "select",
                                "label",
                                "A",
                                "options",
                                list(20_000, i -> Map.of("value", "v" + i, "label", "V"))))));
        stage(
                "20,000 ports",
                Map.of("ports", Map.of("inputs", list(20_000, i -> Map.of("name", "p" + i, "type", "any")))));
        stage("instructions", Map.of("executor_config", Map.of("instructions", "{{#user_input}}".repeat(60_000))));
        Map<String, Object> graph = Map.of(
                "nodes",
                list(4_000, i -> Map.of("id", "n" + i, "type", "stage", "stage_id", "implementation")),
                "edges",
                list(
                        4_000,
                        i -> Map.of(
                                "id",
                                "e" + i,
                                "source_node",
                                "n" + i,
                                "source_port",
                                "out",
                                "target_node",
                                "n" + (i + 1) % 4_000,
                                "target_port",
                                "in")));
        add("graph: a round of 4,000", "POST", "/api/vp/compile", "application/json", Json.write(graph));
    }
}
