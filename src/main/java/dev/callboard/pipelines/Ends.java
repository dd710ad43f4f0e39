package dev.callboard.pipelines;

import dev.callboard.palette.SecretReference;
import dev.callboard.problem.Fields;
import dev.callboard.problem.Names;
import dev.callboard.problem.Violation;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What sources and sinks of pipelines have in common: names, types, and members that both may have. */
final class Ends {
    private static final int MAX_NAME = 128;

    private Ends() {}

    static String name(Fields fields) {
        String name = fields.word("name", "", PipelineReader.STAGE_NAME).strip();
        if (fields.has("name") && name.length() <= MAX_NAME && Names.isBlank(name)) {
            fields.wrong("name", "must have a character that can be seen");
        }
        return name;
    }

    /** Where the canvas shows each node; it has no other meaning, so nodes that are not there are no fault. */
    static void checkLayout(Fields pipeline) {
        Map<String, @Nullable Object> layout = PipelineReader.object(pipeline, "layout");
        Fields fields = new Fields(layout, pipeline.pointerOf("layout"), pipeline.violations());
        layout.forEach((node, place) -> {
            if (!(place instanceof Map<?, ?> at)
                    || !(at.get("x") instanceof Number)
                    || !(at.get("y") instanceof Number)
                    || at.size() != 2) {
                fields.wrong(node, "must be an object with the numbers x and y");
            }
        });
    }

    /** One of the types, or empty when it is absent or wrong. */
    static String type(Fields fields, List<String> types) {
        PipelineReader.required(fields, "type");
        Object type = fields.get("type");
        if (type == null || types.contains(type)) {
            return type == null ? "" : String.valueOf(type);
        }
        fields.wrong("type", "must be one of " + String.join(", ", types));
        return "";
    }

    static Fields config(Fields fields) {
        return new Fields(PipelineReader.object(fields, "config"), fields.pointerOf("config"), fields.violations());
    }

    /** Where a secret is, null when it is absent or wrong. */
    static @Nullable SecretReference secret(Fields config, String key) {
        Object value = config.get(key);
        SecretReference reference = SecretReference.of(value).orElse(null);
        if (value != null && reference == null) {
            config.wrong(key, "must say where the secret is: secret:NAME or env:NAME");
        }
        return reference;
    }

    /** An absolute path under {@code path}. */
    static String folder(Fields config, int most) {
        String path = config.text("path", "", most);
        try {
            if (config.has("path") && !Path.of(path).isAbsolute()) {
                config.wrong("path", "must be the whole path of a folder, such as /srv/inbox");
            }
        } catch (InvalidPathException e) {
            config.wrong("path", "must be the path of a folder");
        }
        return path;
    }

    /** Each name of stages, sources and sinks stands for one of them: they are the nodes of one graph. */
    static void checkNames(
            List<StageTemplate> stages,
            List<PipelineSource> sources,
            List<PipelineSink> sinks,
            List<Violation> violations) {
        Map<String, String> taken = new LinkedHashMap<>();
        stages.forEach(stage -> taken.putIfAbsent(stage.name(), "a stage"));
        for (int i = 0; i < sources.size(); i++) {
            check(sources.get(i).name(), "a source", "/sources/" + i, taken, violations);
        }
        for (int i = 0; i < sinks.size(); i++) {
            check(sinks.get(i).name(), "a sink", "/sinks/" + i, taken, violations);
            for (String after : sinks.get(i).after()) {
                if (stages.stream().noneMatch(stage -> stage.name().equals(after))) {
                    violations.add(new Violation("/sinks/" + i + "/after", "there is no stage '" + after + "'"));
                }
            }
        }
    }

    private static void check(
            String name, String kind, String pointer, Map<String, String> taken, List<Violation> violations) {
        String other = name.isEmpty() ? null : taken.putIfAbsent(name, kind);
        if (other != null) {
            violations.add(new Violation(pointer + "/name", "there is " + other + " '" + name + "' already"));
        }
    }
}
