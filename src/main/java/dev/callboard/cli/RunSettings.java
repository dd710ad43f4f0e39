package dev.callboard.cli;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.palette.ExecutorType;
import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What {@code --set} gives to the stages of a run. */
final class RunSettings {
    private RunSettings() {}

    /** {@code TEMPLATE.KEY=VALUE}: of several stages whose names fit, the longest name counts. */
    static Map<String, Map<String, @Nullable Object>> of(List<String> stages, List<String> options) {
        Map<String, Map<String, @Nullable Object>> settings = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            String left = equals < 0 ? option : option.substring(0, equals);
            String stage = stages.stream()
                    .filter(name -> left.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + "."))
                    .max(Comparator.comparingInt(String::length))
                    .orElse("");
            if (equals < 0 || stage.isEmpty() || left.length() == stage.length() + 1) {
                throw ProblemException.invalid(
                        "invalid_set",
                        "--set " + option + " must be TEMPLATE.KEY=VALUE, with one of these templates: "
                                + String.join(", ", stages) + ".");
            }
            settings.computeIfAbsent(stage, name -> new LinkedHashMap<>())
                    .put(left.substring(stage.length() + 1), value(option.substring(equals + 1)));
        }
        return settings;
    }

    /**
     * Who types a command means what they type: where a request only warns of a setting that nothing reads, it fails with {@code
     * invalid_set}, before anything is stored.
     */
    static void requireDeclared(
            RunRequest.Target target, String pipeline, Map<String, Map<String, @Nullable Object>> settings)
            throws ExecutionException, InterruptedException, IOException {
        for (Map.Entry<String, Map<String, @Nullable Object>> set : settings.entrySet()) {
            String stage = set.getKey();
            Optional<List<String>> declared = target.settings(pipeline, stage);
            for (String key :
                    declared.isEmpty() ? List.<String>of() : set.getValue().keySet()) {
                List<String> known = declared.get();
                if (!known.contains(key)) {
                    throw ProblemException.invalid(
                            "invalid_set",
                            "--set " + stage + "." + key + ": the stage '" + stage + "' has "
                                    + (known.isEmpty()
                                            ? "no settings."
                                            : "no setting '" + key + "'; it has " + String.join(", ", known) + "."));
                }
            }
        }
    }

    /**
     * What {@link RunRequest.Target#settings} answers.
     *
     * @param executor the word of the stage's executor
     * @param declared the keys of its schema
     */
    static Optional<List<String>> declared(String executor, List<String> declared) {
        // Code may read settings that it does not declare.
        return declared.isEmpty() && executor.equals(ExecutorType.JAVA.word())
                ? Optional.empty()
                : Optional.of(declared);
    }

    /** JSON where it is JSON, else the text itself. */
    private static @Nullable Object value(String text) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException e) {
            return text;
        }
    }
}
