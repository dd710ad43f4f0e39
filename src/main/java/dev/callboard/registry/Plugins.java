package dev.callboard.registry;

import dev.callboard.fork.Forks;
import dev.callboard.metrics.PaletteMeters;
import dev.callboard.model.StageDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    private final Forks forks;
    private final boolean enabled;
    private final Duration loadTimeout;
    private final PluginRules rules;
    private final PluginOrder order;
    private final RetiredPlugins retired = new RetiredPlugins();
    private final PaletteMeters meters;
    private final SortedMap<String, Jar> jars = new TreeMap<>();
    private final SortedMap<String, PluginLoad> loading = new TreeMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private boolean first = true;
    private int nextPlace;
    private int nextCopy;
    private String lastFailure = "";

    /** Names the folders of the options; they need not exist. */
    Plugins(RegistryVerticle.Options options, Clock clock, PaletteMeters meters) {
        this.rules = options.pluginRules();
        this.folder = new PluginFolder(options.pluginsFolder(), rules.settle(), clock);
        this.copies = options.pluginCopies();
        this.forks = options.forks();
        this.enabled = options.pluginsEnabled();
        this.loadTimeout = options.pluginLoadTimeout();
        this.order = new PluginOrder(copies.resolveSibling("plugin-order.json"));
        this.meters = meters;
    }

    /**
     * A jar of the folder: loaded, or with the reason why not.
     *
     * @param owned the ids that the palette gave to its plugin last
     */
    private record Jar(
            PluginFolder.Signature signature, PluginStatus status, @Nullable LoadedPlugin plugin, Set<String> owned) {

        Jar owning(Set<String> ids) {
            return new Jar(signature, status, plugin, ids);
        }

        /** Who has ids keeps them; a new version that wants more ids comes after those that want no more. */
        int rank() {
            if (owned.isEmpty() || plugin == null) {
                return 2;
            }
            return owned.containsAll(ids(plugin)) ? 0 : 1;
        }
    }

    private static Set<String> ids(LoadedPlugin plugin) {
        return plugin.jar().stages().stream().map(StageDefinition::id).collect(Collectors.toSet());
    }

    /** Looks at the folder again; true when the plugins changed. */
    boolean rescan() {
        retired.closeUnused();
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
        if (first) {
            placeAtStart(now);
        }
        boolean changed = false;
        for (String name : new ArrayList<>(before.keySet())) {
            changed |= !now.containsKey(name) && remove(name);
        }
        now.forEach((name, signature) -> {
            if (signature.equals(before.get(name))) {
                return;
            }
            if (enabled) {
                load(name, signature);
            } else {
                put(name, signature, PluginLoad.disabled(name, signature));
            }
        });
        return finish() || changed || !now.equals(before) && !enabled;
    }

    /** Those of last time in their order, then the others by the time of their files. */
    private void placeAtStart(SortedMap<String, PluginFolder.Signature> now) {
        order.read().stream().filter(now::containsKey).distinct().forEach(this::place);
        now.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparing(PluginFolder.Signature::modified)))
                .forEach(jar -> place(jar.getKey()));
    }

    private void place(String name) {
        if (!places.containsKey(name)) {
            places.put(name, nextPlace++);
        }
    }

    private void load(String name, PluginFolder.Signature signature) {
        Path copy = copies.resolve(nextCopy++ + ".jar");
        PluginLoad.Source source = new PluginLoad.Source(name, signature, folder.path(name), copy);
        PluginLoad old = loading.put(name, PluginLoad.start(source, rules, forks, loadTimeout));
        if (old != null) {
            old.abandon();
        }
    }

    private boolean remove(String name) {
        PluginLoad load = loading.remove(name);
        if (load != null) {
            load.abandon();
        }
        places.remove(name);
        Jar jar = jars.remove(name);
        if (jar != null && jar.plugin() != null) {
            retired.retire(jar.plugin());
        }
        return jar != null;
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
        if (first) {
            warnOfUnknownSettings();
        }
        first = false;
        return changed;
    }

    private void put(String name, PluginFolder.Signature signature, PluginLoad.Outcome outcome) {
        place(name);
        PluginStatus status = outcome.status();
        LoadedPlugin plugin = outcome.plugin();
        Jar old = jars.get(name);
        Set<String> owned = old == null || plugin == null ? Set.of() : old.owned();
        jars.put(name, new Jar(signature, status, plugin, owned));
        if (old != null && old.plugin() != null) {
            retired.retire(old.plugin());
        }
        String more = status.reason() == null ? " " + status.stages() : ", " + status.reason();
        LOG.info("Plugin {}: {}{}", status.file(), status.state(), more);
    }

    private void warnOfUnknownSettings() {
        Set<String> unknown = new HashSet<>(rules.settings().keySet());
        jars.values().forEach(jar -> unknown.remove(jar.status().name()));
        if (!unknown.isEmpty()) {
            LOG.warn("plugins.settings has settings for {}, and no plugin of that name is there", unknown);
        }
    }

    /** The loaded ones by file name, in the order in which ids are given away. */
    Map<String, LoadedPlugin> loaded() {
        Map<String, LoadedPlugin> loaded = new LinkedHashMap<>();
        inOrder().forEach(name -> {
            Jar jar = jars.get(name);
            if (jar != null && jar.plugin() != null) {
                loaded.put(name, jar.plugin());
            }
        });
        return loaded;
    }

    private List<String> inOrder() {
        return jars.keySet().stream()
                .sorted(Comparator.comparing((String name) -> rank(name))
                        .thenComparing(name -> places.getOrDefault(name, Integer.MAX_VALUE)))
                .toList();
    }

    private int rank(String name) {
        Jar jar = jars.get(name);
        return jar == null ? 2 : jar.rank();
    }

    /** The palette was built: whoever was not refused has its ids from now on, and after a restart. */
    void built(Set<String> refused) {
        jars.replaceAll((name, jar) ->
                jar.owning(jar.plugin() == null || refused.contains(name) ? Set.of() : ids(jar.plugin())));
        order.write(inOrder());
    }

    /** The palette shows what is loaded now; what was replaced or removed may be closed. */
    void shown() {
        retired.notShown();
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
