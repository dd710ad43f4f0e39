package dev.callboard.pipelines;

import dev.callboard.palette.OwnEnds;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageResolver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline's stage comes to with the palette as it is now, each value with where it is from.
 *
 * @param stateKey a list of names, from {@code palette} or {@code override}
 * @param description a text, from {@code palette} or {@code override}
 * @param dependencies a list of stage types, from {@code palette} or {@code override}
 * @param config each setting, from {@code default} (the palette's), {@code plugin} (the pipeline's section plugins) or
 *     {@code pipeline}
 * @param available whether it can run now
 * @param reason why it cannot, else null
 * @param origin {@code builtin}, {@code plugin}, {@code custom}, or null when the palette does not know the type
 * @param plugin the plugin that runs or brings it, null when none does
 */
public record ResolvedStage(
        Value stateKey,
        Value description,
        Value dependencies,
        Map<String, Value> config,
        boolean available,
        @Nullable String reason,
        @Nullable String origin,
        @Nullable String plugin) {
    private static final String PALETTE = "palette";
    private static final String OVERRIDE = "override";

    /** Copies. */
    public ResolvedStage {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /** A value, JSON-shaped, and where it is from. */
    public record Value(@Nullable Object value, String from) {}

    /** All stages of a pipeline, in its order. */
    public static List<ResolvedStage> of(Pipeline pipeline, StageResolver resolver, PluginCatalog catalog) {
        PluginSettings settings = new PluginSettings(pipeline, catalog);
        List<ResolvedStage> stages = new ArrayList<>();
        for (StageTemplate stage : pipeline.stages()) {
            StageResolver.Resolved resolved =
                    PipelineRules.stage(stage.type(), resolver).orElse(null);
            stages.add(resolved == null ? unknown(stage, resolver) : resolved(stage, resolved, settings));
        }
        return stages;
    }

    private static ResolvedStage unknown(StageTemplate stage, StageResolver resolver) {
        Map<String, Value> config = new LinkedHashMap<>();
        stage.config().forEach((key, value) -> config.put(key, new Value(value, "pipeline")));
        return new ResolvedStage(
                value(stage, "state_key", List.of()),
                value(stage, "description", ""),
                value(stage, "dependencies", List.of()),
                config,
                false,
                capital(OwnEnds.noStageType(stage.type(), resolver)) + ".",
                null,
                null);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static ResolvedStage resolved(
            StageTemplate stage, StageResolver.Resolved resolved, PluginSettings settings) {
        PaletteEntry entry = resolved.entry();
        StageDefinition definition = entry.definition();
        String reason =
                PipelineRules.unavailable(resolved, stage.prompt().template()).orElse(null);
        return new ResolvedStage(
                value(stage, "state_key", definition.stateKeys()),
                value(stage, "description", definition.description()),
                value(stage, "dependencies", definition.dependencies()),
                config(stage, entry, settings),
                reason == null,
                reason == null ? null : "The stage " + reason,
                entry.origin().word(),
                entry.plugin());
    }

    private static Value value(StageTemplate stage, String key, Object palette) {
        Object own = stage.metadataOverrides().get(key);
        if (own == null) {
            return new Value(palette, PALETTE);
        }
        return new Value(palette instanceof List<?> && !(own instanceof List<?>) ? List.of(own) : own, OVERRIDE);
    }

    private static Map<String, Value> config(StageTemplate stage, PaletteEntry entry, PluginSettings settings) {
        Map<String, Value> config = new LinkedHashMap<>();
        for (Setting setting : entry.definition().settingsSchema()) {
            if (setting.defaultValue() != null) {
                config.put(setting.key(), new Value(setting.defaultValue(), "default"));
            }
        }
        settings.of(entry).forEach((key, given) -> config.put(key, new Value(given.value(), "plugin")));
        stage.config().forEach((key, value) -> {
            if (value != null) {
                config.put(key, new Value(value, "pipeline"));
            }
        });
        return config;
    }
}
