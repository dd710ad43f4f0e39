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
