package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that mislead, lists without an end and jars that grow when read are refused before they do harm. */
class HostileJarsTest extends PluginChecksFixture {
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
}
