package dev.callboard.pipelines;

import dev.callboard.problem.Fields;
import dev.callboard.problem.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that a pipeline needs.
 *
 * @param pointer where the pipeline says so
 * @param plugin its name, null when it is named by a class
 * @param callable the class name of its {@code StagePlugin}, the older way; null when it is named by its name
 * @param version the lowest version that will do, null for any
 * @param settings defaults for the config of the plugin's stages in this pipeline
 */
public record PluginNeed(
        String pointer,
        @Nullable String plugin,
        @Nullable String callable,
        @Nullable String version,
        Map<String, @Nullable Object> settings) {
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final Pattern CALLABLE = Pattern.compile("[^\\p{Cntrl}\\s]{1,300}");
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,3}");
    private static final Set<String> KEYS = Set.of("plugin", "callable", "version", "settings");
    private static final int MOST = 50;

    /** Copies. */
    public PluginNeed {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** What a pipeline needs, in its order. */
    public static List<PluginNeed> of(Pipeline pipeline) {
        return read(pipeline.plugins(), new ArrayList<>());
    }

    /** Reads the section {@code plugins}. */
    static List<PluginNeed> read(Map<?, ?> plugins, List<Violation> violations) {
        Fields fields = new Fields(plugins, "/plugins", violations);
        PipelineReader.knownKeys(fields, Set.of("stages"));
        return fields.objects("stages", MOST, (need, index) -> one(need));
    }

    private static PluginNeed one(Fields fields) {
        PipelineReader.knownKeys(fields, KEYS);
        if (fields.has("plugin") == fields.has("callable")) {
            fields.wrong("plugin", "must be given, the name of a plugin");
        }
        String plugin = fields.word("plugin", "", NAME);
        String callable = fields.word("callable", "", CALLABLE);
        Object number = fields.get("version");
        String version = number instanceof Number ? number.toString() : fields.word("version", "", VERSION);
        String pointer = fields.pointerOf("");
        return new PluginNeed(
                pointer.substring(0, pointer.length() - 1),
                plugin.isEmpty() ? null : plugin,
                callable.isEmpty() ? null : callable,
                version.isEmpty() ? null : version,
                PipelineReader.object(fields, "settings"));
    }

    /** The loaded plugin that is meant, of whatever version. */
    public Optional<PluginCatalog.Plugin> find(PluginCatalog catalog) {
        return callable != null
                ? catalog.ofClass(callable)
                : catalog.loaded().stream()
                        .filter(loaded -> loaded.name().equals(plugin))
                        .findFirst();
    }

    /**
     * Why a pipeline's needs are not met now; nothing when they are. Blocks when a plugin is named by a class.
     *
     * @param plugins the pipeline's section {@code plugins}
     * @return the first that is not, such as {@code needs the plugin 'X', which is not loaded}
     */
    public static Optional<String> unmet(Map<String, ? extends @Nullable Object> plugins, PluginCatalog catalog) {
        return read(plugins, new ArrayList<>()).stream()
                .flatMap(need -> need.unmet(catalog).stream())
                .findFirst();
    }

    /** Why it is not met, nothing when it is. */
    Optional<String> unmet(PluginCatalog catalog) {
        String name = callable == null ? "the plugin '" + plugin + "'" : "a plugin with the class '" + callable + "'";
        Optional<PluginCatalog.Plugin> found = find(catalog);
        if (found.isEmpty()) {
            return Optional.of("needs " + name + ", which is not loaded");
        }
        String have = found.get().version();
        return version == null || compare(have, version) >= 0
                ? Optional.empty()
                : Optional.of("needs " + name + " in version " + version + " or newer; loaded is version " + have);
    }

    /** By the numbers at the front; what has none is older than anything. */
    private static int compare(String have, String wanted) {
        String[] ours = have.split("[.+-]");
        String[] theirs = wanted.split("\\.");
        for (int i = 0; i < theirs.length; i++) {
            long one = i < ours.length && ours[i].matches("\\d{1,9}") ? Long.parseLong(ours[i]) : i == 0 ? -1 : 0;
            int difference = Long.compare(one, Long.parseLong(theirs[i]));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }
}
