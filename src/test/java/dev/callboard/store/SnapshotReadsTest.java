package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static dev.callboard.store.DatabaseTest.count;
import static dev.callboard.store.DatabaseTest.insert;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All that one read says is of one moment. */
class SnapshotReadsTest extends DatabaseFixture {
    @Test
    void aReadOfSeveralStatementsDoesNotSeeWhatIsWrittenBetweenThem() {
        await(database.write(transaction -> insert(transaction, 1)));
        Promise<Void> begun = Promise.promise();
        Promise<Void> written = Promise.promise();

        Future<List<Integer>> counts =
                database.read(transaction -> count(transaction).compose(first -> {
                    begun.complete();
                    return written.future().compose(done -> count(transaction)).map(second -> List.of(first, second));
                }));
        await(begun.future());
        await(database.write(transaction -> insert(transaction, 2)));
        written.complete();

        assertThat(await(counts)).containsExactly(1, 1);
        assertThat(await(database.read(DatabaseTest::count))).isEqualTo(2);
    }
}
