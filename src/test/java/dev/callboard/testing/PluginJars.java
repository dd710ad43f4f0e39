package dev.callboard.testing;

import dev.callboard.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Builds plugin jars: source text in, a jar as an author would make it out. */
public final class PluginJars {
    private final String className;
    private final List<Object> stages;
    private String body = "";
    private String registered;
    private final Map<String, String> manifest =
            new LinkedHashMap<>(Map.of("Implementation-Version", "2.3.4", "Callboard-Api", "1"));
    private int classVersion;
    private @Nullable String stagesJson;
    private final Map<String, byte[]> more = new LinkedHashMap<>();
    private final Set<String> left = new HashSet<>();

    private PluginJars(String className, List<Object> stages, String registered) {
        this.className = className;
        manifest.put("Implementation-Title", className);
        this.stages = stages;
        this.registered = registered;
    }

    /** A plugin that declares and registers these stages; each answers with its input. */
    public static PluginJars of(String className, String... ids) {
        List<Object> stages = Stream.of(ids)
                .map(id -> {
                    Map<String, Object> stage = Stages.manual(id);
                    stage.put("executor", "java");
                    return (Object) stage;
                })
                .toList();
        String list = String.join(
                ", ",
                Stream.of(ids)
                        .map(id -> "new StageRegistration(StageMetadata.builder(\"" + id
                                + "\").build(), () -> (context, input) -> input)")
                        .toList());
        return new PluginJars(className, stages, list);
    }

    /** With more members of its class, such as a static block. */
    public PluginJars body(String members) {
        body = members;
        return this;
    }

    /** Declares a state key for all its stages; what it registers must name it too. */
    @SuppressWarnings("unchecked")
    public PluginJars stateKey(String key) {
        stages.forEach(stage -> ((Map<String, Object>) stage).put("state_key", key));
        return this;
    }

    /** Registers something else than it declares: Java expressions, separated by commas. */
    public PluginJars registering(String expressions) {
        registered = expressions;
        return this;
    }

    /** With another API version in the manifest; null leaves it out. */
    public PluginJars api(@Nullable String version) {
        return manifest("Callboard-Api", version);
    }

    /** With an attribute of its manifest; null leaves it out. */
    public PluginJars manifest(String name, @Nullable String value) {
        if (value == null) {
            manifest.remove(name);
        } else {
            manifest.put(name, value);
        }
        return this;
    }

    /** With an isolation in the manifest. */
    public PluginJars isolation(String word) {
        return manifest("Callboard-Isolation", word);
    }

    /** As if compiled for another Java: 69 is Java 25. */
    public PluginJars classVersion(int version) {
        classVersion = version;
        return this;
    }

    /** Without a class that was compiled with it, such as {@code plugin/Main$Part.class}. */
    public PluginJars without(String entry) {
        left.add(entry);
        return this;
    }

    /** With settings for the operator: a settings schema as JSON text. */
    public PluginJars settingsSchema(String json) {
        return stagesJson("{\"settings_schema\":" + json + ",\"stages\":" + Json.write(stages) + "}");
    }

    /** With another text as its list of stages. */
    public PluginJars stagesJson(String text) {
        stagesJson = text;
        return this;
    }

    /** With one more entry in the jar. */
    public PluginJars entry(String name, byte[] bytes) {
        more.put(name, bytes);
        return this;
    }

    /** Writes the jar whole, by a rename. */
    public Path write(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Path temporary = folder.resolve(name + ".part");
        Files.write(temporary, bytes());
        return Files.move(temporary, folder.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** The jar. */
    public byte[] bytes() throws IOException {
        Manifest written = new Manifest();
        Attributes attributes = written.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach(attributes::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, written)) {
            put(jar, "META-INF/services/dev.callboard.spi.StagePlugin", utf8("plugin." + className));
            String json = stagesJson == null ? Json.write(Map.of("stages", stages)) : stagesJson;
            put(jar, "META-INF/callboard/stages.json", utf8(json));
            for (Map.Entry<String, byte[]> compiled : compile().entrySet()) {
                byte[] code = compiled.getValue();
                if (classVersion > 0) {
                    code[7] = (byte) classVersion;
                }
                if (!left.contains(compiled.getKey())) {
                    put(jar, compiled.getKey(), code);
                }
            }
            for (Map.Entry<String, byte[]> entry : more.entrySet()) {
                put(jar, entry.getKey(), entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, byte[]> compile() throws IOException {
        String source = "package plugin; import dev.callboard.spi.*; import java.util.List; public class " + className
                + " implements StagePlugin { " + body + " public List<StageRegistration> stages() { return List.of("
                + registered + "); } }";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createTempDirectory("plugin-classes");
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///plugin/" + className + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of(
                "--release",
                "17",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"));
        if (!compiler.getTask(new java.io.StringWriter(), null, null, options, null, List.of(file))
                .call()) {
            throw new IllegalArgumentException("does not compile: " + source);
        }
        Map<String, byte[]> compiled = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(path -> {
                try {
                    if (Files.isRegularFile(path)) {
                        compiled.put(classes.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
                    }
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return compiled;
    }
}
