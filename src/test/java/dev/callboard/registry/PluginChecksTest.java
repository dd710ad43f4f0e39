package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.config.ForkConfig;
import dev.callboard.fork.Forks;
import dev.callboard.metrics.Meters;
import dev.callboard.model.ExecutorType;
import dev.callboard.testing.PluginJars;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a jar says of itself is checked before its code runs, and refused in words that can be read. */
class PluginChecksTest {
    private static final String RAN = "callboard.test.ran";

    @TempDir
    Path folder;

    private Path plugins;
    private PluginRules rules = rules(Set.of(), Map.of(), name -> null);

    @BeforeEach
    void makeFolder() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        System.clearProperty(RAN);
    }

    private static PluginRules rules(
            Set<String> allowed, Map<String, Map<String, Object>> settings, Function<String, @Nullable String> found) {
        return new PluginRules(Duration.ZERO, allowed, settings, found);
    }

    private static PluginJars jar(String name) {
        return PluginJars.of(name, "a-stage").body("static { System.setProperty(\"" + RAN + "\", \"yes\"); }");
    }

    private Plugins scan() {
        Plugins scanned = new Plugins(
                new RegistryVerticle.Options(
                        folder.resolve("stages.json"),
                        plugins,
                        folder.resolve("copies"),
                        new Forks(new ForkConfig(64, Duration.ofSeconds(10), 1), folder.resolve("work"), name -> null),
                        true,
                        Set.of(ExecutorType.JAVA),
                        100,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        rules),
                Clock.systemUTC(),
                Meters.none().palette());
        assertThat(scanned.rescan()).isTrue();
        return scanned;
    }

    private PluginStatus status(PluginJars jar) throws IOException {
        jar.write(plugins, "the.jar");
        List<PluginStatus> all = scan().list(Map.of());
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** Refused before any of its code ran. */
    private void refused(PluginJars jar, String... reasons) throws IOException {
        PluginStatus status = status(jar);
        assertThat(status.state()).as(status.toString()).isEqualTo("refused");
        assertThat(status.reason()).contains(reasons);
        assertThat(String.valueOf(status.reason()).chars()).noneMatch(Character::isISOControl);
        assertThat(status.reason()).doesNotContain("\u202e").hasSizeLessThan(1_100);
        assertThat(System.getProperty(RAN)).isNull();
        try (var copies = Files.list(folder.resolve("copies"))) {
            assertThat(copies).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "1.1", " 1.1 "})
    void thisMajorAndNoNewerMinorIsTaken(String api) throws IOException {
        PluginStatus status = status(jar("Api").api(api));
        assertThat(status.state()).as(status.toString()).isEqualTo("loaded");
        assertThat(status.api()).isEqualTo(api.strip());
        assertThat(status.isolation()).isEqualTo("none");
        assertThat(System.getProperty(RAN)).isEqualTo("yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "2.0", "0.9", "99.1"})
    void anotherMajorIsRefused(String api) throws IOException {
        refused(jar("Api").api(api), api, "this server has 1.1", "another major version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.9999"})
    void aNewerMinorIsRefused(String api) throws IOException {
        refused(jar("Api").api(api), api, "this server has 1.1", "newer server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "1.", ".1", "1.1.1", "01", "1.01", "-1", "1.x", "99999999999", "1,1"})
    void aMalformedVersionIsRefused(String api) throws IOException {
        refused(jar("Api").api(api), "MAJOR or MAJOR.MINOR");
    }

    @Test
    void isolationIsNoneOrFork() throws IOException {
        refused(jar("Iso").manifest("Callboard-Isolation", "docker"), "docker", "none and fork");
        assertThat(status(jar("Iso").manifest("Callboard-Isolation", "none")).isolation())
                .isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<img src=x onerror=alert(1)>", "Ev\u202eil", "a\u200fb", "a\u0007b", "a\"b"})
    void aHostileNameIsRefused(String name) throws IOException {
        refused(jar("Named").manifest("Implementation-Title", name), "Implementation-Title");
    }

    @Test
    void aLongNameIsRefusedAndCutInTheReason() throws IOException {
        refused(jar("Named").manifest("Implementation-Title", "n".repeat(10_240)), "at most 100", "…");
        refused(jar("Named").manifest("Implementation-Version", "1".repeat(10_240)), "Implementation-Version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "<img onerror=alert(1)>", "\u200fid", "a\u0000b", "UPPER", "__proto__", "a/b"})
    void aHostileIdIsRefused(String id) throws IOException {
        refused(jar("Ids").stagesJson(stage(id, "Name")), "/stages/0/id");
    }

    @Test
    void hostileTextsOfStagesAreRefused() throws IOException {
        refused(jar("Texts").stagesJson(stage("x".repeat(10_240), "Name")), "/stages/0/id");
        refused(jar("Texts").stagesJson(stage("a-stage", "n".repeat(10_240))), "/stages/0/name", "10240");
        refused(jar("Texts").stagesJson(stage("a-stage", "a\u200fb")), "/stages/0/name");
        refused(jar("Texts").stagesJson(stage("a-stage", "a\u202eb")), "/stages/0/name");
        refused(jar("Texts").stagesJson("{\"stages\": {}}"), "a list 'stages'");
        refused(jar("Texts").stagesJson("{\"stages\": [\u0007"), "line 1");
    }

    private static String stage(String id, String name) {
        return dev.callboard.json.Json.write(Map.of(
                "stages",
                List.of(Map.of("id", id, "name", name, "type", "stage", "ports", Map.of(), "executor", "java"))));
    }

    @Test
    void tooManyStagesAreRefused() throws IOException {
        refused(
                jar("Many")
                        .stagesJson("{\"stages\": ["
                                + IntStream.range(0, 1_001).mapToObj(i -> "1").collect(Collectors.joining(",")) + "]}"),
                "1001 stages",
                "at most 1000");
        refused(jar("Large").stagesJson(" ".repeat((4 << 20) + 1)), "larger than");
    }

    @Test
    void aManifestBombIsRefused() throws IOException {
        byte[] bomb = new byte[64 << 20];
        java.util.Arrays.fill(bomb, (byte) ' ');
        byte[] jar = zip(Map.of("META-INF/MANIFEST.MF", bomb), Map.of());
        assertThat(jar.length).isLessThan(1 << 20);
        Files.write(plugins.resolve("bomb.jar"), jar);
        assertThat(scan().list(Map.of()).get(0).reason()).contains("MANIFEST.MF is larger than");
        // The same, and it lies about its size.
        Files.write(plugins.resolve("bomb.jar"), lying(jar, 64 << 20, 100));
        assertThat(scan().list(Map.of()).get(0).state()).isEqualTo("refused");
    }

    @Test
    void hugeDeclaredSizesAreRefused() throws IOException {
        byte[] manifest = "Manifest-Version: 1.0\nCallboard-Api: 1\n".getBytes(StandardCharsets.UTF_8);
        byte[] jar = zip(Map.of("META-INF/MANIFEST.MF", manifest, "a/Big.class", new byte[77_777]), Map.of());
        Files.write(plugins.resolve("sizes.jar"), lying(jar, 77_777, 2_000_000_000));
        assertThat(scan().list(Map.of()).get(0).reason()).contains("a/Big.class", "2000000000 bytes", "at most");
        byte[] service = new byte[100_000];
        java.util.Arrays.fill(service, (byte) 'x');
        Files.write(
                plugins.resolve("sizes.jar"),
                zip(
                        Map.of(
                                "META-INF/MANIFEST.MF", manifest,
                                "META-INF/services/dev.callboard.spi.StagePlugin", service),
                        Map.of()));
        assertThat(scan().list(Map.of()).get(0).reason()).contains("StagePlugin is larger than");
    }

    private static byte[] zip(Map<String, byte[]> first, Map<String, byte[]> more) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map<String, byte[]> entries : List.of(first, more)) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                    zip.closeEntry();
                }
            }
        }
        return bytes.toByteArray();
    }

    /** With another size in the central directory (PKWARE's APPNOTE, 4.3.12: 24 bytes into each header). */
    private static byte[] lying(byte[] zip, int size, int told) {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(zip.clone()).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < zip.length - 46; at++) {
            if (bytes.getInt(at) == 0x02014b50 && bytes.getInt(at + 24) == size) {
                bytes.putInt(at + 24, told);
            }
        }
        return bytes.array();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java/lang/Evil.class",
                "javax/net/ssl/SSLContext.class",
                "jdk/internal/misc/Unsafe.class",
                "dev/callboard/spi/Stage.class",
                "dev/callboard/spi/New.class",
                "dev/callboard/Main.class",
                "dev/callboard/registry/Plugins.class",
                "META-INF/versions/17/dev/callboard/spi/Stage.class"
            })
    void coreClassesAreRefused(String entry) throws IOException {
        refused(jar("Core").entry(entry, new byte[] {1}), "overrides a core class");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javax/annotation/Nonnull.class",
                "com/fasterxml/jackson/core/JsonFactory.class",
                "dev/callboard/documents/Own.class",
                "java/lang/notes.txt"
            })
    void librariesOfItsOwnAreFine(String entry) throws IOException {
        PluginStatus status = status(jar("Libraries").entry(entry, new byte[] {1}));
        assertThat(status.state()).as(status.toString()).isEqualTo("loaded");
    }

    @Test
    void onlyAllowedJarsAreLoaded() throws Exception {
        byte[] bytes = jar("Allowed").bytes();
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        rules = rules(Set.of("0".repeat(64)), Map.of(), name -> null);
        Files.write(plugins.resolve("allowed.jar"), bytes);
        PluginStatus refused = scan().list(Map.of()).get(0);
        assertThat(refused.state()).isEqualTo("refused");
        assertThat(refused.reason()).contains(digest, "plugins.allowed_sha256");
        assertThat(System.getProperty(RAN)).isNull();
        rules = rules(Set.of(digest), Map.of(), name -> null);
        assertThat(scan().list(Map.of()).get(0).state()).isEqualTo("loaded");
    }

    private static final String SCHEMA =
            "[{\"key\":\"size\",\"type\":\"integer\",\"default\":3,\"max\":9},{\"key\":\"token\",\"type\":\"secret\"},"
                    + "{\"key\":\"name\",\"type\":\"string\",\"required\":true}]";

    @Test
    void settingsAreCheckedBeforeTheCodeRunsAndNoValueIsTold() throws IOException {
        PluginJars jar = jar("Set").settingsSchema(SCHEMA);
        refused(jar, "plugins.settings.Set", "/name", "required");
        rules = rules(Set.of(), Map.of("Set", Map.of("name", "topsecret\n", "size", 10, "other", 1)), name -> null);
        refused(jar, "/name", "/size", "at most 9", "no setting 'other'");
        assertThat(status(jar).reason()).doesNotContain("topsecret");
        rules = rules(Set.of(), Map.of("Set", Map.of("name", "n", "token", "NO_SUCH_NAME")), name -> null);
        refused(jar, "'token'", "NO_SUCH_NAME", "not set");
        refused(jar("Set"), "It has no settings", "name, token");
        refused(jar("Set").settingsSchema("[{\"key\":\"1\"}]"), "/settings_schema/0/key");
        rules = rules(
                Set.of(),
                Map.of("Set", Map.of("name", "n", "token", "A_NAME")),
                name -> name.equals("A_NAME") ? "the value" : null);
        jar.write(plugins, "the.jar");
        Plugins scanned = scan();
        LoadedPlugin loaded = scanned.stages().get("the.jar").code();
        assertThat(loaded).as(scanned.list(Map.of()).toString()).isNotNull();
        assertThat(loaded.settings()).isEqualTo(Map.of("size", 3, "token", "the value", "name", "n"));
        assertThat(loaded.toString() + rules).doesNotContain("the value", "A_NAME");
    }
}
