package dev.callboard.registry;

import dev.callboard.fork.Forks;
import dev.callboard.metrics.PaletteMeters;
import dev.callboard.model.RefusalClass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of the folder: each loaded or refused on its own. Jars are copied before they are loaded, so that replacing
 * or deleting one never pulls code from under running work. All methods block and are called one at a time; only the first
 * scan waits for foreign code, and not for long.
 */
final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    /** A load that takes longer shows its stages before their code is there; most are done before the palette changes twice. */
    private static final Duration SHOWN_AFTER = Duration.ofMillis(500);

    private final PluginFolder folder;
    private final Path copies;
    private final Forks forks;
    private final boolean enabled;
    private final Duration loadTimeout;
    private final Duration startPatience;
    private final PluginRules rules;
    private final PluginOrder order;
    private final LoadingJars loadingJars;
    private final RetiredPlugins retired = new RetiredPlugins();
    private final PaletteMeters meters;
    private final SortedMap<String, KnownPlugin> jars = new TreeMap<>();
    private final SortedMap<String, PluginLoad> loading = new TreeMap<>();
    private boolean first = true;
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
        this.startPatience = options.startPatience();
        this.order = new PluginOrder(copies.resolveSibling("plugin-order.json"));
        this.loadingJars = new LoadingJars(copies.resolveSibling("plugin-loading.json"));
        this.meters = meters;
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
            order.start(now);
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

    private void load(String name, PluginFolder.Signature signature) {
        Path copy = copies.resolve(nextCopy++ + ".jar");
        PluginSource source = new PluginSource(name, signature, folder.path(name), copy);
        PluginLoad old = loading.put(name, PluginLoad.start(source, rules, forks, loadingJars, loadTimeout));
        if (old != null) {
            old.abandon();
        }
    }

    private boolean remove(String name) {
        PluginLoad load = loading.remove(name);
        if (load != null) {
            load.abandon();
        }
        order.forget(name);
        KnownPlugin jar = jars.remove(name);
        if (jar != null && jar.plugin() != null) {
            retired.retire(jar.plugin());
        }
        return jar != null;
    }

    /** Takes over what has been loaded meanwhile, and what the others say of themselves. */
    private boolean finish() {
        boolean changed = false;
        long started = System.nanoTime();
        for (Iterator<Map.Entry<String, PluginLoad>> left = loading.entrySet().iterator(); left.hasNext(); ) {
            Map.Entry<String, PluginLoad> next = left.next();
            PluginLoad load = next.getValue();
            if (first) {
                load.await(startPatience.minusNanos(System.nanoTime() - started));
            }
            if (load.isDone()) {
                put(next.getKey(), load.signature(), load.outcome());
                meters.loaded(next.getKey(), load.time());
                left.remove();
                changed = true;
            } else if (first || load.time().compareTo(SHOWN_AFTER) > 0) {
                changed |= showLoading(next.getKey(), load);
            }
        }
        if (first) {
            warnOfUnknownSettings();
        }
        first = false;
        return changed;
    }

    /** What it says of itself is shown before its code is there, unless an earlier version still serves. */
    private boolean showLoading(String name, PluginLoad load) {
        PluginLoad.Outcome soFar = load.soFar();
        KnownPlugin old = jars.get(name);
        if (old != null && (old.plugin() != null || old.status().equals(soFar.status()))) {
            return false;
        }
        put(name, load.signature(), soFar);
        return true;
    }

    private void put(String name, PluginFolder.Signature signature, PluginLoad.Outcome outcome) {
        order.place(name);
        PluginStatus status = outcome.status();
        KnownPlugin old = jars.get(name);
        Set<String> owned = old == null || outcome.described() == null ? Set.of() : old.owned();
        jars.put(name, new KnownPlugin(signature, status, outcome.described(), outcome.plugin(), owned));
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

    /** What they bring to the palette, by file name, in the order in which ids are given away. */
    Map<String, PluginStages> stages() {
        Map<String, PluginStages> stages = new LinkedHashMap<>();
        for (String name : order.of(jars)) {
            KnownPlugin jar = jars.get(name);
            if (jar != null && jar.described() != null) {
                stages.put(name, new PluginStages(jar.described(), jar.plugin()));
            }
        }
        return stages;
    }

    /** The ids that the palette gave to plugins; those of a plugin that was refused are not among them. */
    Set<String> ownedIds() {
        Set<String> ids = new HashSet<>();
        jars.values().forEach(jar -> ids.addAll(jar.owned()));
        return ids;
    }

    /** The palette was built: whoever was not refused has its ids from now on, and after a restart. */
    void built(Set<String> refused) {
        jars.replaceAll((name, jar) -> jar.owning(!refused.contains(name)));
        order.write(order.of(jars));
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
            list.add(reason == null ? jar.status() : jar.status().refused(RefusalClass.COLLISION, reason));
        });
        return list;
    }
}
