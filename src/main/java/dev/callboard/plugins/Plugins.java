package dev.callboard.plugins;

import dev.callboard.metrics.PaletteMeters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of the folder and those that travel with the server: each loaded or refused on its own. Jars are copied before
 * they are loaded, so that replacing or deleting one never pulls code from under running work. All methods block and are
 * called one at a time; only the first scan waits for foreign code, and not for long.
 */
public final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    /** A load that takes longer shows its stages before their code is there; most are done before the palette changes twice. */
    private static final Duration SHOWN_AFTER = Duration.ofMillis(500);

    private final PluginFolder folder;
    private final BundledPlugins bundled;
    private final Path copies;
    private final Optional<Path> unpacked;
    private final ForkedJars forked;
    private final boolean enabled;
    private final Duration loadTimeout;
    private final Duration startPatience;
    private final PluginRules rules;
    private final FoundPlugins jars;
    private final LoadingJars loadingJars;
    private final PaletteMeters meters;
    private final SortedMap<String, PluginLoad> loading = new TreeMap<>();
    private boolean first = true;
    private int nextCopy;
    private String lastFailure = "";

    /** Names the folders of the options; they need not exist. */
    public Plugins(PluginOptions options, Clock clock, PaletteMeters meters) {
        this.rules = options.rules();
        this.folder = new PluginFolder(options.folder(), rules.settle(), clock);
        this.bundled = options.bundled();
        this.copies = options.copies();
        this.unpacked = options.unpacked();
        this.enabled = options.enabled();
        this.loadTimeout = options.loadTimeout();
        this.startPatience = options.startPatience();
        this.jars = new FoundPlugins(new PluginOrder(copies.resolveSibling("plugin-order.json")));
        this.forked = new ForkedJars(options.forks(), copies.resolveSibling("plugin-registrations.json"));
        this.loadingJars = new LoadingJars(copies.resolveSibling("plugin-loading.json"));
        this.meters = meters;
    }

    /** Looks at the folder again; true when the plugins changed. */
    public boolean rescan() {
        jars.closeUnused();
        long started = System.nanoTime();
        boolean changed = scan();
        if (changed) {
            meters.scanned(Duration.ofNanos(System.nanoTime() - started));
        }
        return changed;
    }

    private boolean scan() {
        boolean changed = scanFolder();
        if (first) {
            // Their names are known once they are read; the code of the others need not wait for theirs.
            loading.values().forEach(load -> load.await(Duration.ZERO));
            changed |= placeBundled();
        }
        changed |= finish();
        return placeBundled() || changed;
    }

    private boolean scanFolder() {
        Map<String, PluginFolder.Signature> before = jars.signatures();
        loading.forEach((name, load) -> before.put(name, load.signature()));
        bundled.jars().forEach(jar -> before.remove(jar.file()));
        SortedMap<String, PluginFolder.Signature> now;
        try {
            now = folder.scan(before);
            lastFailure = "";
        } catch (IOException e) {
            if (!lastFailure.equals(e.toString())) {
                LOG.error("the plugins folder cannot be read; its plugins stay as they are", e);
                lastFailure = e.toString();
            }
            return false;
        }
        if (first) {
            jars.start(now);
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
                load(PluginSource.of(name, signature, folder.path(name), nextCopy()));
            } else {
                jars.put(name, signature, PluginLoad.none(PluginStatus.off(name, signature.size())));
            }
        });
        return changed || !now.equals(before) && !enabled;
    }

    /** Loads what travels with the server, unless a jar of the folder has its name; that one's code is not waited for. */
    private boolean placeBundled() {
        boolean changed = false;
        for (BundledPlugins.Jar jar : bundled.jars()) {
            String instead = insteadOf(jar.name());
            PluginFolder.Signature wanted = jar.signature(instead);
            if (wanted.equals(signature(jar.file()))) {
                continue;
            }
            if (enabled && instead == null) {
                load(PluginSource.of(jar, nextCopy(), unpacked));
            } else {
                abandon(jar.file());
                jars.put(jar.file(), wanted, PluginLoad.none(PluginStatus.off(jar, instead)));
                changed = true;
            }
        }
        return changed;
    }

    private PluginFolder.@Nullable Signature signature(String name) {
        PluginLoad load = loading.get(name);
        return load == null ? jars.signatures().get(name) : load.signature();
    }

    /** The jar of the folder that has that plugin name; at a start also one whose code is still being loaded. */
    private @Nullable String insteadOf(String name) {
        Stream<String> read = loading.entrySet().stream()
                .filter(load -> first && load.getValue().isInFolder(name))
                .map(Map.Entry::getKey);
        return Stream.concat(jars.inFolder(name).stream(), read).findFirst().orElse(null);
    }

    private Path nextCopy() {
        return copies.resolve(nextCopy++ + ".jar");
    }

    private void load(PluginSource source) {
        PluginLoad old = loading.put(source.file(), PluginLoad.start(source, rules, forked, loadingJars, loadTimeout));
        if (old != null) {
            old.abandon();
        }
    }

    private void abandon(String name) {
        PluginLoad load = loading.remove(name);
        if (load != null) {
            load.abandon();
        }
    }

    private boolean remove(String name) {
        abandon(name);
        return jars.remove(name);
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
                jars.put(next.getKey(), load.signature(), load.outcome());
                meters.loaded(next.getKey(), load.time());
                left.remove();
                changed = true;
            } else if (first || load.time().compareTo(SHOWN_AFTER) > 0) {
                changed |= showLoading(next.getKey(), load);
            }
        }
        if (first) {
            rules.warnOfUnknown(jars.names());
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
        jars.put(name, load.signature(), soFar);
        return true;
    }

    /** All jars, as they are known now. */
    public FoundPlugins known() {
        return jars;
    }
}
