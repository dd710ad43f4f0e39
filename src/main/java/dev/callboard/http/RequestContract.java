package dev.callboard.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of the contract of the calls a server needs to route requests and to check them: all but what is answered, and what only
 * answers refer to. That is a third of it, and a start reads and resolves the rest for nothing.
 */
final class RequestContract {
    private static final String RESPONSES = "responses";
    private static final String COMPONENTS = "components";
    private static final String PLACE = "#/" + COMPONENTS + "/";

    /** OpenAPI wants at least one answer of each operation. */
    private static final Map<String, Object> ANY = Map.of("default", Map.of("description", "As openapi.yaml says."));

    private RequestContract() {}

    /** Of a contract as its YAML is read. */
    static Map<?, ?> of(Map<?, ?> contract) {
        Map<Object, @Nullable Object> kept = new LinkedHashMap<>(contract);
        Map<Object, @Nullable Object> paths = new LinkedHashMap<>();
        map(contract.get("paths")).forEach((path, item) -> paths.put(path, withoutAnswers(map(item))));
        kept.put("paths", paths);
        kept.put(COMPONENTS, referred(paths, map(contract.get(COMPONENTS))));
        return kept;
    }

    private static Map<Object, @Nullable Object> withoutAnswers(Map<?, ?> path) {
        Map<Object, @Nullable Object> kept = new LinkedHashMap<>();
        path.forEach((method, item) -> {
            if (item instanceof Map<?, ?> operation && operation.containsKey(RESPONSES)) {
                Map<Object, @Nullable Object> asked = new LinkedHashMap<>(operation);
                asked.put(RESPONSES, ANY);
                kept.put(method, asked);
            } else {
                kept.put(method, item);
            }
        });
        return kept;
    }

    /** The components that something refers to, and those that they refer to. */
    private static Map<Object, @Nullable Object> referred(Object from, Map<?, ?> components) {
        Set<String> found = new LinkedHashSet<>();
        Map<Object, @Nullable Object> kept = new LinkedHashMap<>();
        Deque<Object> waiting = new ArrayDeque<>(List.of(from));
        while (!waiting.isEmpty()) {
            Object value = waiting.pop();
            if (value instanceof Map<?, ?> members) {
                members.values().forEach(member -> push(waiting, member));
                if (members.get("$ref") instanceof String place && place.startsWith(PLACE) && found.add(place)) {
                    String[] names = place.substring(PLACE.length()).split("/", 2);
                    Object component = map(components.get(names[0])).get(names[1]);
                    put(kept, names[0], names[1], component);
                    push(waiting, component);
                }
            } else if (value instanceof List<?> list) {
                list.forEach(element -> push(waiting, element));
            }
        }
        return kept;
    }

    private static void push(Deque<Object> waiting, @Nullable Object value) {
        if (value != null) {
            waiting.push(value);
        }
    }

    @SuppressWarnings("unchecked") // made here
    private static void put(Map<Object, @Nullable Object> kept, String kind, String name, @Nullable Object component) {
        ((Map<String, @Nullable Object>) kept.computeIfAbsent(kind, made -> new LinkedHashMap<>()))
                .put(name, component);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
