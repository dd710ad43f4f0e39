package dev.callboard.dispatch;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A {@link TaskServer} of its own for each test, not started yet. */
public abstract class TaskServerFixture {
    @TempDir
    protected Path dir;

    protected TaskServer server;

    @BeforeEach
    protected void prepare() throws IOException {
        server = new TaskServer(dir);
    }

    @AfterEach
    protected void close() throws IOException {
        server.close();
    }
}
