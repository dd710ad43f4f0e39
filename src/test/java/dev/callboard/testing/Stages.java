package dev.callboard.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stage definitions for tests. */
public final class Stages {
    private Stages() {}

    /** A custom stage that a person does, with an input and an output of any type. */
    public static Map<String, Object> manual(String id) {
        return manual(id, "Stage " + id);
    }

    /** As {@link #manual(String)} with a name. */
    public static Map<String, Object> manual(String id, String name) {
        Map<String, Object> stage = new LinkedHashMap<>();
        stage.put("id", id);
        stage.put("name", name);
        stage.put("type", "stage");
        stage.put("ports", ports("any", "any"));
        return stage;
    }

    /** A custom stage without ports; the map may be changed. */
    public static Map<String, Object> of(
            String id, String executor, Map<String, ?> executorConfig, Object... settings) {
        return named(id, id, executor, executorConfig, settings);
    }

    /** As {@link #of} with a name. */
    public static Map<String, Object> named(
            String id, String name, String executor, Map<String, ?> executorConfig, Object... settings) {
        Map<String, Object> stage = new LinkedHashMap<>();
        stage.put("id", id);
        stage.put("name", name);
        stage.put("type", "stage");
        stage.put("ports", Map.of("inputs", List.of(), "outputs", List.of()));
        stage.put("executor", executor);
        stage.put("executor_config", executorConfig);
        stage.put("settings_schema", List.of(settings));
        return stage;
    }

    /** A setting of a stage, for {@link #of}. */
    public static Map<String, Object> setting(String key, String type) {
        return Map.of("key", key, "type", type, "label", "The " + key);
    }

    /** Ports with one input and one output. */
    public static Map<String, Object> ports(String inputType, String outputType) {
        return Map.of(
                "inputs", List.of(Map.of("name", "in", "type", inputType)),
                "outputs", List.of(Map.of("name", "out", "type", outputType)));
    }

    /** The stages file's content with these ids. */
    public static Map<String, Object> file(String... ids) {
        List<Object> stages = new ArrayList<>();
        for (String id : ids) {
            stages.add(manual(id));
        }
        return Map.of("stages", stages);
    }
}
