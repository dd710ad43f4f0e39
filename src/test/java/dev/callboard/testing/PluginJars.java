package dev.callboard.testing;

import dev.callboard.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private @Nullable String api = "1";
    private @Nullable String stagesJson;
    private @Nullable String isolation;
    private final Map<String, byte[]> more = new LinkedHashMap<>();

    private PluginJars(String className, List<Object> stages, String registered) {
        this.className = className;
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

    /** Registers something else than it declares: Java expressions, separated by commas. */
    public PluginJars registering(String expressions) {
        registered = expressions;
        return this;
    }

    /** With another API version in the manifest; null leaves it out. */
    public PluginJars api(@Nullable String version) {
        api = version;
        return this;
    }

    /** With an isolation in the manifest. */
    public PluginJars isolation(String word) {
        isolation = word;
        return this;
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
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.IMPLEMENTATION_TITLE, className);
        attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, "2.3.4");
        if (api != null) {
            attributes.putValue("Callboard-Api", api);
        }
        if (isolation != null) {
            attributes.putValue("Callboard-Isolation", isolation);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            put(jar, "META-INF/services/dev.callboard.spi.StagePlugin", utf8("plugin." + className));
            String json = stagesJson == null ? Json.write(Map.of("stages", stages)) : stagesJson;
            put(jar, "META-INF/callboard/stages.json", utf8(json));
            for (Map.Entry<String, byte[]> compiled : compile().entrySet()) {
                put(jar, compiled.getKey(), compiled.getValue());
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
