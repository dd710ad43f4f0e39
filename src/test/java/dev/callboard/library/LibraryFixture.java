package dev.callboard.library;

import static dev.callboard.testing.Patience.LONG;

import dev.callboard.bus.Bus;
import dev.callboard.store.DataFolder;
import dev.callboard.store.Database;
import dev.callboard.testing.Databases;
import dev.callboard.testing.TestClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Libraries on a database of their own for each test, without a server. */
abstract class LibraryFixture {
    final Vertx vertx = Vertx.vertx();
    final TestClock clock = new TestClock();

    @TempDir
    Path dir;

    DataFolder folder;
    Database database;
    Bus bus;
    Libraries libraries;

    @BeforeEach
    void open() throws IOException {
        folder = DataFolder.open(dir);
        database = await(Databases.open(vertx, folder));
        bus = Bus.on(vertx);
        libraries = new Libraries(bus, database, dir.resolve("plugin-data"), clock);
    }

    @AfterEach
    void close() throws IOException {
        await(database.close());
        folder.close();
        await(vertx.close());
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LONG.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
