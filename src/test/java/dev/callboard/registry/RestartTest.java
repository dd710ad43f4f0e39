package dev.callboard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.callboard.config.ForkConfig;
import dev.callboard.executors.Executors;
import dev.callboard.fork.Forks;
import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.metrics.Meters;
import dev.callboard.plugins.BundledPlugins;
import dev.callboard.plugins.PluginOptions;
import dev.callboard.plugins.PluginRules;
import dev.callboard.process.ChildProcesses;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restart keeps, and what it makes of a file that a crash or a hand left behind. */
class RestartTest {
    @TempDir
    Path folder;

    @Test
    void aRestartWithoutAChangeKeepsStagesRevisionEpochAndEtags() {
        try (TestServer server = TestServer.start(folder)) {
            server.add("a");
            server.add("b");
            server.http().delete("/api/vp/stages/b");
            String palette = server.palette().toString();
            String etag = server.http().get("/api/vp/stages/a").header("ETag");
            for (int i = 0; i < 2; i++) {
                server.restart();
                assertThat(server.palette().toString()).isEqualTo(palette);
                assertThat(server.http().get("/api/vp/stages/a").header("ETag")).isEqualTo(etag);
            }
            assertThat(server.add("c").at("/revision").asLong()).isEqualTo(server.revision());
        }
    }

    @Test
    void aFileThatWasChangedMeanwhileAddsExactlyOne() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            server.add("a");
            server.add("b");
            long revision = server.revision();
            String etag = server.http().get("/api/vp/stages/a").header("ETag");
            server.stop();
            Files.writeString(server.stagesFile(), Json.writePretty(Stages.file("a", "c", "d", "e")));
            server.start();
            assertThat(server.revision()).isEqualTo(revision + 1);
            assertThat(server.http().get("/api/vp/stages/a").header("ETag")).isEqualTo(etag);
            assertThat(server.http().get("/api/vp/stages/b").status()).isEqualTo(404);
            assertThat(server.http().get("/api/vp/stages/e").header("ETag")).isEqualTo("\"" + (revision + 1) + "\"");
            server.restart();
            assertThat(server.revision()).isEqualTo(revision + 1);
        }
    }

    @Test
    void aNewDataFolderIsANewEpoch() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            String epoch = server.palette().path("epoch").asText();
            server.stop();
            Files.move(folder.resolve("data"), folder.resolve("old-data"));
            server.start();
            assertThat(server.palette().path("epoch").asText()).isNotEqualTo(epoch);
        }
    }

    /** Every length at which a crash could have cut the file off, in the registry itself: thousands of starts. */
    @Test
    void aFileThatWasCutOffAnywhereLosesNothingSilently() throws IOException {
        Path file = folder.resolve("config").resolve("stages.json");
        Path backup = folder.resolve("config").resolve("stages.json.bak");
        Files.createDirectories(file.getParent());
        String[] ids = new String[20];
        Arrays.setAll(ids, i -> "stage-" + (char) ('a' + i));
        byte[] whole = Json.writePretty(Stages.file(ids)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int length = 0; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            Files.write(file, cut);
            boolean withBackup = length % 2 == 0;
            if (withBackup) {
                Files.write(backup, whole);
            } else {
                Files.deleteIfExists(backup);
            }
            check(file, length, cut, withBackup);
        }
        for (byte[] odd : new byte[][] {new byte[4096], Arrays.copyOf(whole, whole.length + 7)}) {
            Files.write(file, odd);
            Files.write(backup, whole);
            check(file, -odd.length, odd, true);
        }
    }

    private static void check(Path file, int length, byte[] cut, boolean withBackup) throws IOException {
        PaletteSources.Found found = new PaletteSources(
                        options(file),
                        List.of(),
                        Clock.systemUTC(),
                        Meters.none().palette())
                .start();
        SortedMap<String, Object> custom = new TreeMap<>();
        found.build().entries().forEach((id, entry) -> {
            if (id.startsWith("stage-")) {
                custom.put(id, entry);
            }
        });
        boolean readable = isJson(cut);
        if (found.file().readable() != readable) {
            fail("at %d bytes: %s", length, found.file());
        }
        if (custom.size() != (readable || withBackup ? 20 : 0)) {
            fail("at %d bytes: %s stages, %s", length, custom.size(), found.file());
        }
        if (found.file().backup() != (readable || withBackup) || !Arrays.equals(Files.readAllBytes(file), cut)) {
            fail("at %d bytes: %s", length, found.file());
        }
    }

    private static boolean isJson(byte[] bytes) {
        try {
            return Json.parse(bytes) instanceof Map<?, ?>;
        } catch (JsonSyntaxException e) {
            return false;
        }
    }

    private static RegistryVerticle.Options options(Path file) {
        return new RegistryVerticle.Options(
                file,
                new PluginOptions(
                        file.resolveSibling("plugins"),
                        BundledPlugins.NONE,
                        file.resolveSibling("copies"),
                        Optional.empty(),
                        new Forks(
                                new ForkConfig(64, Duration.ofSeconds(10), 1),
                                file.resolveSibling("work"),
                                new ChildProcesses(file.resolveSibling("data")),
                                name -> null),
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        new PluginRules(Duration.ofSeconds(2), Set.of(), Map.of(), name -> null)),
                Executors.unconfigured(),
                100);
    }

    @Test
    void aFileThatWasCutOffStartsTheWholeServerToo() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            server.add("a");
            byte[] whole = Files.readAllBytes(server.stagesFile());
            for (int length : new int[] {0, 1, whole.length / 2, whole.length - 3}) {
                server.stop();
                byte[] cut = Arrays.copyOf(whole, length);
                Files.write(server.stagesFile(), cut);
                server.start();
                assertThat(server.http()
                                .get("/api/vp")
                                .at("/stages_file/status")
                                .asText())
                        .isEqualTo("unreadable");
                assertThat(server.http().get("/api/vp/stages/a").status()).isEqualTo(200);
                assertThat(server.add("b").status()).isEqualTo(503);
                assertThat(Files.readAllBytes(server.stagesFile())).isEqualTo(cut);
            }
        }
    }

    @Test
    void whatAKilledProcessLeftBesideIsRemoved() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            server.add("a");
            server.stop();
            Path leftover = server.stagesFile().resolveSibling("custom_pipeline_stages.json.tmp");
            Files.writeString(leftover, "half");
            server.start();
            assertThat(leftover).doesNotExist();
            assertThat(server.http().get("/api/vp/stages/a").status()).isEqualTo(200);
        }
    }
}
