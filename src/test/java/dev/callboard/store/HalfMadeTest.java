package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that ends while it makes or upgrades the database leaves what the next one can begin with. */
class HalfMadeTest {
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path dir;

    @AfterEach
    void close() {
        await(vertx.close());
    }

    private static void migrate(Hsqldb hsqldb, String target) {
        Flyway.configure()
                .dataSource(hsqldb.url(), Hsqldb.USER, Hsqldb.NO_PASSWORD)
                .locations("classpath:db/migration", "classpath:db/hsqldb")
                .javaMigrations(new LeanTables())
                .target(target)
                .load()
                .migrate();
    }

    /** The files as they are now, as the end of the process leaves them. */
    private Path ended(Path data) throws IOException {
        Path copy = dir.resolve("copy");
        RowsFixture.copy(data.resolve("db"), copy.resolve("db"));
        return copy;
    }

    private void requireUsable(Path data) throws Exception {
        for (int start = 0; start < 2; start++) {
            try (DataFolder folder = DataFolder.open(data)) {
                Database database = await(Database.open(vertx, folder));
                assertThat(database.storage().findings()).isEmpty();
                await(database.close());
            }
            assertThat(data.resolve("db/callboard.half")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "1", "10", "28"})
    void aDatabaseThatWasNeverWholeIsMadeAnew(String version) throws Exception {
        Path data = dir.resolve("data");
        Hsqldb hsqldb = new Hsqldb(data);
        hsqldb.open();
        if (!version.equals("none")) {
            migrate(hsqldb, version);
        }
        Path left = ended(data);
        assertThat(new Hsqldb(left).exists()).isFalse();
        hsqldb.closeNow();
        requireUsable(left);
    }

    @Test
    void filesOfANewDatabaseThatWereNotAllWrittenAreMadeAnew() throws Exception {
        Path data = dir.resolve("data");
        Hsqldb hsqldb = new Hsqldb(data);
        hsqldb.open();
        Path left = ended(data);
        hsqldb.closeNow();
        Files.delete(left.resolve("db/callboard.script"));
        requireUsable(left);
    }

    private Path old() throws SQLException, IOException {
        Path data = dir.resolve("data");
        Hsqldb old = new Hsqldb(data);
        old.open();
        migrate(old, "13");
        RowsFixture.execute(old, "CREATE TABLE witness (id INTEGER PRIMARY KEY)");
        RowsFixture.execute(old, "INSERT INTO witness VALUES (17)");
        old.shutDown();
        assertThat(data.resolve("db/callboard.half")).doesNotExist();
        return data;
    }

    private void requireWitness(Path data) throws Exception {
        Hsqldb hsqldb = new Hsqldb(data);
        hsqldb.open();
        try (Connection connection = hsqldb.connect();
                var rows = connection.createStatement().executeQuery("SELECT id FROM witness")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(17);
            assertThat(SchemaVersion.isNewest(connection, SchemaVersion.HSQLDB)).isTrue();
        } finally {
            hsqldb.closeNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "19", "28"})
    void anUpgradeThatDidNotEndBeginsAgain(String version) throws Exception {
        Path data = old();
        Hsqldb hsqldb = new Hsqldb(data);
        hsqldb.open();
        hsqldb.beginUpgrade();
        migrate(hsqldb, version);
        // Of a migration whose other half is missing.
        RowsFixture.execute(hsqldb, "UPDATE witness SET id = 18");
        Path left = ended(data);
        hsqldb.closeNow();
        requireUsable(left);
        requireWitness(left);
    }

    @Test
    void anUpgradeThatEndedIsKept() throws Exception {
        Path data = old();
        Hsqldb hsqldb = new Hsqldb(data);
        hsqldb.open();
        hsqldb.beginUpgrade();
        byte[] mark = Files.readAllBytes(data.resolve("db/callboard.half"));
        migrate(hsqldb, "28");
        hsqldb.checkpoint();
        RowsFixture.execute(hsqldb, "DELETE FROM witness");
        RowsFixture.execute(hsqldb, "INSERT INTO witness VALUES (17)");
        Path left = ended(data);
        hsqldb.closeNow();
        // As if the process had ended between the checkpoint and the removal.
        Files.write(left.resolve("db/callboard.half"), mark);
        requireUsable(left);
        requireWitness(left);
    }
}
