package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static dev.callboard.store.DatabaseTest.count;
import static dev.callboard.store.DatabaseTest.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.bus.Caller;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units of the one writer: how many wait, whose they are, and what follows their commit. */
class WriteUnitsTest extends DatabaseFixture {
    private final Promise<Void> goOn = Promise.promise();

    @AfterEach
    void letGo() {
        goOn.tryComplete();
    }

    /** A unit that holds up all others. */
    private Future<Void> holdUp() {
        Promise<Void> begun = Promise.promise();
        Future<Void> first = database.write(transaction -> {
            begun.complete();
            return goOn.future();
        });
        await(begun.future());
        return first;
    }

    private static String code(Future<?> refused) {
        return refused.cause() instanceof ProblemException problem
                ? problem.problem().code()
                : String.valueOf(refused.cause());
    }

    @Test
    void whatFindsNoRoomIsRefusedAndWhatWaitsIsStored() {
        Future<Void> first = holdUp();
        List<Future<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < GroupCommit.QUEUE; i++) {
            int number = i;
            waiting.add(database.write(transaction -> Future.succeededFuture(number)));
        }
        List<Integer> ran = new CopyOnWriteArrayList<>();
        Future<Void> refused = database.write(transaction -> {
            ran.add(1);
            return Future.succeededFuture();
        });
        assertThatThrownBy(() -> await(refused)).hasMessageContaining("too many writes waiting");
        assertThat(code(refused)).isEqualTo("busy");
        goOn.complete();
        await(first);
        for (int i = 0; i < waiting.size(); i++) {
            assertThat(await(waiting.get(i)).intValue()).isEqualTo(i);
        }
        assertThat(ran).isEmpty();
        await(database.write(transaction -> insert(transaction, 1)));
        int stored = await(database.read(transaction -> count(transaction)));
        assertThat(stored).isEqualTo(1);
    }

    @Test
    void whatFollowsACommitComesInItsOrderAndNotAfterAFailure() {
        Future<Void> first = holdUp();
        List<String> followed = new CopyOnWriteArrayList<>();
        List<Future<Void>> writes = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            int id = i % 3 == 0 ? 1 : i;
            writes.add(database.write(transaction -> {
                database.afterCommit(() -> followed.add("first of " + id));
                database.afterCommit(() -> followed.add("second of " + id));
                return insert(transaction, id);
            }));
        }
        assertThat(followed).isEmpty();
        goOn.complete();
        await(first);
        Future.join(writes)
                .toCompletionStage()
                .toCompletableFuture()
                .handle((ok, no) -> ok)
                .join();
        List<String> expected = new ArrayList<>();
        for (int id : new int[] {1, 2, 4, 5}) {
            expected.add("first of " + id);
            expected.add("second of " + id);
        }
        assertThat(followed).isEqualTo(expected);
        assertThat(writes.stream().filter(Future::failed)).hasSize(2);
    }

    @Test
    void eachUnitKnowsItsOwnCaller() {
        Future<Void> first = holdUp();
        List<String> names = new CopyOnWriteArrayList<>();
        Promise<Void> asked = Promise.promise();
        vertx.getOrCreateContext().runOnContext(ignored -> {
            List<Future<?>> writes = new ArrayList<>();
            for (String name : List.of("Ada", "Bo", "Ada", "Cy")) {
                Caller.person(name, "here").enter();
                writes.add(database.write(transaction -> {
                    names.add(database.caller().name());
                    return Future.succeededFuture();
                }));
            }
            Future.all(writes).<Void>mapEmpty().onComplete(asked);
        });
        goOn.complete();
        await(first);
        await(asked.future());
        assertThat(names).containsExactly("Ada", "Bo", "Ada", "Cy");
    }

    @Test
    void closingFinishesWhatWaitsAndTakesNoMore(@TempDir Path other) {
        DataFolder second = DataFolder.open(other);
        Database closing = await(Database.open(vertx, second));
        List<Future<Void>> writes = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            int id = i;
            writes.add(closing.write(transaction -> insert(transaction, id)));
        }
        await(closing.close());
        assertThat(writes).allMatch(Future::succeeded);
        Future<Void> late = closing.write(transaction -> insert(transaction, 301));
        assertThatThrownBy(() -> await(late)).hasMessageContaining("shutting_down");
        Database again = await(Database.open(vertx, second));
        int stored = await(again.read(transaction -> count(transaction)));
        assertThat(stored).isEqualTo(300);
        await(again.close());
        second.close();
    }
}
