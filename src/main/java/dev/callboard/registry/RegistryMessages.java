package dev.callboard.registry;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteChange;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor;
import dev.callboard.plugins.PluginStatus;
import dev.callboard.problem.Violation;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the registry answers and publishes. */
public final class RegistryMessages {
    /** Reads the palette. */
    public static final Address<GetPalette, PaletteReply> PALETTE_GET =
            new Address<>("registry.palette.get", GetPalette.class, PaletteReply.class);

    /** Reads what happened since a revision. */
    public static final Address<GetChanges, ChangesReply> PALETTE_CHANGES =
            new Address<>("registry.palette.changes", GetChanges.class, ChangesReply.class);

    /** Adds a custom stage. */
    public static final Address<AddStage, StageWritten> STAGE_ADD =
            new Address<>("registry.stage.add", AddStage.class, StageWritten.class);

    /** Checks a definition that is to be tried. */
    public static final Address<CheckStage, StageChecked> STAGE_CHECK =
            new Address<>("registry.stage.check", CheckStage.class, StageChecked.class);

    /** Replaces a custom stage. */
    public static final Address<ReplaceStage, StageWritten> STAGE_REPLACE =
            new Address<>("registry.stage.replace", ReplaceStage.class, StageWritten.class);

    /** Removes a custom stage. */
    public static final Address<RemoveStage, StageWritten> STAGE_REMOVE =
            new Address<>("registry.stage.remove", RemoveStage.class, StageWritten.class);

    /** Replaces an unreadable stages file by the last good state. */
    public static final Address<RestoreStagesFile, FileRestored> FILE_RESTORE =
            new Address<>("registry.file.restore", RestoreStagesFile.class, FileRestored.class);

    /** Lists the plugin jars. */
    public static final Address<GetPlugins, PluginsReply> PLUGINS_GET =
            new Address<>("registry.plugins.get", GetPlugins.class, PluginsReply.class);

    /** Lists the executors. */
    public static final Address<GetExecutors, ExecutorsReply> EXECUTORS_GET =
            new Address<>("registry.executors.get", GetExecutors.class, ExecutorsReply.class);

    /** The palette has new revisions. */
    public static final Topic<PaletteChanged> PALETTE_CHANGED =
            new Topic<>("registry.palette.changed", PaletteChanged.class);

    /** The stages file became unreadable or readable. */
    public static final Topic<StagesFileChanged> FILE_CHANGED =
            new Topic<>("registry.file.changed", StagesFileChanged.class);

    /** Jars of the plugins folder are new, gone or other than before. */
    public static final Topic<PluginsChanged> PLUGINS_CHANGED =
            new Topic<>("registry.plugins.changed", PluginsChanged.class);

    private RegistryMessages() {}

    /**
     * Jars as they are now.
     *
     * @param changed new ones and others than before
     * @param removed the file names of those that are gone
     */
    public record PluginsChanged(List<PluginStatus> changed, List<String> removed) {
        /** Copies. */
        public PluginsChanged {
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
        }

        static PluginsChanged between(List<PluginStatus> before, List<PluginStatus> now) {
            Set<String> files = now.stream().map(PluginStatus::file).collect(Collectors.toSet());
            return new PluginsChanged(
                    now.stream().filter(plugin -> !before.contains(plugin)).toList(),
                    before.stream()
                            .map(PluginStatus::file)
                            .filter(file -> !files.contains(file))
                            .toList());
        }
    }

    /** Asks for the palette. */
    public record GetPalette() {}

    /**
     * The palette now.
     *
     * @param palette all entries at one revision
     * @param file how the stages file is
     */
    public record PaletteReply(Palette palette, StagesFileStatus file) {}

    /**
     * Asks for changes.
     *
     * @param epoch the asker's epoch
     * @param revision the last revision that the asker has
     */
    public record GetChanges(String epoch, long revision) {}

    /**
     * What happened since.
     *
     * @param changes in order and without gaps; null when the history does not reach back that far
     */
    public record ChangesReply(@Nullable List<PaletteChange> changes) {
        /** Copies. */
        public ChangesReply {
            changes = changes == null ? null : List.copyOf(changes);
        }
    }

    /**
     * Adds a custom stage.
     *
     * @param definition JSON-shaped, not yet checked
     */
    public record AddStage(@Nullable Object definition) {}

    /**
     * Checks a definition as one that is to be added, but for its id, which may be in use; changes nothing.
     *
     * @param definition JSON-shaped, not yet checked
     * @param pointer where it stands in the request; each violation's pointer starts with it
     */
    public record CheckStage(@Nullable Object definition, String pointer) {}

    /** A definition without faults whose executor can try it. */
    public record StageChecked(StageDefinition definition) {}

    /**
     * Replaces a custom stage.
     *
     * @param id which
     * @param definition JSON-shaped, not yet checked
     * @param expectedRevision the entry's revision that the asker saw, null to replace any
     */
    public record ReplaceStage(String id, @Nullable Object definition, @Nullable Long expectedRevision) {}

    /**
     * Removes a custom stage.
     *
     * @param id which
     * @param expectedRevision the entry's revision that the asker saw, null to remove any
     */
    public record RemoveStage(String id, @Nullable Long expectedRevision) {}

    /**
     * A stage was added, replaced or removed, and is stored.
     *
     * @param id which
     * @param revision the palette's revision after it
     * @param warnings that it cannot run here, and what of the definition nobody reads
     */
    public record StageWritten(String id, long revision, List<Violation> warnings) {
        /** Copies. */
        public StageWritten {
            warnings = List.copyOf(warnings);
        }
    }

    /** Restores the stages file. */
    public record RestoreStagesFile() {}

    /** It is restored; the palette's revision. */
    public record FileRestored(long revision) {}

    /** Asks for the plugin jars. */
    public record GetPlugins() {}

    /** All jars of the plugins folder, by file name. */
    public record PluginsReply(List<PluginStatus> plugins) {
        /** Copies. */
        public PluginsReply {
            plugins = List.copyOf(plugins);
        }
    }

    /** Asks for the executors. */
    public record GetExecutors() {}

    /** All executors. */
    public record ExecutorsReply(List<ExecutorView> executors) {
        /** Copies. */
        public ExecutorsReply {
            executors = List.copyOf(executors);
        }
    }

    /**
     * What an executor says of itself.
     *
     * @param executor the word of its type
     * @param reason why it runs nothing here, null when it does
     * @param note what an author should know, null for nothing
     * @param noTry why none of its stages can be tried on their own, null when they can
     * @param custom whether people may define stages of it
     * @param configSchema what may stand in {@code executor_config}
     */
    public record ExecutorView(
            String executor,
            @Nullable String reason,
            @Nullable String note,
            @Nullable String noTry,
            boolean custom,
            List<Setting> configSchema) {
        /** Copies. */
        public ExecutorView {
            configSchema = List.copyOf(configSchema);
        }

        static ExecutorView of(StageExecutor executor) {
            return new ExecutorView(
                    executor.type().word(),
                    executor.off().orElse(null),
                    executor.note().orElse(null),
                    executor.noTry().orElse(null),
                    executor.isForCustomStages(),
                    executor.configSchema());
        }
    }

    /**
     * New revisions, stored before they are published.
     *
     * @param epoch the palette's epoch
     * @param changes in order and without gaps
     */
    public record PaletteChanged(String epoch, List<PaletteChange> changes) {
        /** Copies. */
        public PaletteChanged {
            changes = List.copyOf(changes);
        }
    }

    /** How the stages file is now. */
    public record StagesFileChanged(StagesFileStatus file) {}
}
