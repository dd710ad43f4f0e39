package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static dev.callboard.store.DatabaseTest.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callboard.metrics.Meters;
import dev.callboard.problem.ProblemException;
import dev.callboard.testing.LocalPostgres;
import dev.callboard.testing.TcpProxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away, does not answer, or that another server takes. */
class PostgresFaultsTest {
    /** A busy machine is silent for seconds. */
    private static final PostgresBackend.Patience USUAL =
            new PostgresBackend.Patience(Duration.ofMillis(300), Duration.ofMillis(400), Duration.ofSeconds(60));

    private static final PostgresBackend.Patience SHORT =
            new PostgresBackend.Patience(Duration.ofMillis(300), Duration.ofMillis(400), Duration.ofSeconds(2));

    private final Vertx vertx = Vertx.vertx();
    private final PostgresServer server = LocalPostgres.shared().database();
    private final TcpProxy proxy = new TcpProxy(server.port());

    @TempDir
    Path dir;

    private DataFolder folder;
    private Database database;

    @BeforeEach
    void open() {
        folder = DataFolder.open(dir.resolve("data"));
        database = await(openAt(proxy.port(), USUAL));
    }

    private Future<Database> openAt(int port, PostgresBackend.Patience patience) {
        return Database.open(vertx, at(port), patience, folder, new Reserve(0), Meters.none());
    }

    private PostgresServer at(int port) {
        return new PostgresServer(
                server.host(), port, server.database(), server.user(), "", PostgresServer.Tls.DISABLE, null, 4);
    }

    @AfterEach
    void close() throws IOException {
        await(database.close());
        proxy.close();
        folder.close();
        await(vertx.close());
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + server.database(), server.user(), "");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static String code(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof ProblemException problem ? problem.problem().code() : String.valueOf(cause);
    }

    private int stored() {
        return await(database.read(DatabaseTest::count));
    }

    @Test
    void aSecondServerIsRefused() {
        assertThatThrownBy(() -> await(openAt(server.port(), USUAL)))
                .hasMessageContaining("Another server of Callboard uses the database")
                .satisfies(failure -> assertThat(code(failure)).isEqualTo("database_in_use"));
        await(database.write(transaction -> insert(transaction, 1)));
    }

    @Test
    void afterItsEndTheNextServerOpensItAtOnce() {
        await(database.write(transaction -> insert(transaction, 1)));
        await(database.close());
        database = await(openAt(server.port(), USUAL));
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aStartThatFailedKeepsNobodyFromTheNext() throws SQLException {
        await(database.close());
        sql("DELETE FROM server_epoch");
        assertThatThrownBy(() -> await(openAt(server.port(), USUAL))).hasMessageContaining("cannot be used");
        sql("INSERT INTO server_epoch (id, epoch, commits, held) VALUES (1, 0, 0, TRUE)");
        database = await(openAt(server.port(), USUAL));
        await(database.write(transaction -> insert(transaction, 1)));
    }

    @Test
    void aServerThatWasTakenOverStoresNothingMore() throws SQLException {
        await(database.write(transaction -> insert(transaction, 1)));
        sql("UPDATE server_epoch SET epoch = epoch + 1");
        assertThatThrownBy(() -> await(database.write(transaction -> insert(transaction, 2))))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo("database_taken_over"));
        await().untilAsserted(() -> assertThatThrownBy(() -> stored())
                .satisfies(failure -> assertThat(code(failure)).isEqualTo("database_taken_over")));
        sql("UPDATE server_epoch SET epoch = epoch - 1");
        await().ignoreExceptions().untilAsserted(() -> assertThat(stored()).isEqualTo(1));
    }

    @Test
    void aCommitThatWasSentAndNotAnsweredIsAcknowledgedWhenItIsStored() {
        await(database.write(transaction -> insert(transaction, 1)));
        proxy.leads(true, false);
        Future<Void> written = database.write(transaction -> transaction.write(
                "INSERT INTO palette_state (id, epoch, revision) VALUES (?, ?, ?)",
                java.util.List.of(Tuple.of(2, "e", 1L))));
        await().until(() -> proxy.lost() > 0);
        assertThat(written.isComplete()).isFalse();
        proxy.cut();
        proxy.leads(true, true);
        await(written);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void aCommitThatNeverArrivedIsRefused() {
        await(database.write(transaction -> insert(transaction, 1)));
        proxy.leads(false, true);
        Future<Void> written = database.write(transaction -> transaction.write(
                "INSERT INTO palette_state (id, epoch, revision) VALUES (?, ?, ?)",
                java.util.List.of(Tuple.of(2, "e", 1L))));
        await().until(() -> proxy.lost() > 0);
        proxy.cut();
        proxy.leads(true, true);
        assertThatThrownBy(() -> await(written))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo("database_unavailable"));
        await().ignoreExceptions().untilAsserted(() -> assertThat(stored()).isEqualTo(1));
    }

    @Test
    void aConnectionThatLeadsNowhereIsNoticedWithoutAWrite() {
        await(database.close());
        database = await(openAt(proxy.port(), SHORT));
        await(database.write(transaction -> insert(transaction, 1)));
        proxy.leads(false, false);
        await().until(() -> database.storage().refusal() != null);
        assertThatThrownBy(() -> await(database.write(transaction -> insert(transaction, 2))))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo("database_unavailable"));
        proxy.leads(true, true);
        await().until(() -> database.storage().refusal() == null);
        await(database.write(transaction -> insert(transaction, 3)));
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void whileACommitIsNotAnsweredNobodyElseWaits() {
        await(database.write(transaction -> insert(transaction, 1)));
        proxy.leads(true, false);
        Future<Void> first = database.write(transaction -> insert(transaction, 2));
        await().until(() -> proxy.lost() > 0);
        Future<Void> waiting = database.write(transaction -> insert(transaction, 3));
        assertThatThrownBy(() -> await(waiting))
                .hasMessageContaining("has not answered for")
                .satisfies(failure -> assertThat(code(failure)).isEqualTo("database_unavailable"));
        assertThat(first.isComplete()).isFalse();
        proxy.cut();
        proxy.leads(true, true);
        assertThatThrownBy(() -> await(first)).isNotNull();
        await().ignoreExceptions().untilAsserted(() -> assertThat(stored()).isEqualTo(1));
    }

    @Test
    void aSlowDatabaseLosesNothing() {
        proxy.delay(20);
        for (int id = 1; id <= 5; id++) {
            int each = id;
            await(database.write(transaction -> insert(transaction, each)));
        }
        assertThat(stored()).isEqualTo(5);
    }

    @Test
    void aTransactionThatTheDatabaseUndoesIsRepeated() throws SQLException {
        sql(
                "CREATE SEQUENCE tries",
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN IF nextval('tries') < 3 THEN"
                        + " RAISE EXCEPTION 'could not serialize' USING ERRCODE = '40001'; END IF; RETURN NEW; END $f$",
                "CREATE TRIGGER refused BEFORE INSERT ON palette_state FOR EACH ROW EXECUTE FUNCTION refuse()");
        await(database.write(transaction -> insert(transaction, 1)));
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aTextWithNulFailsAlone() {
        Future<Void> good = database.write(transaction -> insert(transaction, 1));
        Future<Void> bad = database.write(transaction -> transaction
                .execute("INSERT INTO palette_state (id, epoch, revision) VALUES (?, ?, ?)", Tuple.of(2, "a\0b", 1L))
                .mapEmpty());
        Future<Void> after = database.write(transaction -> insert(transaction, 3));
        await(good);
        await(after);
        assertThatThrownBy(() -> await(bad))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo("nul_in_text"));
        assertThat(stored()).isEqualTo(2);
    }
}
