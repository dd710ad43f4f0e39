package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static dev.callboard.store.DatabaseTest.count;
import static dev.callboard.store.DatabaseTest.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callboard.metrics.Meters;
import dev.callboard.problem.ProblemException;
import dev.callboard.testing.Exposition;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HSQLDB says that a commit succeeded when its log could not be synced; nobody may hear that. */
class UnsureCommitTest extends DatabaseFixture {
    private final FailingDisk disk = new FailingDisk();
    private final Meters meters = Meters.prometheus();

    @Override
    Database opened() {
        return openOn(disk);
    }

    private Database openOn(FailingDisk used) {
        return await(Database.open(vertx, folder, new Reserve(0), meters, used));
    }

    @AfterEach
    @Override
    void close() throws IOException {
        super.close();
        meters.close();
    }

    private double metric(String name) {
        return Exposition.read(meters.text()).sum(name);
    }

    @Test
    void aCommitThatWasNotSyncedIsRefusedAndNotReadAfterwards() {
        await(database.write(transaction -> insert(transaction, 1)));
        disk.fail(true);
        assertThatThrownBy(() -> await(database.write(transaction -> insert(transaction, 2))))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().code()).isEqualTo("database_unavailable"))
                .hasMessageContaining("Nothing was stored");
        assertThat(database.storage().refusal()).isNotNull();
        assertThat(metric("callboard_storage_writable")).isZero();
        assertThat(metric("callboard_storage_unsure_commits_total")).isEqualTo(1);
        assertThatThrownBy(() -> await(database.read(transaction -> count(transaction))))
                .as("what was rolled back is not read")
                .hasMessageContaining("database_unavailable");
        assertThatThrownBy(() -> await(database.write(transaction -> insert(transaction, 3))))
                .hasMessageContaining("database_unavailable");

        disk.fail(false);
        await().until(() -> database.storage().refusal() == null);
        assertThat(metric("callboard_storage_writable")).isEqualTo(1);
        assertThat(ids()).containsExactly(1);
        await(database.write(transaction -> insert(transaction, 4)));
        assertThat(ids()).containsExactlyInAnyOrder(1, 4);
    }

    @Test
    void nobodyOfABatchThatWasNotSyncedIsAnsweredWithSuccess() {
        await(database.write(transaction -> insert(transaction, 1)));
        disk.fail(true);
        List<Future<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            // Some of them are refused for what others of the batch have written: that is not stored either.
            int id = 2 + i / 2;
            writes.add(database.write(transaction -> insert(transaction, id)));
        }
        settled(writes);
        assertThat(writes).allSatisfy(write -> assertThat(write.cause())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("database_unavailable"));
        disk.fail(false);
        await().until(() -> database.storage().refusal() == null);
        assertThat(ids()).containsExactly(1);
    }

    @Test
    void whatWasAcknowledgedBeforeAndAfterIsThereAfterACrash() throws Exception {
        await(database.write(transaction -> insert(transaction, 1)));
        for (int round = 0; round < 3; round++) {
            disk.fail(true);
            int lost = 100 + round;
            assertThatThrownBy(() -> await(database.write(transaction -> insert(transaction, lost))))
                    .isNotNull();
            disk.fail(false);
            await().until(() -> database.storage().refusal() == null);
            int kept = 10 + round;
            await(database.write(transaction -> insert(transaction, kept)));
        }
        Path copy = copyAsAfterACrash();
        try (DataFolder crashed = DataFolder.open(copy)) {
            Database reopened = await(Database.open(vertx, crashed));
            assertThat(reopened.storage().findings()).isEmpty();
            assertThat(ids(reopened)).containsExactlyInAnyOrder(1, 10, 11, 12);
            await(reopened.close());
        }
    }

    @Test
    void belowTheReserveNothingIsStoredAndReadsGoOn() {
        await(database.write(transaction -> insert(transaction, 1)));
        await(database.close());
        Reserve more = new Reserve(Long.MAX_VALUE / 2);
        database = await(Database.open(vertx, folder, more, Meters.none(), disk));
        assertThatThrownBy(() -> await(database.write(transaction -> insert(transaction, 2))))
                .hasMessageContaining("storage_full")
                .hasMessageContaining("limits.reserve_bytes");
        assertThat(ids()).containsExactly(1);
        assertThatThrownBy(() -> await(database.requireWritable(dir.resolve("file"))))
                .hasMessageContaining("storage_full");
        assertThat(database.storage().usableBytes()).isPositive();
    }

    private static void settled(List<Future<Void>> writes) {
        Future.join(writes)
                .toCompletionStage()
                .toCompletableFuture()
                .handle((ok, no) -> ok)
                .join();
    }

    /** The files as a killed process leaves them. */
    private Path copyAsAfterACrash() throws Exception {
        Path copy = dir.resolveSibling(dir.getFileName() + "-copy");
        Files.createDirectories(copy.resolve("db"));
        try (var files = Files.list(dir.resolve("db"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve("db").resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private Set<Integer> ids() {
        return ids(database);
    }

    static Set<Integer> ids(Database database) {
        return await(database.read(transaction -> transaction
                .execute("SELECT id FROM palette_state")
                .map(rows -> {
                    Set<Integer> ids = new HashSet<>();
                    rows.forEach(row -> ids.add(row.getInteger(0)));
                    return ids;
                })));
    }
}
