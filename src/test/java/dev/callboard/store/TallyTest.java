package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static dev.callboard.store.DatabaseTest.count;
import static dev.callboard.store.DatabaseTest.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers in memory are those of the rows, whatever is written while they are counted. */
class TallyTest extends DatabaseFixture {
    private static final String KIND = "row";

    private Future<Map<String, Long>> get() {
        return database.tally("rows").get(TallyTest::read);
    }

    private static Future<Map<String, Long>> read(Transaction transaction) {
        return count(transaction).map(rows -> Map.of(KIND, (long) rows));
    }

    private Future<Void> add(int id) {
        return database.write(transaction -> {
            database.afterCommit(() -> database.tally("rows").moved(null, KIND));
            return insert(transaction, id);
        });
    }

    @Test
    void whatIsWrittenBeforeWhileAndAfterItIsCountedCountsOnce() {
        List<Future<Void>> writes = new ArrayList<>();
        List<Future<Map<String, Long>>> counts = new ArrayList<>();
        for (int id = 1; id <= 300; id++) {
            writes.add(add(id));
            if (id % 50 == 0) {
                counts.add(get());
            }
        }
        writes.forEach(DatabaseTest::await);
        counts.forEach(DatabaseTest::await);

        assertThat(await(get())).containsEntry(KIND, 300L);
        await(add(301));
        assertThat(await(get())).containsEntry(KIND, 301L);
    }

    @Test
    void whatFailsDoesNotCount() {
        await(add(1));
        assertThat(await(get())).containsEntry(KIND, 1L);
        assertThatThrownBy(() -> await(add(1))).isNotNull();
        assertThat(await(get())).containsEntry(KIND, 1L);
    }

    @Test
    void oneThatCannotBeReadIsReadAgain() {
        assertThatThrownBy(() -> await(database.tally("rows").get(transaction -> Future.failedFuture("not now"))))
                .hasMessageContaining("not now");
        await(add(1));
        assertThat(await(get())).containsEntry(KIND, 1L);
    }
}
