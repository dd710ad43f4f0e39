package dev.callboard.palette;

import dev.callboard.problem.Fields;
import dev.callboard.problem.Names;
import dev.callboard.problem.Violation;
import dev.callboard.spi.Forms;
import dev.callboard.spi.StageMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stage definition from JSON-shaped values: the rules of CONTRACT's palette section, the same for the API, the
 * stages file and plugin jars.
 */
public final class StageDefinitionReader {
    private static final int MAX_PORTS = 64;

    /** Members that the palette itself writes; a definition that was read back may still have them. */
    private static final Set<String> WRITTEN_BY_THE_PALETTE =
            Set.of("origin", "custom", "available", "reason", "needs_prompt", "plugin", "revision");

    /** The members that are read. */
    static final List<String> KNOWN = List.of(
            "id",
            "name",
            "label",
            "type",
            "description",
            "execution_type",
            "ports",
            "settings_schema",
            "executor",
            "executor_config",
            "version",
            "state_key",
            "dependencies",
            "ledger");

    private final List<Violation> violations = new ArrayList<>();

    private StageDefinitionReader() {}

    /**
     * What was read.
     *
     * @param definition the definition, null when it has violations
     * @param violations everything that is wrong
     */
    public record Result(@Nullable StageDefinition definition, List<Violation> violations) {}

    /**
     * Reads one definition.
     *
     * @param value JSON-shaped
     * @param pointer where the value stands in its document
     */
    public static Result read(@Nullable Object value, String pointer) {
        if (!(value instanceof Map<?, ?> map)) {
            return new Result(null, List.of(new Violation(pointer, "must be an object")));
        }
        StageDefinitionReader reader = new StageDefinitionReader();
        StageDefinition definition = reader.definition(new Fields(map, pointer, reader.violations));
        return new Result(reader.violations.isEmpty() ? definition : null, List.copyOf(reader.violations));
    }

    private StageDefinition definition(Fields fields) {
        if (!fields.has("id")) {
            fields.wrong("id", "is missing; it must match " + Forms.STAGE_TYPE.pattern());
        }
        String id = fields.word("id", "", Forms.STAGE_TYPE);
        if (!fields.has("name") && !fields.has("label")) {
            fields.wrong("name", "is missing; give a name or a label");
        }
        String ownLabel = fields.text("label", "", 200);
        String name = fields.text("name", ownLabel, 200);
        String label = fields.has("label") ? ownLabel : name;
        Object called = fields.has("name") ? fields.get("name") : fields.get("label");
        if (called instanceof String text && Names.isBlank(text)) {
            fields.wrong("name", "must not be blank");
        }
        EntryType type = EntryType.of(fields.get("type")).orElse(null);
        if (type == null) {
            fields.wrong("type", "must be one of " + EntryType.WORDS);
            type = EntryType.STAGE;
        }
        ExecutorType executor = executor(fields);
        Map<String, @Nullable Object> executorConfig = executorConfig(fields);
        return new StageDefinition(
                id,
                name,
                label,
                type,
                fields.text("description", "", 4_000),
                fields.text("execution_type", executor.executionType(), 64),
                ports(fields, type),
                SettingsSchema.read(fields),
                executor,
                executorConfig,
                fields.text("version", "1.0.0", 64),
                stateKeys(fields),
                dependencies(fields, id),
                LedgerPaths.read(fields),
                extra(fields));
    }

    /** Either the word itself or an object with a {@code type}. */
    private static ExecutorType executor(Fields fields) {
        Object value = fields.get("executor");
        if (value == null) {
            return ExecutorType.MANUAL;
        }
        Object word = value instanceof Map<?, ?> map ? map.get("type") : value;
        ExecutorType executor = ExecutorType.of(word).orElse(null);
        if (executor == null) {
            fields.wrong("executor", "must be one of " + ExecutorType.WORDS);
            return ExecutorType.MANUAL;
        }
        return executor;
    }

    private static Map<String, @Nullable Object> executorConfig(Fields fields) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        if (fields.get("executor") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (!"type".equals(key)) {
                    config.put(String.valueOf(key), value);
                }
            });
        }
        Object value = fields.get("executor_config");
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> config.put(String.valueOf(key), member));
        } else if (value != null) {
            fields.wrong("executor_config", "must be an object");
        }
        return config;
    }

    private static Ports ports(Fields fields, EntryType type) {
        Object value = fields.get("ports");
        if (!(value instanceof Map<?, ?> map)) {
            fields.wrong("ports", "must be an object with 'inputs' and 'outputs'");
            return Ports.NONE;
        }
        Fields inside = new Fields(map, fields.pointerOf("ports"), fields.violations());
        Ports ports = new Ports(ports(inside, "inputs"), ports(inside, "outputs"));
        if (type == EntryType.SOURCE && !ports.inputs().isEmpty()) {
            inside.wrong("inputs", "must be empty: a source takes nothing");
        }
        if (type == EntryType.SINK && !ports.outputs().isEmpty()) {
            inside.wrong("outputs", "must be empty: a sink gives nothing");
        }
        return ports;
    }

    private static List<Port> ports(Fields ports, String side) {
        Set<String> names = new HashSet<>();
        return ports.objects(side, MAX_PORTS, (port, index) -> {
            require(port, "name", Forms.PORT_NAME);
            require(port, "type", Forms.PORT_TYPE);
            String name = port.word("name", "", Forms.PORT_NAME);
            if (!name.isEmpty() && !names.add(name)) {
                port.wrong("name", "'" + name + "' is named twice");
            }
            return new Port(name, port.word("type", Port.ANY, Forms.PORT_TYPE), port.others(Port.KNOWN));
        });
    }

    private static void require(Fields fields, String key, Pattern form) {
        if (!fields.has(key)) {
            fields.wrong(key, "is missing; it must match " + form.pattern());
        }
    }

    private static List<String> dependencies(Fields fields, String id) {
        List<String> dependencies = fields.words("dependencies", 64, Forms.STAGE_TYPE);
        if (!id.isEmpty() && dependencies.contains(id)) {
            fields.wrong("dependencies", "must not name the stage itself");
        }
        return dependencies;
    }

    private static List<String> stateKeys(Fields fields) {
        List<String> keys = fields.words("state_key", 16, Forms.STATE_KEY);
        for (String key : keys) {
            try {
                StageMetadata.builder("any").stateKey(key).build();
            } catch (IllegalArgumentException e) {
                fields.wrong("state_key", String.valueOf(e.getMessage()));
            }
        }
        return keys;
    }

    private static Map<String, @Nullable Object> extra(Fields fields) {
        Map<String, @Nullable Object> extra = fields.others(KNOWN);
        extra.keySet().removeAll(WRITTEN_BY_THE_PALETTE);
        return extra;
    }
}
