package dev.callboard.registry;

import dev.callboard.metrics.PaletteMeters;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.StageDefinition;
import dev.callboard.plugins.PluginStatus;
import dev.callboard.plugins.Plugins;
import dev.callboard.spi.StageRegistration;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that the palette is made of, as it was read last: built-in stages, the stages file, the plugins folder. All
 * methods block and are called one at a time.
 */
final class PaletteSources {
    private static final Logger LOG = LoggerFactory.getLogger(PaletteSources.class);

    /** How often it is asked of the disk whether the programs of stages are there. */
    private static final Duration PROGRAMS_EVERY = Duration.ofSeconds(2);

    private final RegistryVerticle.Options options;
    private final Clock clock;
    private final SortedMap<String, StageDefinition> builtin = BuiltinStages.load();
    private final List<StageRegistration> code;
    private final StagesFile file;
    private final Plugins plugins;

    /** The entries that start programs, as they were shown last. */
    private List<PaletteEntry> programs = List.of();

    private Instant programsChecked = Instant.EPOCH;
    private StagesDocument custom = StagesDocument.EMPTY;
    private StagesFileStatus status;
    private StagesFile.@Nullable Signature signature;
    private SortedMap<String, String> refused = new TreeMap<>();
    private boolean unadopted;
    /** Whether {@link #custom} is a state of the stages file that was good once. */
    private boolean good;

    /**
     * Names the parts.
     *
     * @param code the code that the server itself brings along; each stage type of it is a built-in one
     */
    PaletteSources(RegistryVerticle.Options options, List<StageRegistration> code, Clock clock, PaletteMeters meters) {
        for (StageRegistration own : code) {
            BuiltinStages.requireAgrees(builtin.get(own.metadata().stageType()), own.metadata());
        }
        this.code = List.copyOf(code);
        this.options = options;
        this.clock = clock;
        this.file = new StagesFile(options.stagesFile());
        this.plugins = new Plugins(options.plugins(), clock, meters);
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
        StagesDocument backup = file.readBackup(builtin.keySet());
        good = backup != null;
        StagesFile.Content content = file.read(builtin.keySet(), good);
        status = content.status();
        signature = content.signature();
        StagesDocument document = content.document();
        if (document == null) {
            custom = backup == null ? StagesDocument.EMPTY : backup;
        } else {
            good = true;
            custom = document;
            if (content.signature() != null) {
                file.writeBackup(document);
            }
        }
        plugins.rescan();
        return found();
    }

    private void emptyCopies() throws IOException {
        if (!Files.isDirectory(options.plugins().copies())) {
            return;
        }
        try (DirectoryStream<Path> old =
                Files.newDirectoryStream(options.plugins().copies(), "*.jar")) {
            for (Path copy : old) {
                Files.deleteIfExists(copy);
            }
        }
    }

    /** Looks for changes from outside; null when there are none that are not adopted yet. */
    @Nullable
    Found look() throws IOException {
        boolean otherPlugins = plugins.rescan();
        unadopted |= otherPlugins;
        unadopted |= programsChanged();
        if (changed() || (otherPlugins && !status.readable())) {
            unadopted |= reread();
        }
        return unadopted ? found() : null;
    }

    /** Programs come and go without anything here being edited. */
    private boolean programsChanged() {
        Instant now = clock.instant();
        if (programs.isEmpty() || now.isBefore(programsChecked.plus(PROGRAMS_EVERY))) {
            return false;
        }
        programsChecked = now;
        return programs.stream().anyMatch(entry -> !options.executors()
                .unavailable(entry.definition())
                .equals(Optional.ofNullable(entry.unavailable())));
    }

    /** What could not be opened may become so without a new signature, such as by other permissions. */
    private boolean changed() {
        try {
            return !status.opened() || !Objects.equals(file.signature(), signature);
        } catch (IOException e) {
            // Reading it says why.
            return true;
        }
    }

    /** What was found last is stored and shown; until then each look finds it again, so that it is never lost. */
    void adopted() {
        unadopted = false;
        plugins.known().shown();
    }

    private boolean reread() throws IOException {
        StagesFile.Content content = file.read(reservedIds(), good);
        boolean statusChanged = !content.status().equals(status);
        StagesDocument document = content.document();
        if (content.signature() != null && document != null && !document.equals(custom)) {
            keepRemoved(document.stages());
            file.writeBackup(document);
        }
        // A file that was deleted leaves its backup behind.
        signature = content.signature();
        status = content.status();
        good |= document != null;
        StagesDocument before = custom;
        custom = document == null ? before : document;
        return statusChanged || !custom.stages().equals(before.stages());
    }

    /** Before another file takes the place of a removed one, unless it has what that had. */
    private void keepRemoved(SortedMap<String, StageDefinition> next) throws IOException {
        StagesDocument kept = status.removed() ? file.readBackup(reservedIds()) : null;
        if (kept != null && !kept.stages().equals(next)) {
            file.keepRemoved(clock.instant());
        }
    }

    private Set<String> reservedIds() {
        Set<String> ids = new HashSet<>(builtin.keySet());
        ids.addAll(plugins.known().ownedIds());
        return ids;
    }

    /**
     * Writes the custom stages of a palette; on failure the file is as it was. {@link #backUp} is to follow, before anything
     * else is asked for.
     *
     * @throws StagesFile.OvertakenException when the file was changed from outside since the last look; nothing was
     *     written
     */
    Found write(SortedMap<String, PaletteEntry> entries) throws IOException {
        StagesDocument document = custom.with(entries);
        keepRemoved(document.stages());
        signature = file.write(document, signature);
        custom = document;
        status = StagesFileStatus.ok(file.path());
        SortedMap<String, String> refusedBefore = refused;
        Found found = found();
        // A plugin that waited for an id is taken in with the next look.
        unadopted |= !refusedBefore.equals(refused);
        return found;
    }

    /** Gives the stages file's backup what was written. */
    void backUp() {
        file.backUp();
    }

    /** Writes the stages that were there before an edit that could not be stored; if that fails, the edit stays. */
    void putBack(SortedMap<String, PaletteEntry> entries) throws IOException {
        unadopted = true;
        try {
            write(entries);
        } finally {
            backUp();
        }
    }

    /** Replaces what is in the stages file's place, if anything, by the last good state and keeps it beside the file. */
    Found restore() throws IOException {
        StagesDocument kept = status.removed() ? file.readBackup(reservedIds()) : null;
        custom = kept == null ? custom : kept;
        signature = file.restore(custom, signature, clock.instant());
        status = StagesFileStatus.ok(file.path());
        return found();
    }

    private Found found() {
        PaletteBuild.Result build = PaletteBuild.of(
                builtin.values(),
                code,
                plugins.known().stages(),
                custom.stages().values(),
                options.executors());
        programs = build.entries().values().stream()
                .filter(entry -> entry.definition().executor() == ExecutorType.COMMAND)
                .toList();
        plugins.known().built(build.refused().keySet());
        if (!refused.equals(build.refused())) {
            build.refused().forEach((plugin, reason) -> LOG.warn("Plugin {}: refused, {}", plugin, reason));
            refused = build.refused();
        }
        return new Found(build, status, plugins.known().list(refused));
    }
}
