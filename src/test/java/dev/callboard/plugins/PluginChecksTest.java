package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a jar says of itself is checked before its code runs, and refused in words that can be read. */
class PluginChecksTest extends PluginChecksFixture {
    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "1.1", "1.2", "1.3", " 1.1 "})
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
        refused(jar("Api").api(api), api, "this server has 1.3", "another major version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.4", "1.9999"})
    void aNewerMinorIsRefused(String api) throws IOException {
        refused(jar("Api").api(api), api, "this server has 1.3", "newer server");
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
    @ValueSource(
            strings = {
                "java/lang/Evil.class",
                "javax/net/ssl/SSLContext.class",
                "jdk/internal/misc/Unsafe.class",
                "dev/callboard/spi/Stage.class",
                "dev/callboard/spi/New.class",
                "dev/callboard/spi/testing/RecordingStageContext.class",
                "dev/callboard/Main.class",
                "dev/callboard/plugins/Plugins.class",
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
    void settingsAreCheckedBeforeTheCodeRunsAndNoValueIsReported() throws IOException {
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
        FoundPlugins scanned = scan();
        LoadedPlugin loaded = scanned.stages().get("the.jar").code();
        assertThat(loaded).as(scanned.list(Map.of()).toString()).isNotNull();
        assertThat(loaded.settings()).isEqualTo(Map.of("size", 3, "token", "the value", "name", "n"));
        assertThat(loaded.toString() + rules).doesNotContain("the value", "A_NAME");
    }
}
