package dev.callboard.model;

import dev.callboard.model.StageResolver.Resolved;
import dev.callboard.spi.StageRegistration;
import java.util.ArrayList;
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
     */
    public record Checked(List<Violation> errors, List<Violation> unavailable) {
        /** Copies. */
        public Checked {
            errors = List.copyOf(errors);
            unavailable = List.copyOf(unavailable);
        }
    }

    /** Checks all stages. */
    public static Checked check(Pipeline pipeline, StageResolver resolver) {
        List<Violation> errors = new ArrayList<>();
        List<Violation> unavailable = new ArrayList<>();
        for (int i = 0; i < pipeline.stages().size(); i++) {
            StageTemplate stage = pipeline.stages().get(i);
            String pointer = "/stages/" + i;
            Optional<Resolved> resolved = stage(stage.type(), resolver);
            if (resolved.isEmpty()) {
                errors.add(new Violation(
                        pointer + "/type", "there is no stage type '" + stage.type() + "' in the palette"));
                continue;
            }
            PaletteEntry entry = resolved.get().entry();
            errors.addAll(settings(resolved.get(), stage.config(), pointer + "/config"));
            unavailable(resolved.get())
                    .ifPresent(reason -> unavailable.add(new Violation(
                            pointer + "/type", "the stage '" + stage.name() + "' (" + stage.type() + ") " + reason)));
        }
        return new Checked(errors, unavailable);
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

    private static Optional<Resolved> stage(String type, StageResolver resolver) {
        return resolver.resolve(type)
                .filter(resolved -> resolved.entry().definition().type() == EntryType.STAGE);
    }

    /** Why a stage type cannot run now; nothing when it can. */
    public static Optional<String> unavailable(Resolved resolved) {
        PaletteEntry entry = resolved.entry();
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
        return overrides.get("dependencies") instanceof List<?> own
                ? own.stream().map(String::valueOf).toList()
                : resolver.resolve(type)
                        .map(resolved -> resolved.entry().definition().dependencies())
                        .orElse(List.of());
    }
}
