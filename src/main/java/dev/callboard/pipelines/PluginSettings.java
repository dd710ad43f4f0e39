package dev.callboard.pipelines;

import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageResolver;
import dev.callboard.problem.Fields;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of a pipeline's section {@code plugins}: defaults for the config of those plugins' stages. */
public final class PluginSettings {
    private final List<PluginNeed> needs;
    private final PluginCatalog catalog;

    PluginSettings(Pipeline pipeline, PluginCatalog catalog) {
        this.needs = PluginNeed.of(pipeline);
        this.catalog = catalog;
    }

    /** A value and where the pipeline has it. */
    record Given(Object value, String pointer) {}

    /** What the section gives to a stage of that type, by setting; only settings that the type has. */
    Map<String, Given> of(PaletteEntry entry) {
        Map<String, Given> given = new LinkedHashMap<>();
        List<Setting> schema = entry.definition().settingsSchema();
        for (PluginNeed need : needs) {
            if (!isOf(need, entry)) {
                continue;
            }
            need.settings().forEach((key, value) -> {
                boolean known = schema.isEmpty()
                        || schema.stream().anyMatch(setting -> setting.key().equals(key));
                if (known && value != null) {
                    given.putIfAbsent(key, new Given(value, need.pointer() + "/settings/" + Fields.escape(key)));
                }
            });
        }
        return given;
    }

    private boolean isOf(PluginNeed need, PaletteEntry entry) {
        return need.find(catalog)
                .filter(plugin -> plugin.name().equals(entry.plugin()))
                .isPresent();
    }

    /** Settings that no stage of their plugin in this pipeline has. */
    List<Violation> unknown(List<PaletteEntry> stages) {
        List<Violation> unknown = new ArrayList<>();
        for (PluginNeed need : needs) {
            Optional<PluginCatalog.Plugin> plugin = need.find(catalog);
            if (plugin.isEmpty()) {
                continue;
            }
            List<PaletteEntry> own =
                    stages.stream().filter(entry -> isOf(need, entry)).toList();
            for (String key : need.settings().keySet()) {
                if (own.stream().noneMatch(entry -> of(entry).containsKey(key))
                        && need.settings().get(key) != null) {
                    unknown.add(new Violation(
                            need.pointer() + "/settings/" + Fields.escape(key),
                            "no stage of the plugin '" + plugin.get().name() + "' in this pipeline has the setting '"
                                    + key + "'"));
                }
            }
        }
        return unknown;
    }

    /** The pipeline with these settings in its stages' config, under what the stages say themselves. */
    public static Pipeline applied(Pipeline pipeline, StageResolver resolver, PluginCatalog catalog) {
        PluginSettings settings = new PluginSettings(pipeline, catalog);
        return pipeline.withStages(pipeline.stages().stream()
                .map(stage -> resolver.resolve(stage.type())
                        .map(resolved -> stage.withConfig(settings.config(stage, resolved.entry())))
                        .orElse(stage))
                .toList());
    }

    Map<String, @Nullable Object> config(StageTemplate stage, PaletteEntry entry) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        of(entry).forEach((key, given) -> config.put(key, given.value()));
        stage.config().forEach((key, value) -> {
            if (value != null || !config.containsKey(key)) {
                config.put(key, value);
            }
        });
        return config;
    }
}
