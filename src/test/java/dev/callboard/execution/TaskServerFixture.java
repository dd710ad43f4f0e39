package dev.callboard.execution;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A {@link TaskServer} of its own for each test, not started yet. */
abstract class TaskServerFixture {
    @TempDir
    Path dir;

    TaskServer server;

    @BeforeEach
    void prepare() throws IOException {
        server = new TaskServer(dir);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }
}
