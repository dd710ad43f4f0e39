package dev.callboard.http;

import dev.callboard.testing.Http;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own for each test, with nothing in its folder. */
abstract class ServerFixture {
    @TempDir
    Path folder;

    TestServer server;
    Http http;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        http = server.http();
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
