package dev.callboard.registry;

import dev.callboard.bus.Bus;
import dev.callboard.metrics.PaletteMeters;
import dev.callboard.palette.Answerer;
import dev.callboard.palette.Origin;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteChange;
import dev.callboard.palette.StageResolver;
import dev.callboard.plugins.PluginStatus;
import dev.callboard.registry.RegistryMessages.PaletteChanged;
import dev.callboard.registry.RegistryMessages.PluginsChanged;
import dev.callboard.registry.RegistryMessages.StagesFileChanged;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the registry shows: the state that it answers with, the latest changes, and what the engine finds by stage type. */
final class PublishedPalette implements StageResolver {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedPalette.class);

    private final Bus bus;
    private final PaletteMeters meters;
    private final PaletteHistory history = new PaletteHistory();
    private State state = new State(new Palette("", 0, new TreeMap<>()), StagesFileStatus.ok(""), List.of());

    /** Read from any thread; holds the answers themselves, so that finding a stage allocates nothing. */
    private volatile Map<String, Optional<Resolved>> resolved = Map.of();

    private volatile Map<String, Answerer> answerers = Map.of();
    private volatile Map<String, Map<String, String>> schemas = Map.of();
    private final LoadingAnswers loadingAnswers = new LoadingAnswers();
    /** Not {@link #resolved}: whoever keeps it would keep the code of plugins that are gone. */
    private volatile Object version = new Object();

    PublishedPalette(Bus bus, PaletteMeters meters) {
        this.bus = bus;
        this.meters = meters;
    }

    /** The palette, the stages file and the plugins, as they were stored last. */
    record State(Palette palette, StagesFileStatus file, List<PluginStatus> plugins) {}

    State state() {
        return state;
    }

    /** What came after a revision, if the history reaches back that far. */
    Optional<List<PaletteChange>> since(String epoch, long revision) {
        return epoch.equals(state.palette().epoch())
                ? history.since(revision, state.palette().revision())
                : Optional.empty();
    }

    /** The JSON Schemas that ports of a stage name, as texts by name. */
    Map<String, String> schemas(String stageId) {
        return schemas.getOrDefault(stageId, Map.of());
    }

    @Override
    public Optional<Resolved> resolve(String stageType) {
        return resolved.getOrDefault(stageType, Optional.empty());
    }

    @Override
    public Optional<Answerer> answerer(String question) {
        return Optional.ofNullable(answerers.get(question));
    }

    @Override
    public CompletionStage<Void> answererLoaded(String question) {
        return loadingAnswers.loaded(question);
    }

    @Override
    public Object version() {
        return version;
    }

    /** Shows what has been stored, and publishes what is new in it. */
    void show(Palette palette, PaletteSources.Found found, List<PaletteChange> changes) {
        StagesFileStatus before = state.file();
        measure(palette, found, changes);
        Map<String, Optional<Resolved>> now = new HashMap<>();
        palette.entries().forEach((id, entry) -> {
            Resolved built = found.build().resolved().get(id);
            now.put(id, Optional.of(built == null ? new Resolved(entry, null) : built.with(entry)));
        });
        List<PluginStatus> plugins = state.plugins();
        state = new State(palette, found.file(), found.plugins());
        resolved = now;
        answerers = found.build().answerers();
        schemas = found.build().schemas();
        version = new Object();
        loadingAnswers.are(found.build().loadingAnswers());
        if (!changes.isEmpty()) {
            history.add(changes);
            bus.publish(RegistryMessages.PALETTE_CHANGED, new PaletteChanged(palette.epoch(), changes));
        }
        if (!plugins.equals(found.plugins())) {
            bus.publish(RegistryMessages.PLUGINS_CHANGED, PluginsChanged.between(plugins, found.plugins()));
        }
        boolean first = before.path().isEmpty();
        if (!before.equals(found.file()) && !(first && found.file().readable())) {
            LOG.info(
                    "Stages file {}: {}",
                    found.file().path(),
                    found.file().removed() ? "removed" : found.file().status());
            bus.publish(RegistryMessages.FILE_CHANGED, new StagesFileChanged(found.file()));
        }
    }

    private void measure(Palette palette, PaletteSources.Found found, List<PaletteChange> changes) {
        Map<Origin, Long> byOrigin = new EnumMap<>(Origin.class);
        palette.entries().values().forEach(entry -> byOrigin.merge(entry.origin(), 1L, Long::sum));
        meters.palette(palette.revision(), byOrigin);
        meters.fileReadable(found.file().readable());
        changes.forEach(change -> meters.changed(change.entry().origin(), change.kind()));
        if (found.plugins().equals(state.plugins())) {
            return;
        }
        Map<String, Long> byState = new HashMap<>();
        for (PluginStatus plugin : found.plugins()) {
            byState.merge(plugin.state(), 1L, Long::sum);
            if (plugin.refusal() != null && !state.plugins().contains(plugin)) {
                meters.refused(plugin.refusal());
            }
        }
        meters.plugins(byState);
    }
}
