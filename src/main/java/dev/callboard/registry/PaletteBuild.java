package dev.callboard.registry;

import dev.callboard.palette.Answerer;
import dev.callboard.palette.EntryType;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Origin;
import dev.callboard.palette.OwnEnds;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutors;
import dev.callboard.palette.StageResolver;
import dev.callboard.plugins.LoadedPlugin;
import dev.callboard.plugins.PluginStages;
import dev.callboard.spi.StageRegistration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts built-in, custom and plugin stages together. Built-in ids go first, then custom ones, then plugins in the order in
 * which they came: the first keeps a name and an id, and a plugin that wants a taken one is refused as a whole.
 */
final class PaletteBuild {
    private final StageExecutors executors;
    private final SortedMap<String, PaletteEntry> entries = new TreeMap<>();
    private final SortedMap<String, StageRegistration> own = new TreeMap<>();
    private final SortedMap<String, PluginStages> owners = new TreeMap<>();
    private final SortedMap<String, String> files = new TreeMap<>();
    private final SortedMap<String, String> refused = new TreeMap<>();
    private final Map<String, Answerer> answerers = new HashMap<>();
    private final Map<String, Map<String, String>> schemas = new HashMap<>();
    private final Set<String> loadingAnswers = new HashSet<>();
    /** Plugin name, in small letters, to the file that has it. */
    private final Map<String, String> names = new TreeMap<>();

    private PaletteBuild(StageExecutors executors) {
        this.executors = executors;
    }

    /**
     * The parts put together.
     *
     * @param entries by id, at revision 0
     * @param resolved what the engine finds by stage type
     * @param answerers what answers a question, by its name
     * @param schemas the JSON Schemas that ports of a stage name, by the stage's id and their names
     * @param loadingAnswers the questions that plugins will answer which are being loaded
     * @param refused plugin file name to reason
     */
    record Result(
            SortedMap<String, PaletteEntry> entries,
            Map<String, StageResolver.Resolved> resolved,
            Map<String, Answerer> answerers,
            Map<String, Map<String, String>> schemas,
            Set<String> loadingAnswers,
            SortedMap<String, String> refused) {}

    /**
     * Builds.
     *
     * @param code the code that the server itself brings along
     * @param runnable what this server can run
     */
    static Result of(
            Collection<StageDefinition> builtin,
            Collection<StageRegistration> code,
            Map<String, PluginStages> plugins,
            Collection<StageDefinition> custom,
            StageExecutors executors) {
        PaletteBuild build = new PaletteBuild(executors);
        code.forEach(each -> build.own.put(each.metadata().stageType(), each));
        builtin.forEach(stage -> build.put(stage, Origin.BUILTIN, null));
        custom.forEach(stage -> build.put(stage, Origin.CUSTOM, null));
        plugins.forEach(build::addPlugin);
        Map<String, StageResolver.Resolved> resolved = new TreeMap<>();
        build.entries.forEach((id, entry) -> resolved.put(id, build.resolved(entry)));
        return new Result(
                build.entries,
                resolved,
                Map.copyOf(build.answerers),
                Map.copyOf(build.schemas),
                Set.copyOf(build.loadingAnswers),
                build.refused);
    }

    /**
     * A custom stage as a palette entry.
     *
     * @param unavailable why it cannot run here, null when it can
     * @param needsPrompt whether it runs only where its stage template has a prompt
     */
    static PaletteEntry customEntry(StageDefinition stage, @Nullable String unavailable, boolean needsPrompt) {
        return new PaletteEntry(stage, Origin.CUSTOM, null, unavailable, needsPrompt, 0);
    }

    private StageResolver.Resolved resolved(PaletteEntry entry) {
        PluginStages owner = owners.get(entry.id());
        if (owner == null) {
            return new StageResolver.Resolved(entry, own.get(entry.id()));
        }
        LoadedPlugin code = owner.code();
        return code == null
                ? StageResolver.Resolved.loading(entry)
                : new StageResolver.Resolved(entry, code.registrations().get(entry.id()), code.settings(), code.code());
    }

    private void addPlugin(String file, PluginStages plugin) {
        String name = plugin.jar().name();
        String first = names.get(name.toLowerCase(Locale.ROOT));
        if (first != null) {
            refused.put(
                    file,
                    "There is a plugin '" + name + "' already, from " + first
                            + ", which came first and keeps the name; remove it or " + file + ".");
            return;
        }
        for (StageDefinition stage : plugin.jar().stages()) {
            Optional<String> taken = takenBy(stage);
            if (taken.isPresent()) {
                refused.put(
                        file,
                        "Its stage '" + stage.id() + "' (of plugin '" + name + "', " + file + ") collides with "
                                + taken.get() + ".");
                return;
            }
        }
        names.put(name.toLowerCase(Locale.ROOT), file);
        for (StageDefinition stage : plugin.jar().stages()) {
            owners.put(stage.id(), plugin);
            files.put(stage.id(), file);
            schemas.put(stage.id(), plugin.jar().schemasOf(stage));
            Origin origin = entries.containsKey(stage.id()) ? Origin.BUILTIN : Origin.PLUGIN;
            put(stage, origin, name);
        }
        LoadedPlugin code = plugin.code();
        if (code == null) {
            loadingAnswers.addAll(plugin.jar().queries());
        } else {
            // Of several plugins that answer the same the first one is asked.
            plugin.jar()
                    .queries()
                    .forEach(query -> answerers.putIfAbsent(
                            query,
                            new Answerer(
                                    name,
                                    Objects.requireNonNull(code.registrations().get(Answerer.TYPE + query)),
                                    code.settings(),
                                    code.code())));
        }
    }

    private Optional<String> takenBy(StageDefinition stage) {
        PaletteEntry owner = entries.get(stage.id());
        if (owner == null) {
            return Optional.empty();
        }
        if (owner.origin() == Origin.CUSTOM) {
            return Optional.of("the custom stage of that id");
        }
        if (owner.plugin() != null) {
            return Optional.of("the one of plugin '" + owner.plugin() + "' (" + files.get(stage.id())
                    + "), which came first and keeps it");
        }
        boolean open = owner.definition().type() == EntryType.STAGE
                && stage.type() == EntryType.STAGE
                && owner.definition().executor() == ExecutorType.JAVA
                && stage.executor() == ExecutorType.JAVA
                && !own.containsKey(stage.id());
        return open ? Optional.empty() : Optional.of("the built-in one of that id");
    }

    private void put(StageDefinition stage, Origin origin, @Nullable String plugin) {
        entries.put(stage.id(), entry(stage, origin, plugin));
    }

    private PaletteEntry entry(StageDefinition stage, Origin origin, @Nullable String plugin) {
        return new PaletteEntry(stage, origin, plugin, unavailable(stage, origin), executors.needsPrompt(stage), 0);
    }

    private @Nullable String unavailable(StageDefinition stage, Origin origin) {
        if (stage.type() != EntryType.STAGE) {
            return OwnEnds.unavailable(stage.type(), origin).orElse(null);
        }
        PluginStages owner = owners.get(stage.id());
        if (owner != null && owner.code() == null) {
            return "Its plugin is being loaded.";
        }
        Optional<String> off = executors.unavailable(stage);
        if (off.isPresent()) {
            return off.get();
        }
        if (stage.executor() == ExecutorType.JAVA && owner == null && !own.containsKey(stage.id())) {
            return "No plugin that implements '" + stage.id() + "' is installed.";
        }
        return null;
    }
}
