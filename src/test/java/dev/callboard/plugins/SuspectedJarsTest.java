package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.json.Json;
import dev.callboard.testing.PluginJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A jar that was being loaded when the server ended is tried in a process of its own before it is loaded again. */
class SuspectedJarsTest extends PluginFixture {

    @Test
    void oneThatDidNothingIsLoadedAgain() throws Exception {
        Path jar = PluginJars.of("Fine", "fine").write(plugins, "fine.jar");
        suspect(jar, 0);
        server.start();

        await().until(() -> state("fine.jar"), "loaded"::equals);

        assertThat(Files.readString(loading())).doesNotContain(sha256(jar));
    }

    @Test
    void oneThatFailsItsTrialIsRefusedAndAnotherVersionIsTriedAnew() throws Exception {
        Path jar = PluginJars.of("Bad", "bad")
                .body("static { Runtime.getRuntime().halt(7); }")
                .write(plugins, "bad.jar");
        PluginJars.of("Fine", "fine").write(plugins, "fine.jar");
        suspect(jar, 0);
        server.start();

        await().until(() -> state("bad.jar"), "refused"::equals);
        refused("bad.jar", "The server ended while this jar was being loaded", "exit code 7", "plugin-loading.json");
        assertThat(state("fine.jar")).isEqualTo("loaded");
        PluginJars.of("Bad", "bad").write(plugins, "bad.jar");
        await().until(() -> state("bad.jar"), "loaded"::equals);
    }

    @Test
    void oneThatEndedTheServerAgainAndAgainIsNotEvenTried() throws Exception {
        Path jar = PluginJars.of("Fine", "fine").write(plugins, "fine.jar");
        suspect(jar, 2);
        server.start();

        await().until(() -> state("fine.jar"), "refused"::equals);
        refused("fine.jar", "The server ended 3 times in a row");
        assertThat(stage("fine").status()).isEqualTo(404);
    }

    private Path loading() {
        return folder.resolve("data/plugin-loading.json");
    }

    /** As a server leaves it that ended while the jar was being loaded. */
    private void suspect(Path jar, int endsBefore) throws IOException, NoSuchAlgorithmException {
        Files.createDirectories(loading().getParent());
        Files.writeString(loading(), Json.write(Map.of("loading", Map.of(sha256(jar), endsBefore))));
    }

    private static String sha256(Path jar) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
    }
}
