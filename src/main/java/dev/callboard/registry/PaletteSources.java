package dev.callboard.registry;

import dev.callboard.model.Origin;
import dev.callboard.model.PaletteEntry;
import dev.callboard.model.StageDefinition;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the palette is made of, as it was read last: built-in stages, the stages file, the plugins folder. All
 * methods block and are called one at a time.
 */
final class PaletteSources {
    private final RegistryVerticle.Options options;
    private final Clock clock;
    private final SortedMap<String, StageDefinition> builtin = BuiltinStages.load();
    private final StagesFile file;
    private final Plugins plugins;

    private SortedMap<String, StageDefinition> custom = new TreeMap<>();
    private StagesFileStatus status;
    private StagesFile.@Nullable Signature signature;

    PaletteSources(RegistryVerticle.Options options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.file = new StagesFile(options.stagesFile());
        this.plugins = new Plugins(options.pluginsFolder(), options.pluginCopies(), options.pluginsEnabled(), clock);
        this.status = StagesFileStatus.ok(file.path());
    }

    /**
     * What was found.
     *
     * @param build the parts put together
     * @param file how the stages file is
     * @param plugins all jars
     */
    record Found(PaletteBuild.Result build, StagesFileStatus file, List<PluginStatus> plugins) {}

    /** Reads everything for the first time. */
    Found start() throws IOException {
        file.removeLeftovers();
        emptyCopies();
        StagesFile.Content content = file.read(builtin.keySet());
        status = content.status();
        signature = content.signature();
        SortedMap<String, StageDefinition> stages = content.stages();
        if (stages == null) {
            SortedMap<String, StageDefinition> backup = file.readBackup(builtin.keySet());
            custom = backup == null ? new TreeMap<>() : backup;
        } else {
            custom = stages;
            if (content.signature() != null) {
                file.writeBackup(stages.values());
            }
        }
        plugins.rescan();
        return found();
    }

    private void emptyCopies() throws IOException {
        if (!Files.isDirectory(options.pluginCopies())) {
            return;
        }
        try (DirectoryStream<Path> old = Files.newDirectoryStream(options.pluginCopies(), "*.jar")) {
            for (Path copy : old) {
                Files.deleteIfExists(copy);
            }
        }
    }

    /** Looks for changes from outside; null when there are none. */
    @Nullable
    Found look() throws IOException {
        boolean changed = plugins.rescan();
        if (!Objects.equals(file.signature(), signature)) {
            changed |= reread();
        }
        return changed ? found() : null;
    }

    private boolean reread() throws IOException {
        StagesFile.Content content = file.read(reservedIds());
        boolean statusChanged = !content.status().equals(status);
        signature = content.signature();
        status = content.status();
        SortedMap<String, StageDefinition> stages = content.stages();
        if (stages == null || stages.equals(custom)) {
            return statusChanged;
        }
        file.writeBackup(stages.values());
        custom = stages;
        return true;
    }

    private Set<String> reservedIds() {
        Set<String> ids = new HashSet<>(builtin.keySet());
        plugins.loaded().values().forEach(plugin -> plugin.jar().stages().forEach(stage -> ids.add(stage.id())));
        return ids;
    }

    /**
     * Writes the custom stages of a palette; on failure the file is as it was.
     *
     * @throws OvertakenException when the file was changed from outside since the last look; nothing was written
     */
    Found write(SortedMap<String, PaletteEntry> entries) throws IOException {
        if (!Objects.equals(file.signature(), signature)) {
            throw new OvertakenException();
        }
        SortedMap<String, StageDefinition> stages = customOf(entries);
        signature = file.write(stages.values());
        custom = stages;
        return found();
    }

    /** The stages file was changed from outside since the last look. */
    static final class OvertakenException extends IOException {
        private static final long serialVersionUID = 1L;

        OvertakenException() {
            super("the stages file was changed meanwhile");
        }
    }

    private static SortedMap<String, StageDefinition> customOf(SortedMap<String, PaletteEntry> entries) {
        SortedMap<String, StageDefinition> stages = new TreeMap<>();
        entries.forEach((id, entry) -> {
            if (entry.origin() == Origin.CUSTOM) {
                stages.put(id, entry.definition());
            }
        });
        return stages;
    }

    /** Replaces an unreadable stages file by the last good state and keeps the unreadable one beside it. */
    Found restore() throws IOException {
        file.moveAside(clock.instant());
        signature = file.write(custom.values());
        status = StagesFileStatus.ok(file.path());
        return found();
    }

    private Found found() {
        PaletteBuild.Result result = build();
        while (!result.refused().isEmpty()) {
            result.refused().forEach(plugins::refuse);
            result = build();
        }
        return new Found(result, status, plugins.list());
    }

    private PaletteBuild.Result build() {
        Collection<StageDefinition> stages = custom.values();
        return PaletteBuild.of(builtin.values(), plugins.loaded(), stages, options.executors());
    }
}
