package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.PluginJars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A jar that cannot be loaded is refused on its own, in words; no jar makes a scan fail. */
class RefusedPluginsTest extends PluginFixture {
    @Test
    void eachBadJarIsRefusedWithItsReasonAndNoneTouchesTheOthers() throws IOException {
        PluginJars.of("Good", "good-stage").write(plugins, "good.jar");
        Files.write(plugins.resolve("text.jar"), "not a zip".getBytes(StandardCharsets.UTF_8));
        Files.write(plugins.resolve("empty.jar"), new byte[0]);
        byte[] whole = PluginJars.of("Cut", "cut-stage").bytes();
        Files.write(plugins.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
        PluginJars.of("NoApi", "no-api").api(null).write(plugins, "no-api.jar");
        PluginJars.of("OtherApi", "other-api").api("99").write(plugins, "other-api.jar");
        PluginJars.of("BadJson", "bad-json").stagesJson("{\n \"stages\": [}").write(plugins, "bad-json.jar");
        PluginJars.of("BadStage", "bad-stage")
                .stagesJson("{\"stages\":[{\"id\":\"../x\",\"name\":\"X\",\"type\":\"stage\",\"ports\":{}}]}")
                .write(plugins, "bad-stage.jar");
        PluginJars.of("Hidden", "hidden").stagesJson("{\"stages\":[]}").write(plugins, "hidden.jar");
        PluginJars.of("Missing", "missing").registering("").write(plugins, "missing.jar");
        PluginJars.of("Keys", "keys")
                .registering(
                        "new StageRegistration(StageMetadata.builder(\"keys\").stateKey(\"k\").build(), () -> null)")
                .write(plugins, "keys.jar");
        PluginJars.of("Static", "static-stage")
                .body("static { if (true) throw new IllegalStateException(\"no way\"); }")
                .write(plugins, "static.jar");
        PluginJars.of("Constructor", "constructor-stage")
                .body("public Constructor() { throw new StackOverflowError(\"deep\"); }")
                .write(plugins, "constructor.jar");
        PluginJars.of("Nulls", "nulls").registering("(StageRegistration) null").write(plugins, "nulls.jar");
        PluginJars.of("Builtin", "builtin-sink")
                .stagesJson("{\"stages\":[{\"id\":\"result\",\"name\":\"X\",\"type\":\"sink\",\"ports\":{}}]}")
                .registering("")
                .write(plugins, "builtin.jar");
        PluginJars.of("Bomb", "bomb").entry("a-bomb", new byte[8 << 20]).write(plugins, "unrelated-bomb.jar");
        server.start();
        refused("text.jar", "not a readable jar");
        refused("empty.jar", "not a readable jar");
        refused("cut.jar", "not a readable jar");
        refused("no-api.jar", "Callboard-Api");
        refused("other-api.jar", "99", "1");
        refused("bad-json.jar", "line 2");
        refused("bad-stage.jar", "/stages/0/id");
        refused("hidden.jar", "does not name");
        refused("missing.jar", "does not register");
        refused("keys.jar", "state keys");
        refused("static.jar", "Its code failed");
        refused("constructor.jar", "Its code failed");
        refused("nulls.jar", "Its code failed");
        refused("builtin.jar", "collides", "built-in");
        assertThat(state("unrelated-bomb.jar")).isEqualTo("loaded");
        assertThat(state("good.jar")).isEqualTo("loaded");
        assertThat(stage("good-stage").at("/available").asBoolean()).isTrue();
        assertThat(server.add("still-works").status()).isEqualTo(200);
        assertThat(server.http()
                        .get("/health/ready")
                        .at("/checks/plugins/status")
                        .asText())
                .isEqualTo("degraded");
    }

    /** Random byte flips, in the registry itself: hundreds of loads. */
    @Test
    void noCorruptJarMakesTheScanFail() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] whole = PluginJars.of("Flip", "flip-stage").bytes();
        Files.createDirectories(plugins);
        for (int i = 0; i < 200; i++) {
            byte[] flipped = whole.clone();
            for (int flip = 0; flip <= i % 4; flip++) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(plugins.resolve("flip-" + i + ".jar"), flipped);
        }
        PluginRules rules = new PluginRules(Duration.ofSeconds(2), Set.of(), Map.of(), name -> null);
        FoundPlugins scanned = PluginScan.of(folder, Duration.ofSeconds(10), rules);
        List<PluginStatus> all = scanned.list(Map.of());
        assertThat(all).as("seed %s", seed).hasSize(200);
        assertThat(all).allSatisfy(status -> assertThat(status.state().equals("loaded") || status.reason() != null)
                .isTrue());
        assertThat(all).anyMatch(status -> status.state().equals("refused"));
    }
}
