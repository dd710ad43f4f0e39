package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.model.StageDefinition;
import dev.callboard.model.StageDefinitionReader;
import dev.callboard.model.Violation;
import dev.callboard.spi.ApiVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/**
 * What a plugin jar says of itself, read without running any of its code.
 *
 * @param name the manifest's {@code Implementation-Title}, else the file's name
 * @param version the manifest's {@code Implementation-Version}, else {@code unknown}
 * @param forked whether its code runs in processes of its own: {@code Callboard-Isolation: fork}
 * @param stages the entries of {@code META-INF/callboard/stages.json}
 */
record PluginJar(String name, String version, boolean forked, List<StageDefinition> stages) {
    static final String STAGES = "META-INF/callboard/stages.json";

    /** The most that is read of the stages file, in bytes: nobody writes so many stages by hand. */
    private static final int MAX_STAGES_BYTES = 4 << 20;

    private static final int MAX_MANIFEST_BYTES = 1 << 20;

    PluginJar {
        stages = List.copyOf(stages);
    }

    /**
     * Reads a jar.
     *
     * @throws PluginRefused with one sentence when it is not a plugin for this server
     */
    static PluginJar read(Path path) throws PluginRefused {
        try (JarFile jar = new JarFile(path.toFile())) {
            ZipEntry entry = jar.getEntry(JarFile.MANIFEST_NAME);
            if (entry != null && entry.getSize() > MAX_MANIFEST_BYTES) {
                throw new PluginRefused("Its manifest is larger than " + MAX_MANIFEST_BYTES + " bytes.");
            }
            Manifest manifest = jar.getManifest();
            Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
            checkApi(attributes.getValue("Callboard-Api"));
            String title = attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE);
            String version = attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return new PluginJar(
                    title == null ? String.valueOf(path.getFileName()) : title,
                    version == null ? "unknown" : version,
                    isForked(attributes.getValue("Callboard-Isolation")),
                    stages(jar));
        } catch (IOException e) {
            throw new PluginRefused("It is not a readable jar: " + e.getMessage() + ".");
        }
    }

    private static void checkApi(@org.jspecify.annotations.Nullable String api) throws PluginRefused {
        if (api == null) {
            throw new PluginRefused("Its manifest has no 'Callboard-Api': it is not a Callboard plugin.");
        }
        if (!api.strip().equals(String.valueOf(ApiVersion.MAJOR))) {
            throw new PluginRefused("It was built for version " + api.strip() + " of the stage API, this server has "
                    + ApiVersion.MAJOR + ".");
        }
    }

    private static boolean isForked(@org.jspecify.annotations.Nullable String isolation) throws PluginRefused {
        String word = isolation == null ? "none" : isolation.strip();
        if (!word.equals("none") && !word.equals("fork")) {
            throw new PluginRefused("Its manifest says 'Callboard-Isolation: " + word + "'; known are none and fork.");
        }
        return word.equals("fork");
    }

    private static List<StageDefinition> stages(JarFile jar) throws IOException, PluginRefused {
        ZipEntry entry = jar.getEntry(STAGES);
        if (entry == null) {
            throw new PluginRefused("It has no " + STAGES + ".");
        }
        byte[] bytes;
        try (InputStream in = jar.getInputStream(entry)) {
            bytes = in.readNBytes(MAX_STAGES_BYTES + 1);
        }
        if (bytes.length > MAX_STAGES_BYTES) {
            throw new PluginRefused("Its " + STAGES + " is larger than " + MAX_STAGES_BYTES + " bytes.");
        }
        Object value;
        try {
            value = Json.parse(bytes);
        } catch (JsonSyntaxException e) {
            throw new PluginRefused("Its " + STAGES + " cannot be read, line " + e.line() + ", column " + e.column()
                    + ": " + e.getMessage());
        }
        if (!(value instanceof Map<?, ?> map) || !(map.get("stages") instanceof List<?> list)) {
            throw new PluginRefused("Its " + STAGES + " must be an object with a list 'stages'.");
        }
        List<StageDefinition> stages = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            StageDefinitionReader.Result result = StageDefinitionReader.read(list.get(i), "/stages/" + i);
            violations.addAll(result.violations());
            StageDefinition stage = result.definition();
            if (stage == null) {
                continue;
            }
            if (stages.stream().anyMatch(other -> other.id().equals(stage.id()))) {
                violations.add(new Violation("/stages/" + i + "/id", "'" + stage.id() + "' is there twice"));
            }
            stages.add(stage);
        }
        if (!violations.isEmpty()) {
            throw new PluginRefused("Its " + STAGES + " is wrong: "
                    + violations.stream()
                            .limit(5)
                            .map(violation -> violation.pointer() + " " + violation.detail())
                            .collect(Collectors.joining("; "))
                    + ".");
        }
        return stages;
    }
}
