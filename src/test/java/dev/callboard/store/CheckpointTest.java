package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The log stays short, so that a start after a crash is quick. */
class CheckpointTest extends DatabaseFixture {
    private static final String TEXT = "x".repeat(64 << 10);

    private int written;

    private long log() {
        try {
            return Files.size(new DatabaseFiles(folder.path()).log());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(int kibibytes) {
        for (int i = 0; i < kibibytes / 64; i++) {
            int id = written++;
            await(database.write(transaction -> transaction
                    .execute(
                            "INSERT INTO palette_state (id, epoch, revision) VALUES (?, ?, 0)",
                            Tuple.of(id, TEXT.substring(0, 36)))
                    .compose(stored -> transaction.execute(
                            "INSERT INTO idempotency_keys (actor, idempotency_key, request_hash, makes, "
                                    + "status, answer, created_at) VALUES (?, ?, ?, ?, 0, ?, CURRENT_TIMESTAMP)",
                            Tuple.of("a", String.valueOf(id), "h", "m", TEXT)))
                    .compose(stored -> Future.<Void>succeededFuture())));
        }
    }

    @Test
    void whenNobodyWritesALongLogIsBegunAnew() {
        write(1_600);
        await().until(() -> log() < 64 << 10);
        assertThat(await(database.read(DatabaseTest::count))).isEqualTo(written);
    }

    @Test
    void theLogNeverHasMuchMoreThanFiveMegabytes() {
        long longest = 0;
        for (int i = 0; i < 10; i++) {
            write(1_024);
            longest = Math.max(longest, log());
        }
        assertThat(longest).isLessThan(6 << 20);
        assertThat(await(database.read(DatabaseTest::count))).isEqualTo(written);
    }
}
