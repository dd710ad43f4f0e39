package dev.callboard.tasks;

import dev.callboard.json.JsonPointers;
import dev.callboard.pipelines.AddressRules;
import dev.callboard.problem.Names;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request for a task, its form checked.
 *
 * @param labels checked as {@link TaskLabels} does
 * @param project whose stage templates it goes through, null for a pipeline's own
 * @param pipeline its name, null to choose one by the input
 * @param stages names or types of the stages to go through, empty for all
 * @param settings stage name to setting to value, over the pipeline's own
 */
record NewTask(
        String title,
        String description,
        List<String> labels,
        @Nullable String project,
        @Nullable String pipeline,
        List<Input> input,
        boolean autoStart,
        List<String> stages,
        Map<String, Map<String, @Nullable Object>> settings,
        @Nullable String userInput) {

    /** The most characters of a title. */
    static final int MAX_TITLE = 500;

    /** The most characters of a description. */
    static final int MAX_TEXT = 1_000_000;

    private static final int MAX_INPUTS = 1_000;
    private static final List<String> INPUT_KEYS = List.of("blob", "media_type", "name", "text", "url");
    private static final Set<String> KEYS = Set.of(
            "title",
            "description",
            "labels",
            "project",
            "pipeline",
            "input",
            "auto_start",
            "stages",
            "settings",
            "user_input");

    /**
     * One input: a blob, a text or an address.
     *
     * @param blob the SHA-256 of stored bytes, or null
     * @param text the text itself, or null
     * @param url an http or https address, which a stage has to fetch, or null
     * @param name a file name, or null
     * @param mediaType what it is, null to be detected
     */
    record Input(
            @Nullable String blob,
            @Nullable String text,
            @Nullable String url,
            @Nullable String name,
            @Nullable String mediaType) {}

    /** Reads a JSON-shaped request. Fails with {@code invalid_task} and everything that is wrong. */
    static NewTask read(@Nullable Object value) {
        List<Violation> violations = new ArrayList<>();
        if (!(value instanceof Map<?, ?> map)) {
            throw ProblemException.invalid("invalid_task", "A task must be an object.");
        }
        for (Object key : map.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                violations.add(new Violation(
                        JsonPointers.member("", key),
                        "is not known here; known are "
                                + String.join(", ", KEYS.stream().sorted().toList())));
            }
        }
        NewTask task = new NewTask(
                text(map, "title", MAX_TITLE, violations),
                text(map, "description", MAX_TEXT, violations),
                TaskLabels.read(map.get("labels"), violations),
                optional(map, "project", "/project", violations),
                optional(map, "pipeline", "/pipeline", violations),
                inputs(map.get("input"), violations),
                flag(map, "auto_start", violations),
                words(map.get("stages"), violations),
                settings(map.get("settings"), violations),
                optional(map, "user_input", "/user_input", violations));
        if (violations.stream().noneMatch(each -> each.pointer().equals("/title"))) {
            Names.titleFault(task.title())
                    .map(detail -> map.get("title") == null ? "is missing" : detail)
                    .ifPresent(detail -> violations.add(new Violation("/title", detail)));
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(
                    "invalid_task",
                    "The task cannot be created: " + violations.get(0).pointer() + " "
                            + violations.get(0).sentence(),
                    violations);
        }
        return task;
    }

    private static String text(Map<?, ?> map, String key, int most, List<Violation> violations) {
        Object value = map.get(key);
        if (value == null) {
            return "";
        }
        if (!(value instanceof String text) || text.length() > most) {
            violations.add(new Violation("/" + key, "must be a text of at most " + most + " characters"));
            return "";
        }
        return text.strip();
    }

    private static @Nullable String optional(Map<?, ?> map, String key, String pointer, List<Violation> violations) {
        Object value = map.get(key);
        if (value != null && !(value instanceof String)) {
            violations.add(new Violation(pointer, "must be a text"));
        }
        return value instanceof String text ? text : null;
    }

    private static boolean flag(Map<?, ?> map, String key, List<Violation> violations) {
        Object value = map.get(key);
        if (value != null && !(value instanceof Boolean)) {
            violations.add(new Violation("/" + key, "must be true or false"));
        }
        return Boolean.TRUE.equals(value);
    }

    private static List<Input> inputs(@Nullable Object value, List<Violation> violations) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > MAX_INPUTS) {
            violations.add(new Violation("/input", "must be a list of at most " + MAX_INPUTS + " inputs"));
            return List.of();
        }
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String pointer = "/input/" + i;
            Map<?, ?> item = list.get(i) instanceof Map<?, ?> map ? map : Map.of();
            for (Object key : item.keySet()) {
                if (!INPUT_KEYS.contains(String.valueOf(key))) {
                    violations.add(new Violation(
                            JsonPointers.member(pointer, key),
                            "is not known here; known are " + String.join(", ", INPUT_KEYS)));
                }
            }
            String blob = optional(item, "blob", pointer + "/blob", violations);
            String text = optional(item, "text", pointer + "/text", violations);
            String url = optional(item, "url", pointer + "/url", violations);
            long kinds = Stream.of("blob", "text", "url")
                    .filter(kind -> item.get(kind) != null)
                    .count();
            if (kinds != 1) {
                violations.add(new Violation(pointer, "must have one of blob, text and url"));
            }
            if (url != null) {
                AddressRules.fault(url).ifPresent(detail -> violations.add(new Violation(pointer + "/url", detail)));
            }
            inputs.add(new Input(
                    blob,
                    text,
                    url,
                    optional(item, "name", pointer + "/name", violations),
                    optional(item, "media_type", pointer + "/media_type", violations)));
        }
        return inputs;
    }

    private static List<String> words(@Nullable Object value, List<Violation> violations) {
        List<String> words = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> words.add(String.valueOf(element)));
            if (list.isEmpty()) {
                violations.add(new Violation(
                        "/stages", "must name at least one stage; leave it out to go through all of them"));
            }
        } else if (value != null) {
            violations.add(new Violation("/stages", "must be a list of stage names"));
        }
        return words;
    }

    private static Map<String, Map<String, @Nullable Object>> settings(
            @Nullable Object value, List<Violation> violations) {
        Map<String, Map<String, @Nullable Object>> settings = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> stages) {
            stages.forEach((stage, values) -> {
                Map<String, @Nullable Object> own = new LinkedHashMap<>();
                if (values instanceof Map<?, ?> map) {
                    map.forEach((key, each) -> own.put(String.valueOf(key), each));
                } else {
                    violations.add(new Violation(JsonPointers.member("/settings", stage), "must be an object"));
                }
                settings.put(String.valueOf(stage), own);
            });
        } else if (value != null) {
            violations.add(new Violation("/settings", "must be an object from stage name to settings"));
        }
        return settings;
    }
}
