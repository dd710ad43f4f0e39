package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;

import dev.callboard.testing.Databases;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A database of its own for each test. */
abstract class DatabaseFixture {
    final Vertx vertx = Vertx.vertx();

    @TempDir
    Path dir;

    DataFolder folder;
    Database database;

    @BeforeEach
    void open() {
        folder = DataFolder.open(dir);
        database = opened();
    }

    /** Opens the folder's database. */
    Database opened() {
        return await(Databases.open(vertx, folder));
    }

    @AfterEach
    void close() throws IOException {
        await(database.close());
        folder.close();
        await(vertx.close());
    }
}
