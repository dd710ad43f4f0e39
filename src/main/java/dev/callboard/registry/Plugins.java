package dev.callboard.registry;

import dev.callboard.metrics.PaletteMeters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of the folder: each loaded or refused on its own. Jars are copied before they are loaded, so that replacing
 * or deleting one never pulls code from under running work. All methods block and are called one at a time; only the first
 * scan waits for foreign code.
 */
final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final PluginFolder folder;
    private final Path copies;
    private final boolean enabled;
    private final Duration loadTimeout;
    private final PaletteMeters meters;
    private final SortedMap<String, Jar> jars = new TreeMap<>();
    private final SortedMap<String, PluginLoad> loading = new TreeMap<>();
    private boolean first = true;
    private int places;
    private String lastFailure = "";

    /**
     * Names the folder; it need not exist.
     *
     * @param copies where the copies that are loaded stand; emptied at start
     * @param enabled false keeps all jars unloaded
     * @param loadTimeout how long the code of a plugin may take to register its stages
     */
    Plugins(Path folder, Path copies, boolean enabled, Duration loadTimeout, Clock clock, PaletteMeters meters) {
        this.folder = new PluginFolder(folder, clock);
        this.copies = copies;
        this.enabled = enabled;
        this.loadTimeout = loadTimeout;
        this.meters = meters;
    }

    /**
     * A jar of the folder: loaded, or with the reason why not.
     *
     * @param place who came first keeps an id; a new version of a jar keeps the place of the old one
     */
    private record Jar(
            PluginFolder.Signature signature, PluginStatus status, @Nullable LoadedPlugin plugin, int place) {}

    /** Looks at the folder again; true when the plugins changed. */
    boolean rescan() {
        long started = System.nanoTime();
        boolean changed = scan();
        if (changed) {
            meters.scanned(Duration.ofNanos(System.nanoTime() - started));
        }
        return changed;
    }

    private boolean scan() {
        Map<String, PluginFolder.Signature> before = new TreeMap<>();
        jars.forEach((name, jar) -> before.put(name, jar.signature()));
        loading.forEach((name, load) -> before.put(name, load.signature()));
        SortedMap<String, PluginFolder.Signature> now;
        try {
            now = folder.scan(before);
            lastFailure = "";
        } catch (IOException e) {
            if (!lastFailure.equals(e.toString())) {
                LOG.error("the plugins folder cannot be read; its plugins stay as they are", e);
                lastFailure = e.toString();
            }
            return finish();
        }
        loading.keySet().removeIf(name -> !now.containsKey(name));
        boolean changed = jars.keySet().removeIf(name -> !now.containsKey(name));
        now.forEach((name, signature) -> {
            if (signature.equals(before.get(name))) {
                return;
            }
            if (enabled) {
                loading.put(name, PluginLoad.start(name, signature, folder.path(name), copies, loadTimeout));
            } else {
                put(name, signature, PluginLoad.disabled(name, signature));
            }
        });
        return finish() || changed || !now.equals(before) && !enabled;
    }

    /** Takes over what has been loaded meanwhile. */
    private boolean finish() {
        boolean changed = false;
        for (Iterator<Map.Entry<String, PluginLoad>> left = loading.entrySet().iterator(); left.hasNext(); ) {
            Map.Entry<String, PluginLoad> next = left.next();
            PluginLoad load = next.getValue();
            if (first || load.isDone()) {
                put(next.getKey(), load.signature(), load.await());
                meters.loaded(next.getKey(), load.time());
                left.remove();
                changed = true;
            }
        }
        first = false;
        return changed;
    }

    private void put(String name, PluginFolder.Signature signature, PluginLoad.Outcome outcome) {
        Jar old = jars.get(name);
        PluginStatus status = outcome.status();
        jars.put(name, new Jar(signature, status, outcome.plugin(), old == null ? places++ : old.place()));
        String more = status.reason() == null ? " " + status.stages() : ", " + status.reason();
        LOG.info("Plugin {}: {}{}", name, status.state(), more);
    }

    /** The loaded ones by file name, in the order in which ids are given away. */
    Map<String, LoadedPlugin> loaded() {
        Map<String, LoadedPlugin> loaded = new LinkedHashMap<>();
        jars.entrySet().stream()
                .sorted(Comparator.comparing(jar -> jar.getValue().place()))
                .forEach(jar -> {
                    LoadedPlugin plugin = jar.getValue().plugin();
                    if (plugin != null) {
                        loaded.put(jar.getKey(), plugin);
                    }
                });
        return loaded;
    }

    /**
     * All jars, by file name.
     *
     * @param refused file name to reason, of loaded ones that the palette refused because an id of theirs is taken
     */
    List<PluginStatus> list(Map<String, String> refused) {
        List<PluginStatus> list = new ArrayList<>();
        jars.forEach((name, jar) -> {
            String reason = refused.get(name);
            list.add(reason == null ? jar.status() : jar.status().refused(reason));
        });
        return list;
    }
}
