package dev.callboard.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own for each test, with nothing in its folder. */
public abstract class ServerFixture {
    @TempDir
    protected Path folder;

    protected TestServer server;
    protected Http http;

    @BeforeEach
    protected void start() {
        server = TestServer.start(folder);
        http = server.http();
    }

    @AfterEach
    protected void stop() {
        server.close();
    }
}
