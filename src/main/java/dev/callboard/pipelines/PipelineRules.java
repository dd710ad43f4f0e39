package dev.callboard.pipelines;

import dev.callboard.palette.EntryType;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.OwnEnds;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.PromptRules;
import dev.callboard.palette.Setting;
import dev.callboard.palette.SettingsRules;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageResolver;
import dev.callboard.palette.StageResolver.Resolved;
import dev.callboard.problem.Fields;
import dev.callboard.problem.Violation;
import dev.callboard.spi.StageRegistration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks a pipeline against the palette as it is now. */
public final class PipelineRules {
    private PipelineRules() {}

    /**
     * What the palette says of a pipeline.
     *
     * @param errors unknown stage types and wrong settings: no task can be made of it
     * @param unavailable stages that cannot run at the moment, each with the reason
     * @param unchecked settings that no schema describes, so that a mistyped one would not be noticed
     */
    public record Checked(List<Violation> errors, List<Violation> unavailable, List<Violation> unchecked) {
        /** Copies. */
        public Checked {
            errors = List.copyOf(errors);
            unavailable = List.copyOf(unavailable);
            unchecked = List.copyOf(unchecked);
        }
    }

    /** Checks all stages, without plugins that the pipeline names. */
    public static Checked check(Pipeline pipeline, StageResolver resolver) {
        return check(pipeline, resolver, PluginCatalog.NONE);
    }

    /** Checks all stages that could be read; of a pipeline that is wrong in itself too. */
    public static Checked check(Pipeline pipeline, StageResolver resolver, PluginCatalog plugins) {
        List<Violation> errors = new ArrayList<>();
        List<Violation> unavailable = new ArrayList<>();
        List<Violation> unchecked = new ArrayList<>();
        List<PaletteEntry> entries = new ArrayList<>();
        PluginSettings given = new PluginSettings(pipeline, plugins);
        for (int i = 0; i < pipeline.stages().size(); i++) {
            StageTemplate stage = pipeline.stages().get(i);
            String pointer = "/stages/" + i;
            if (stage.type().isEmpty()) {
                continue;
            }
            Optional<Resolved> resolved = stage(stage.type(), resolver);
            if (resolved.isEmpty()) {
                errors.add(new Violation(pointer + "/type", OwnEnds.noStageType(stage.type(), resolver)));
                continue;
            }
            PaletteEntry entry = resolved.get().entry();
            entries.add(entry);
            errors.addAll(settings(stage, resolved.get(), given, pointer));
            Optional<String> reason = unavailable(stage, resolver);
            if (reason.isPresent()) {
                unavailable.add(new Violation(pointer + "/type", reason.get()));
            } else if (stage.gate() == null) {
                unchecked.addAll(unchecked(entry, stage.config().keySet(), pointer + "/config"));
            }
        }
        errors.addAll(given.unknown(entries));
        return new Checked(errors.stream().distinct().toList(), unavailable, unchecked);
    }

    /**
     * Settings of a stage whose type declares none. They are no errors: code may read settings that it does not declare, and a
     * type that nothing implements yet gets its settings with what implements it.
     */
    static List<Violation> unchecked(PaletteEntry entry, Collection<String> keys, String pointer) {
        StageDefinition definition = entry.definition();
        if (!definition.settingsSchema().isEmpty()) {
            return List.of();
        }
        String type = (definition.type() == EntryType.STAGE
                        ? "stage type"
                        : definition.type().word())
                + " '" + definition.id() + "'";
        String consequence = definition.executor() == ExecutorType.JAVA
                ? "reaches the " + definition.type().word() + " unchecked"
                : "is ignored";
        return keys.stream()
                .map(key -> new Violation(
                        pointer + "/" + Fields.escape(key),
                        "the " + type + " has no settings; '" + key + "' " + consequence))
                .toList();
    }

    /**
     * A task's own settings that no schema describes: as {@link Checked#unchecked()} for those of the pipeline.
     *
     * @param own the task's settings of that stage
     * @param pointer where they are, as a JSON Pointer
     */
    public static List<Violation> unchecked(
            StageTemplate stage, Map<String, ? extends @Nullable Object> own, StageResolver resolver, String pointer) {
        return stage.gate() != null || unavailable(stage, resolver).isPresent()
                ? List.of()
                : stage(stage.type(), resolver)
                        .map(resolved -> unchecked(resolved.entry(), own.keySet(), pointer))
                        .orElse(List.of());
    }

    /**
     * What is wrong with the settings of a stage: what its settings schema says, then what the stage itself says when it is
     * one of the server's own. The code of plugins is asked only when a stage of theirs runs.
     *
     * @param pointer where the settings are, as a JSON Pointer
     */
    public static List<Violation> settings(
            Resolved resolved, Map<String, ? extends @Nullable Object> settings, String pointer) {
        PaletteEntry entry = resolved.entry();
        SettingsRules.Checked checked = SettingsRules.check(entry.definition().settingsSchema(), settings, pointer);
        StageRegistration registration = resolved.registration();
        if (!checked.violations().isEmpty() || registration == null || entry.plugin() != null) {
            return checked.violations();
        }
        return faults(registration, checked.values()).entrySet().stream()
                .map(fault -> new Violation(pointer + fault.getKey(), fault.getValue()))
                .toList();
    }

    /** The SPI hands out maps in which a null member is one of JSON's. */
    @SuppressWarnings({"NullAway", "unchecked"})
    private static Map<String, String> faults(StageRegistration registration, Map<String, @Nullable Object> settings) {
        return registration.settingsCheck().faults((Map<String, Object>) (Map<?, ?>) settings);
    }

    private static List<Violation> settings(
            StageTemplate stage, Resolved resolved, PluginSettings given, String pointer) {
        PaletteEntry entry = resolved.entry();
        List<Setting> schema = entry.definition().settingsSchema();
        if (stage.gate() != null
                && !schema.isEmpty()
                && schema.stream().noneMatch(setting -> setting.key().equals("conditions"))) {
            return List.of(new Violation(
                    pointer + "/gate",
                    "a stage of type '" + stage.type() + "' takes no conditions, so it cannot be a gate"));
        }
        Map<String, PluginSettings.Given> defaults = given.of(entry);
        return settings(resolved, given.config(stage, entry), pointer + "/config").stream()
                .map(violation -> {
                    String prefix = pointer + "/config/";
                    String key = violation.pointer().startsWith(prefix)
                            ? violation.pointer().substring(prefix.length())
                            : "";
                    PluginSettings.Given origin = defaults.get(key);
                    return origin == null || stage.config().get(key) != null
                            ? violation
                            : new Violation(origin.pointer(), violation.detail());
                })
                .toList();
    }

    /** Plugins that the pipeline needs and that are not loaded, each with where it says so. */
    public static List<Violation> missing(Pipeline pipeline, PluginCatalog plugins) {
        List<Violation> missing = new ArrayList<>();
        for (PluginNeed need : PluginNeed.of(pipeline)) {
            need.unmet(plugins)
                    .ifPresent(reason -> missing.add(new Violation(need.pointer(), "the pipeline " + reason)));
        }
        return missing;
    }

    /** Stages that cannot do without a stage type that does not come before them. */
    public static List<Violation> lacking(Pipeline pipeline, StageResolver resolver) {
        List<Violation> lacking = new ArrayList<>();
        StageOrder order = pipeline.order();
        for (int i = 0; i < pipeline.stages().size(); i++) {
            StageTemplate stage = pipeline.stages().get(i);
            for (String type : needs(stage.type(), stage.metadataOverrides(), resolver)) {
                List<StageTemplate> typed = pipeline.stages().stream()
                        .filter(other -> other.type().equals(type))
                        .toList();
                if (typed.stream().noneMatch(other -> order.isBefore(other.name(), stage.name()))) {
                    lacking.add(new Violation(
                            "/stages/" + i + "/type",
                            "the stage '" + stage.name() + "' needs a stage of type '" + type + "' before it, and "
                                    + (typed.isEmpty() ? "the pipeline has none" : "the one that is there is not")));
                }
            }
        }
        return lacking;
    }

    static Optional<Resolved> stage(String type, StageResolver resolver) {
        return resolver.resolve(type)
                .filter(resolved -> resolved.entry().definition().type() == EntryType.STAGE);
    }

    /** Why a stage cannot run now, named; nothing when it can, or when the palette does not know its type at all. */
    public static Optional<String> unavailable(StageTemplate stage, StageResolver resolver) {
        return stage(stage.type(), resolver)
                .flatMap(resolved -> unavailable(resolved, stage.prompt().template()))
                .map(reason -> "the stage '" + stage.name() + "' (" + stage.type() + ") " + reason);
    }

    /**
     * As {@link #unavailable(Resolved)}, for a stage template.
     *
     * @param prompt its own, null when it has none
     */
    public static Optional<String> unavailable(Resolved resolved, @Nullable String prompt) {
        boolean lacks = resolved.entry().needsPrompt() && (prompt == null || prompt.isBlank());
        return unavailable(resolved).or(() -> lacks ? Optional.of(PromptRules.NO_PROMPT) : Optional.empty());
    }

    /** Why a stage type cannot run now; nothing when it can, or when its plugin is being loaded: tasks wait for that. */
    public static Optional<String> unavailable(Resolved resolved) {
        PaletteEntry entry = resolved.entry();
        if (resolved.loading()) {
            return Optional.empty();
        }
        if (entry.unavailable() != null) {
            return Optional.of("is not available: " + entry.unavailable());
        }
        return entry.definition().executor() == ExecutorType.JAVA && resolved.registration() == null
                ? Optional.of("is not available: nothing installed implements it")
                : Optional.empty();
    }

    /**
     * The stage types that a stage cannot do without: its own word, else the palette's.
     *
     * @param overrides the stage template's metadata overrides
     */
    public static List<String> needs(
            String type, Map<String, ? extends @Nullable Object> overrides, StageResolver resolver) {
        if (overrides.get("dependencies") instanceof String one) {
            return List.of(one);
        }
        return overrides.get("dependencies") instanceof List<?> own
                ? own.stream().map(String::valueOf).toList()
                : resolver.resolve(type)
                        .map(resolved -> resolved.entry().definition().dependencies())
                        .orElse(List.of());
    }
}
