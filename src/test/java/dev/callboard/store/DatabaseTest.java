package dev.callboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.problem.ProblemException;
import dev.callboard.testing.Databases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.sql.DriverManager;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each test holds one trap of the database shut. */
class DatabaseTest extends DatabaseFixture {
    @Test
    @Tag("hsqldb")
    void aWriteAfterATransactionIsSeenByAnotherConnection() throws Exception {
        await(database.write(transaction -> insert(transaction, 1)));
        await(database.read(DatabaseTest::count));
        await(database.write(transaction -> insert(transaction, 2)));
        try (var other = DriverManager.getConnection(new Hsqldb(folder.path()).url(), "SA", "");
                var rows = other.createStatement().executeQuery("SELECT COUNT(*) FROM palette_state")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(2);
        }
    }

    @Test
    void aFailingUnitDoesNotFailTheOthersOfItsTransaction() {
        List<Future<Void>> writes = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            int id = i;
            writes.add(database.write(transaction -> insert(transaction, id)
                    .compose(ignored -> id % 5 == 0 ? insert(transaction, id) : Future.succeededFuture())));
        }
        Future.join(writes)
                .toCompletionStage()
                .toCompletableFuture()
                .handle((ok, no) -> ok)
                .join();
        assertThat(writes.stream().filter(Future::failed)).hasSize(10);
        assertThat(await(database.read(DatabaseTest::count))).isEqualTo(40);
    }

    @Test
    void aUnitThatThrowsIsAFailureOfThatUnitAlone() {
        Future<Void> bad = database.write(transaction -> {
            throw new IllegalArgumentException("no");
        });
        Future<Void> good = database.write(transaction -> insert(transaction, 1));
        assertThatThrownBy(() -> await(bad)).hasRootCauseInstanceOf(IllegalArgumentException.class);
        await(good);
        assertThat(await(database.read(DatabaseTest::count))).isEqualTo(1);
    }

    @Test
    void aUnitThatEndsWithAnErrorLeavesNothingBehind() {
        Future<Void> bad = database.write(transaction -> {
            insert(transaction, 1);
            throw new LinkageError("no");
        });
        assertThatThrownBy(() -> await(bad)).hasRootCauseInstanceOf(LinkageError.class);
        await(database.write(transaction -> insert(transaction, 2)));
        assertThat(await(database.read(DatabaseTest::count))).isEqualTo(1);
    }

    @Test
    @Tag("hsqldb")
    void tablesAreKeptOnDiskNotInMemory() {
        List<String> types = await(database.read(transaction -> transaction
                .execute(
                        "SELECT DISTINCT hsqldb_type FROM information_schema.system_tables "
                                + "WHERE table_schem = ? AND table_type = ? AND table_name <> ?",
                        Tuple.of("PUBLIC", "TABLE", "flyway_schema_history"))
                .map(rows -> {
                    List<String> found = new ArrayList<>();
                    rows.forEach(row -> found.add(row.getString(0)));
                    return found;
                })));
        assertThat(types).containsExactly("CACHED");
    }

    @Test
    void valuesComeBackAsTheyWentIn() {
        OffsetDateTime now = OffsetDateTime.of(2026, 2, 3, 4, 5, 6, 789_000_000, ZoneOffset.UTC);
        String text = "ä😀".repeat(40_000);
        await(database.write(transaction -> transaction
                .execute(
                        "INSERT INTO idempotency_keys (actor, idempotency_key, request_hash, status, answer, "
                                + "created_at) VALUES (?, ?, ?, ?, ?, ?)",
                        Tuple.of("local", "key", "hash", 200, text, now))
                .<Void>mapEmpty()));
        var row = await(database.read(transaction -> transaction
                .execute("SELECT answer, created_at, status FROM idempotency_keys WHERE actor = ?", Tuple.of("local"))
                .map(rows -> rows.iterator().next())));
        assertThat(row.getString("answer")).isEqualTo(text);
        assertThat(row.getOffsetDateTime("created_at").toInstant()).isEqualTo(now.toInstant());
        assertThat(row.getInteger("status")).isEqualTo(200);
    }

    @Test
    void answersArriveOnTheContextOfTheCaller() {
        var context = vertx.getOrCreateContext();
        var promise = io.vertx.core.Promise.<Boolean>promise();
        context.runOnContext(ignored -> database.write(transaction -> insert(transaction, 1))
                .compose(done -> database.read(DatabaseTest::count))
                .onComplete(result -> promise.complete(Vertx.currentContext() == context)));
        assertThat(await(promise.future())).isTrue();
    }

    @Test
    void javaMethodsCannotBeCalledFromSql() {
        assertThatThrownBy(() -> await(database.read(
                        transaction -> transaction.execute("CALL \"java.lang.System.setProperty\"('a', 'b')"))))
                .isNotNull();
    }

    @Test
    void textsThatDifferInSpacesAtTheirEndsAreDifferent() {
        for (String key : List.of("a", "a ", "a  ", "a\t")) {
            await(database.write(transaction -> transaction.execute(
                    "INSERT INTO palette_entries (id, revision, hash) VALUES (?, ?, ?)", Tuple.of(key, 1L, "h"))));
        }
        await(database.close());
        database = await(Databases.open(vertx, folder));
        for (String key : List.of("a", "a ", "a  ", "a\t")) {
            String found = await(database.read(transaction -> transaction
                    .execute("SELECT id FROM palette_entries WHERE id = ?", Tuple.of(key))
                    .map(rows -> rows.iterator().next().getString("id"))));
            assertThat(found).isEqualTo(key);
        }
    }

    @Test
    void itReopensWithWhatWasAcknowledged() {
        await(database.write(transaction -> insert(transaction, 1)));
        await(database.close());
        database = await(Databases.open(vertx, folder));
        assertThat(await(database.read(DatabaseTest::count))).isEqualTo(1);
    }

    @Test
    void aHeldDataFolderIsRefusedWithAHint() {
        assertThatThrownBy(() -> DataFolder.open(dir))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("The data folder " + dir
                        + " is in use by another Callboard; use --server URL to submit to it.");
    }

    static Future<Void> insert(Transaction transaction, int id) {
        return transaction
                .execute("INSERT INTO palette_state (id, epoch, revision) VALUES (?, ?, ?)", Tuple.of(id, "e", 1L))
                .mapEmpty();
    }

    static Future<Integer> count(Transaction transaction) {
        return transaction
                .execute("SELECT COUNT(*) FROM palette_state")
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }
}
