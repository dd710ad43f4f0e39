package dev.callboard.http;

import static dev.callboard.http.ContractSamples.list;
import static dev.callboard.http.ContractSamples.map;

import dev.callboard.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Makes wrong requests out of the contract: for each operation what is unknown, missing, there twice, misspelt or of the wrong
 * type, in body, query, path and headers. The same seed makes the same requests.
 */
final class BadInput {
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private final Map<?, ?> contract;
    private final ContractSamples samples;
    private final Map<String, String> ids;
    private final Map<String, Object> bodies;
    private final Random random;
    private final List<Request> requests = new ArrayList<>();

    /**
     * One wrong request.
     *
     * @param what for people
     * @param body null for none
     */
    record Request(String what, String method, String path, byte[] body, List<String> headers) {}

    /**
     * Sets what is right.
     *
     * @param ids what stands for a path parameter, by {@code path{name}} or {@code {name}}
     * @param bodies right bodies by operation, where the contract does not say enough
     */
    BadInput(Map<?, ?> contract, Map<String, String> ids, Map<String, Object> bodies, long seed) {
        this.contract = contract;
        this.samples = new ContractSamples(contract);
        this.ids = ids;
        this.bodies = bodies;
        this.random = new Random(seed);
    }

    /** All of them, by operation. */
    List<Request> all() {
        new TreeMap<Object, Object>(map(contract.get("paths")))
                .forEach((path, item) -> METHODS.forEach(method -> {
                    if (map(item).get(method) instanceof Map<?, ?> operation) {
                        List<Map<?, ?>> parameters = new ArrayList<>();
                        list(map(item).get("parameters"))
                                .forEach(parameter -> parameters.add(samples.resolved(map(parameter))));
                        list(operation.get("parameters"))
                                .forEach(parameter -> parameters.add(samples.resolved(map(parameter))));
                        operation(method.toUpperCase(Locale.ROOT), String.valueOf(path), operation, parameters);
                    }
                }));
        return requests;
    }

    private void operation(String method, String template, Map<?, ?> operation, List<Map<?, ?>> parameters) {
        String id = String.valueOf(operation.get("operationId"));
        String path = template;
        for (Map<?, ?> parameter : parameters) {
            String place = "{" + parameter.get("name") + "}";
            path = path.replace(place, ids.getOrDefault(template + place, ids.getOrDefault(place, "nothing")));
        }
        Map<?, ?> json =
                map(map(samples.resolved(map(operation.get("requestBody"))).get("content"))
                        .get("application/json"));
        Map<?, ?> schema = samples.resolved(map(json.get("schema")));
        Object body = bodies.containsKey(id) ? bodies.get(id) : json.isEmpty() ? null : samples.sample(schema);
        byte[] right = body == null ? null : Json.writeBytes(body);
        query(id, method, path, parameters, right);
        headers(id, method, path, parameters, right);
        add(id + " bad escape in the path", method, path + "%zz", right);
        add(id + " path in bad UTF-8", method, path + "%ff", right);
        if (!json.isEmpty()) {
            bodies(id, method, path, schema, body);
        } else if (!id.equals("putBlob")) {
            add(id + " a body where there is none", method, path, text("{\"zz\":1}"));
        }
    }

    private void query(String id, String method, String path, List<Map<?, ?>> parameters, byte[] body) {
        add(id + " unknown query", method, path + "?zz_unknown=1", body);
        add(id + " bad escape in the query", method, path + "?%", body);
        for (Map<?, ?> parameter : parameters) {
            if (parameter.get("in").equals("query")) {
                String name = String.valueOf(parameter.get("name"));
                Map<?, ?> schema = map(parameter.get("schema"));
                String value = String.valueOf(samples.sample(schema));
                add(id + " misspelt query " + name, method, path + "?" + misspelt(name) + "=" + value, body);
                add(
                        id + " doubled query " + name,
                        method,
                        path + "?" + name + "=" + value + "&" + name + "=" + value,
                        body);
                add(id + " bad escape of " + name, method, path + "?" + name + "=%C3%28", body);
                if (!schema.get("type").equals("string") || schema.containsKey("enum")) {
                    add(
                            id + " wrong type of " + name,
                            method,
                            path + "?" + name + "=wrong-" + random.nextInt(99),
                            body);
                    add(id + " empty " + name, method, path + "?" + name + "=", body);
                }
                if (schema.get("maximum") instanceof Number most) {
                    add(id + " too large " + name, method, path + "?" + name + "=" + (most.longValue() + 1), body);
                }
                if (schema.get("maxLength") instanceof Number most) {
                    add(
                            id + " too long " + name,
                            method,
                            path + "?" + name + "=" + "a".repeat(most.intValue() + 1),
                            body);
                }
            }
        }
    }

    private void headers(String id, String method, String path, List<Map<?, ?>> parameters, byte[] body) {
        preconditions(method).forEach((name, value) -> {
            if (parameters.stream().noneMatch(parameter -> name.equals(parameter.get("name")))) {
                add(id + " " + name + " that is not checked", method, path, body, name, value);
            }
        });
        for (Map<?, ?> parameter : parameters) {
            if (parameter.get("in").equals("header")) {
                String name = String.valueOf(parameter.get("name"));
                int most = ((Number) map(parameter.get("schema")).get("maxLength")).intValue();
                add(id + " too long " + name, method, path, body, name, "9".repeat(most + 1));
                add(id + " odd " + name, method, path, body, name, "\u00a0");
                add(id + " doubled " + name, method, path, body, name, "1", name, "1");
            }
        }
    }

    private static Map<String, String> preconditions(String method) {
        Map<String, String> all =
                new TreeMap<>(Map.of("If-Match", "\"1\"", "If-Unmodified-Since", "Sat, 28 Nov 2026 12:00:00 GMT"));
        if (!method.equals("GET")) {
            all.put("If-None-Match", "*");
        }
        return all;
    }

    private void bodies(String id, String method, String path, Map<?, ?> schema, Object body) {
        add(id + " no body", method, path, schema.containsKey("required") ? new byte[0] : text("7"));
        for (String other :
                List.of("[]", "\"text\"", "7", "true", "{", "{]", "{\"a\":1,\"a\":1}", "{\"a\":1}x", "nul", "null")) {
            add(id + " body " + other, method, path, text(other));
        }
        add(id + " body in bad UTF-8", method, path, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        add(
                id + " body of another type",
                method,
                path,
                text("a=b"),
                "Content-Type",
                "application/x-www-form-urlencoded");
        inside(schema, body, changed -> add(id + " " + changed.what(), method, path, Json.writeBytes(changed.body())));
    }

    private record Changed(String what, Object body) {}

    /** Every member of an object, and of the objects in it, in turn. */
    private void inside(Map<?, ?> schema, Object body, java.util.function.Consumer<Changed> take) {
        if (!(body instanceof Map<?, ?> object)) {
            return;
        }
        Map<?, ?> properties = map(schema.get("properties"));
        boolean open = !Boolean.FALSE.equals(schema.get("additionalProperties"));
        BiConsumer<String, Map<Object, Object>> give = (what, changed) -> take.accept(new Changed(what, changed));
        if (!open) {
            give.accept("unknown member", with(object, "zz_unknown", 1));
        }
        properties.forEach((key, reference) -> {
            String name = String.valueOf(key);
            Map<?, ?> property = samples.resolved(map(reference));
            Object value = object.containsKey(key) ? object.get(key) : samples.sample(property);
            boolean required = list(schema.get("required")).contains(key);
            if (!open) {
                Map<Object, Object> misspelt = with(object, misspelt(name), value);
                misspelt.remove(key);
                give.accept("misspelt " + name, misspelt);
            }
            if (required) {
                Map<Object, Object> missing = new LinkedHashMap<>(object);
                missing.remove(key);
                give.accept("missing " + name, missing);
            }
            if (property.containsKey("type")) {
                give.accept(
                        "wrong type of " + name,
                        with(object, name, ContractSamples.wrong(String.valueOf(property.get("type")), random)));
            }
            if (property.get("maxLength") instanceof Number most && most.intValue() < 100_000) {
                give.accept("too long " + name, with(object, name, "a".repeat(most.intValue() + 1)));
            }
            if (value instanceof Map<?, ?>) {
                inside(
                        property,
                        value,
                        inner -> give.accept(name + "/" + inner.what(), with(object, name, inner.body())));
            } else if (value instanceof List<?> values && !values.isEmpty()) {
                inside(
                        samples.resolved(map(property.get("items"))),
                        values.get(0),
                        inner -> give.accept(name + "/0/" + inner.what(), with(object, name, List.of(inner.body()))));
            }
        });
    }

    private String misspelt(String name) {
        int at = 1 + random.nextInt(Math.max(1, name.length() - 1));
        return random.nextBoolean() ? name + "s" : name.substring(0, at) + "z" + name.substring(at);
    }

    private void add(String what, String method, String path, byte[] body, String... headers) {
        requests.add(new Request(what, method, path, body, List.of(headers)));
    }

    private static Map<Object, Object> with(Map<?, ?> object, Object key, Object value) {
        Map<Object, Object> changed = new LinkedHashMap<>(object);
        changed.put(key, value);
        return changed;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
