package dev.callboard.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder of plugin jars and a server, not started yet, that reads it. */
abstract class PluginFixture {

    @TempDir
    Path folder;

    Path plugins;
    TestServer server;

    @BeforeEach
    void folders() {
        plugins = folder.resolve("plugins");
        server = TestServer.stopped(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    JsonNode plugin(String file) {
        for (JsonNode plugin : server.http().get("/api/plugins").at("/items")) {
            if (plugin.path("file").asText().equals(file)) {
                return plugin;
            }
        }
        return MissingNode.getInstance();
    }

    String state(String file) {
        return plugin(file).path("state").asText();
    }

    Reply stage(String id) {
        return server.http().get("/api/vp/stages/" + id);
    }

    void refused(String file, String... reasons) {
        JsonNode plugin = plugin(file);
        assertThat(plugin.path("state").asText()).as(plugin.toString()).isEqualTo("refused");
        assertThat(plugin.path("reason").asText()).contains(reasons);
    }
}
