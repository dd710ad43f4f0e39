package dev.callboard.feed;

import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server that looks often for feed connections that are gone. */
abstract class FeedFixture {
    static final int HEARTBEAT_MS = 200;

    @TempDir
    Path folder;

    TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of("feed.heartbeat_ms", String.valueOf(HEARTBEAT_MS)));
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
