package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.PluginJars;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plugin whose code never ends is given up on in time, and holds up nobody else. */
class HangingPluginsTest extends PluginFixture {
    /** Its class is never done loading, and an interrupt does not end it. */
    private static final String HANG = "static { new java.util.concurrent.Semaphore(0).acquireUninterruptibly(); }";

    @Test
    void aPluginThatHangsHoldsUpNobody() throws IOException {
        server = TestServer.start(folder, Map.of("limits.plugin_load_ms", "3000"));
        PluginJars.of("Hangs", "hangs").body(HANG).write(plugins, "hangs.jar");
        PluginJars.of("Quick", "quick").write(plugins, "quick.jar");
        List<Long> waits = new ArrayList<>();
        await().until(() -> {
            long start = System.nanoTime();
            assertThat(server.add("while-" + waits.size()).status()).isEqualTo(200);
            waits.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
            return state("hangs.jar").equals("refused");
        });
        refused("hangs.jar", "3000 ms");
        assertThat(state("quick.jar")).isEqualTo("loaded");
        assertThat(waits).allMatch(wait -> wait < 2_500);
    }

    @Test
    void aPluginThatHangsAtStartIsWaitedForOnce() throws IOException {
        for (String name : List.of("A", "B")) {
            PluginJars.of(name, "hangs-" + name.toLowerCase(Locale.ROOT))
                    .body(HANG)
                    .write(plugins, name + ".jar");
        }
        server = TestServer.start(folder, Map.of("limits.plugin_load_ms", "1000"));
        refused("A.jar", "1000 ms");
        refused("B.jar", "1000 ms");
    }
}
