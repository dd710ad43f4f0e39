package dev.callboard.plugins;

import dev.callboard.palette.RefusalClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All plugin jars as they were found last, and the order in which they get their ids. One thread at a time. */
public final class FoundPlugins {
    private static final Logger LOG = LoggerFactory.getLogger(FoundPlugins.class);

    private final PluginOrder order;
    private final RetiredPlugins retired = new RetiredPlugins();
    private final SortedMap<String, KnownPlugin> jars = new TreeMap<>();

    FoundPlugins(PluginOrder order) {
        this.order = order;
    }

    /** Gives the jars of a start their places. */
    void start(Map<String, PluginFolder.Signature> files) {
        order.start(files);
    }

    @Nullable
    KnownPlugin get(String file) {
        return jars.get(file);
    }

    /** What each file was when it was found; a copy. */
    Map<String, PluginFolder.Signature> signatures() {
        Map<String, PluginFolder.Signature> signatures = new TreeMap<>();
        jars.forEach((file, jar) -> signatures.put(file, jar.signature()));
        return signatures;
    }

    /** The plugins' names, as far as they are known. */
    Set<String> names() {
        return jars.values().stream()
                .flatMap(jar -> Optional.ofNullable(jar.status().name()).stream())
                .collect(Collectors.toSet());
    }

    /** The file of the plugins folder that brings a plugin of that name. */
    Optional<String> inFolder(String name) {
        return jars.entrySet().stream()
                .filter(jar -> jar.getValue().isInFolder(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Notes what became of a load. */
    void put(String name, PluginFolder.Signature signature, PluginLoad.Outcome outcome) {
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

    /** The file is gone; whether it was known. */
    boolean remove(String name) {
        order.forget(name);
        KnownPlugin jar = jars.remove(name);
        if (jar != null && jar.plugin() != null) {
            retired.retire(jar.plugin());
        }
        return jar != null;
    }

    /** Closes the code that was replaced or removed, once nothing runs it. */
    void closeUnused() {
        retired.closeUnused();
    }

    /** What they bring to the palette, by file name, in the order in which ids are given away. */
    public Map<String, PluginStages> stages() {
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
    public Set<String> ownedIds() {
        Set<String> ids = new HashSet<>();
        jars.values().forEach(jar -> ids.addAll(jar.owned()));
        return ids;
    }

    /** The palette was built: whoever was not refused has its ids from now on, and after a restart. */
    public void built(Set<String> refused) {
        jars.replaceAll((name, jar) -> jar.owning(!refused.contains(name)));
        order.write(order.of(jars));
    }

    /** The palette shows what is loaded now; what was replaced or removed may be closed. */
    public void shown() {
        retired.notShown();
    }

    /**
     * All jars, by file name.
     *
     * @param refused file name to reason, of loaded ones that the palette refused because an id of theirs is taken
     */
    public List<PluginStatus> list(Map<String, String> refused) {
        List<PluginStatus> list = new ArrayList<>();
        jars.forEach((name, jar) -> {
            String reason = refused.get(name);
            list.add(reason == null ? jar.status() : jar.status().refused(RefusalClass.COLLISION, reason));
        });
        return list;
    }
}
