package dev.callboard.plugins;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.palette.RefusalClass;
import dev.callboard.palette.Setting;
import dev.callboard.palette.SettingsSchema;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageDefinitionReader;
import dev.callboard.problem.Violation;
import dev.callboard.spi.StagePlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin jar says of itself, read without running any of its code.
 *
 * @param name the manifest's {@code Implementation-Title}, else the file's name
 * @param version the manifest's {@code Implementation-Version}, else {@code unknown}
 * @param isolation where its code runs: {@code none} or {@code fork}
 * @param settingsSchema of the operator's settings for all its stages
 * @param stages the entries of {@code META-INF/callboard/stages.json}
 * @param queries the names of the questions that its code answers
 * @param schemas the JSON Schemas that ports of its stages name, as texts by name
 */
public record PluginJar(
        String name,
        String version,
        String isolation,
        List<Setting> settingsSchema,
        List<StageDefinition> stages,
        List<String> queries,
        Map<String, String> schemas) {
    static final String STAGES = "META-INF/callboard/stages.json";

    private static final String SERVICE = "META-INF/services/" + StagePlugin.class.getName();

    /** The most that is read of the stages file, in bytes: nobody writes so many stages by hand. */
    private static final int MAX_STAGES_BYTES = 4 << 20;

    private static final int MAX_STAGES = 1_000;
    private static final int MAX_QUERIES = 20;

    /** So that with {@link dev.callboard.palette.Answerer#TYPE} it is a stage type. */
    private static final Pattern QUERY = Pattern.compile("[a-z][a-z0-9_-]{0,49}");

    private static final int MAX_MANIFEST_BYTES = 1 << 20;
    private static final int MAX_SERVICE_BYTES = 64 << 10;

    /** Copies. */
    public PluginJar {
        settingsSchema = List.copyOf(settingsSchema);
        stages = List.copyOf(stages);
        queries = List.copyOf(queries);
        schemas = Map.copyOf(schemas);
    }

    /** The schemas that ports of one of its stages name, as texts by name. */
    public Map<String, String> schemasOf(StageDefinition stage) {
        Map<String, String> named = new TreeMap<>(schemas);
        named.keySet().retainAll(stage.ports().schemas());
        return named;
    }

    /** Whether its code runs in processes of its own. */
    boolean forked() {
        return isolation.equals(PluginManifest.FORK);
    }

    /**
     * Reads a jar.
     *
     * @param file its name in the plugins folder
     * @param seen is given the manifest as soon as it is read, also of a jar that is refused
     * @throws PluginRefused with one sentence when it is not a plugin for this server
     */
    static PluginJar read(Path path, String file, Consumer<PluginManifest> seen) throws PluginRefused {
        // Without signatures: checking them would read more of the jar than what is bounded here.
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            byte[] bytes = JarEntries.read(jar, JarFile.MANIFEST_NAME, MAX_MANIFEST_BYTES);
            PluginManifest manifest = PluginManifest.read(bytes == null ? new byte[0] : bytes);
            seen.accept(manifest);
            manifest.checkApi();
            String name = manifest.name(file);
            String version = manifest.checkedVersion();
            String isolation = manifest.checkedIsolation();
            JarEntries.check(jar);
            JarEntries.read(jar, SERVICE, MAX_SERVICE_BYTES);
            byte[] stages = JarEntries.read(jar, STAGES, MAX_STAGES_BYTES);
            if (stages == null) {
                throw new PluginRefused(RefusalClass.DESCRIPTION, "It has no " + STAGES + ".");
            }
            Map<?, ?> description = description(stages);
            List<Violation> violations = new ArrayList<>();
            List<Setting> settings = SettingsSchema.read(description, "", violations);
            List<StageDefinition> definitions = stages(description.get("stages"), violations);
            List<String> queries = queries(description.get("queries"), violations);
            refuse(violations);
            return new PluginJar(
                    name, version, isolation, settings, definitions, queries, PortSchemas.read(jar, definitions));
        } catch (IOException | IllegalArgumentException e) {
            throw new PluginRefused(RefusalClass.UNREADABLE, "It is not a readable jar: " + e.getMessage() + ".");
        }
    }

    private static Map<?, ?> description(byte[] bytes) throws PluginRefused {
        Object value;
        try {
            value = Json.parse(bytes);
        } catch (JsonSyntaxException e) {
            throw new PluginRefused(
                    RefusalClass.DESCRIPTION,
                    "Its " + STAGES + " cannot be read, line " + e.line() + ", column " + e.column() + ": "
                            + e.getMessage());
        }
        if (!(value instanceof Map<?, ?> map) || !(map.get("stages") instanceof List<?> list)) {
            throw new PluginRefused(
                    RefusalClass.DESCRIPTION, "Its " + STAGES + " must be an object with a list 'stages'.");
        }
        if (list.size() > MAX_STAGES) {
            throw new PluginRefused(
                    RefusalClass.DESCRIPTION,
                    "Its " + STAGES + " has " + list.size() + " stages; at most " + MAX_STAGES + " are taken.");
        }
        return map;
    }

    private static List<StageDefinition> stages(@Nullable Object value, List<Violation> violations) {
        List<?> list = value instanceof List<?> elements ? elements : List.of();
        List<StageDefinition> stages = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String at = "/stages/" + i;
            StageDefinitionReader.Result result = StageDefinitionReader.read(list.get(i), at);
            violations.addAll(result.violations());
            StageDefinition stage = result.definition();
            if (stage == null) {
                continue;
            }
            if (!ids.add(stage.id())) {
                violations.add(new Violation(at + "/id", "duplicate id '" + stage.id() + "'"));
            }
            checkSeen(stage.name(), at + "/name", violations);
            checkSeen(stage.label(), at + "/label", violations);
            stages.add(stage);
        }
        return stages;
    }

    private static List<String> queries(@Nullable Object value, List<Violation> violations) {
        List<String> queries = new ArrayList<>();
        List<?> list = value instanceof List<?> elements ? elements : List.of();
        if (value != null && !(value instanceof List<?>) || list.size() > MAX_QUERIES) {
            violations.add(new Violation("/queries", "must be a list of at most " + MAX_QUERIES + " names"));
            return queries;
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof String name && QUERY.matcher(name).matches() && !queries.contains(name)) {
                queries.add(name);
            } else {
                violations.add(new Violation("/queries/" + i, "must be a name that matches " + QUERY + ", once"));
            }
        }
        return queries;
    }

    /** A name from outside that shows as another one. */
    private static void checkSeen(String text, String at, List<Violation> violations) {
        if (text.codePoints().anyMatch(PluginText::isHidden)) {
            violations.add(new Violation(at, "must not contain characters that cannot be seen or turn the text"));
        }
    }

    private static void refuse(List<Violation> violations) throws PluginRefused {
        if (!violations.isEmpty()) {
            throw new PluginRefused(
                    RefusalClass.DESCRIPTION,
                    "Its " + STAGES + " is wrong: "
                            + violations.stream()
                                    .limit(5)
                                    .map(violation -> violation.pointer() + " " + violation.detail())
                                    .collect(Collectors.joining("; "))
                            + ".");
        }
    }
}
