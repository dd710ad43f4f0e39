package dev.callboard.palette;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes definitions and palette entries as the JSON-shaped values of the contract. */
public final class StageDefinitionWriter {
    private StageDefinitionWriter() {}

    /** A palette entry, as the API and the feed show it. */
    public static Map<String, @Nullable Object> entry(PaletteEntry entry) {
        Map<String, @Nullable Object> map = definition(entry.definition());
        map.put("origin", entry.origin().word());
        map.put("custom", entry.origin() == Origin.CUSTOM);
        map.put("available", entry.available());
        if (entry.unavailable() != null) {
            map.put("reason", entry.unavailable());
        }
        if (entry.needsPrompt()) {
            map.put("needs_prompt", true);
        }
        if (entry.plugin() != null) {
            map.put("plugin", entry.plugin());
        }
        map.put("revision", entry.revision());
        return map;
    }

    /** A definition alone, as the stages file keeps it. */
    public static Map<String, @Nullable Object> definition(StageDefinition definition) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", definition.id());
        map.put("name", definition.name());
        map.put("label", definition.label());
        map.put("type", definition.type().word());
        map.put("description", definition.description());
        map.put("execution_type", definition.executionType());
        map.put("ports", ports(definition.ports()));
        map.put("settings_schema", settings(definition.settingsSchema()));
        map.put("executor", definition.executor().word());
        map.put("executor_config", definition.executorConfig());
        map.put("version", definition.version());
        map.put("state_key", definition.stateKeys());
        map.put("dependencies", definition.dependencies());
        if (!definition.ledger().isEmpty()) {
            map.put("ledger", definition.ledger());
        }
        definition.extra().forEach(map::putIfAbsent);
        return map;
    }

    private static Map<String, Object> ports(Ports ports) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("inputs", ports(ports.inputs()));
        map.put("outputs", ports(ports.outputs()));
        return map;
    }

    private static List<Map<String, @Nullable Object>> ports(List<Port> ports) {
        return ports.stream()
                .map(port -> {
                    Map<String, @Nullable Object> map = new LinkedHashMap<>();
                    map.put("name", port.name());
                    map.put("type", port.type());
                    port.extra().forEach(map::putIfAbsent);
                    return map;
                })
                .toList();
    }

    /** A settings schema. */
    public static List<Map<String, @Nullable Object>> settings(List<Setting> schema) {
        return schema.stream().map(StageDefinitionWriter::setting).toList();
    }

    private static Map<String, @Nullable Object> setting(Setting setting) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("key", setting.key());
        map.put("type", setting.type().word());
        map.put("label", setting.label());
        putIfThere(map, "default", setting.defaultValue());
        putIfThere(map, "min", setting.min());
        putIfThere(map, "max", setting.max());
        if (setting.type() == Setting.Type.SELECT || !setting.options().isEmpty()) {
            map.put(
                    "options",
                    setting.options().stream()
                            .map(StageDefinitionWriter::option)
                            .toList());
        }
        map.put("required", setting.required());
        setting.extra().forEach(map::putIfAbsent);
        return map;
    }

    private static Map<String, @Nullable Object> option(Setting.Option option) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("value", option.value());
        map.put("label", option.label());
        option.extra().forEach(map::putIfAbsent);
        return map;
    }

    private static void putIfThere(Map<String, @Nullable Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
