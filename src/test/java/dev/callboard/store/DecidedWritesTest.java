package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.problem.ProblemException;
import dev.callboard.store.Entry.Guard;
import dev.callboard.store.Entry.Phase;
import dev.callboard.store.Entry.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Decisions are written together, and fail alone. */
class DecidedWritesTest extends DatabaseFixture {
    private static final String UPDATE =
            "UPDATE palette_state SET revision = revision + 1 WHERE id = ? AND revision = ?";
    private static final String FIRM = "UPDATE palette_state SET revision = revision + 1 WHERE id = ? "
            + "AND 1 / CASE WHEN revision = ? THEN 1 ELSE 0 END = 1";
    private static final String INSERT = "INSERT INTO palette_state (id, revision, epoch) VALUES (?, ?, 'e')";
    private static final String DELETE = "DELETE FROM palette_state WHERE id = ?";

    private final List<String> said = new CopyOnWriteArrayList<>();

    private Entry<String> entry(String name, Guard guard, Rows... rows) {
        return new Entry<>(name, guard, List.of(rows), () -> said.add("+" + name), () -> said.add("-" + name));
    }

    private static Rows inserted(int id) {
        return new Rows(Phase.WHOLES, INSERT, List.of(Tuple.of(id, 0)));
    }

    private static Guard guard(int id, int revision) {
        return new Guard(UPDATE, Tuple.of(id, revision));
    }

    private Future<String> decide(String subject, Entry<String> entry) {
        return database.decide(subject, transaction -> Future.succeededFuture(entry));
    }

    /** Lets writes wait until they are all there, so that they are one transaction. */
    private <T> List<Future<T>> together(List<Function<Database, Future<T>>> writes) {
        CountDownLatch all = new CountDownLatch(1);
        database.write(transaction -> {
            try {
                all.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Future.succeededFuture();
        });
        List<Future<T>> answers =
                writes.stream().map(write -> write.apply(database)).toList();
        all.countDown();
        Future.join(answers)
                .toCompletionStage()
                .toCompletableFuture()
                .handle((ok, no) -> ok)
                .join();
        return answers;
    }

    private int revision(int id) {
        return await(database.read(transaction -> transaction
                .execute("SELECT revision FROM palette_state WHERE id = ?", Tuple.of(id))
                .map(rows -> rows.size() == 0 ? -1 : rows.iterator().next().getInteger(0))));
    }

    @Test
    void whoLosesWritesNothingAndTheOthersDo() {
        await(decide("1", entry("first", null, inserted(1))));
        await(decide("2", entry("second", null, inserted(2))));

        List<Future<String>> answers = together(List.of(
                all -> decide("1", entry("took", guard(1, 0), inserted(11))),
                all -> decide("2", entry("lost", guard(2, 7), inserted(12)))));

        assertThatTheFirstTookAndTheSecondLost(answers);
        assertThat(revision(11)).isZero();
        assertThat(said).contains("+took", "-lost").doesNotContain("+lost", "-took");
    }

    private void assertThatTheFirstTookAndTheSecondLost(List<Future<String>> answers) {
        assertThat(answers.get(0).result()).isEqualTo("took");
        assertThat(answers.get(1).cause()).isInstanceOfSatisfying(ProblemException.class, lost -> assertThat(
                        lost.problem().code())
                .isEqualTo("task_changed"));
        assertThat(revision(1)).isEqualTo(1);
        assertThat(revision(2)).isZero();
        assertThat(revision(12)).isEqualTo(-1);
    }

    @Test
    void whoLosesWithoutBeingWaitedForWritesNothingAndTheOthersDo() {
        await(decide("1", entry("first", null, inserted(1))));
        await(decide("2", entry("second", null, inserted(2))));

        List<Future<String>> answers = together(List.of(
                all -> decide("1", entry("took", new Guard(UPDATE, Tuple.of(1, 0), FIRM), inserted(11), inserted(13))),
                all -> decide("2", entry("lost", new Guard(UPDATE, Tuple.of(2, 7), FIRM), inserted(12)))));

        assertThatTheFirstTookAndTheSecondLost(answers);
        assertThat(revision(11)).isZero();
        assertThat(revision(13)).isZero();
    }

    @Test
    void whoLosesAloneWithoutBeingWaitedForDecidesAnew() {
        await(decide("1", entry("first", null, inserted(1))));
        AtomicInteger known = new AtomicInteger(5);

        String answer = await(database.decide("1", transaction -> {
            int revision = known.getAndSet(0);
            return Future.succeededFuture(
                    entry("at " + revision, new Guard(UPDATE, Tuple.of(1, revision), FIRM), inserted(11)));
        }));

        assertThat(answer).isEqualTo("at 0");
        assertThat(revision(1)).isEqualTo(1);
        assertThat(revision(11)).isZero();
    }

    @Test
    void aTextWithNulFailsAloneAndIsSaid() {
        Entry.Rows bad = new Entry.Rows(
                Entry.Phase.WHOLES,
                "INSERT INTO palette_state (id, epoch, revision) VALUES (?, ?, ?)",
                List.of(Tuple.of(2, "a\0b", 0L)));

        List<Future<String>> answers = together(List.of(
                all -> decide("1", entry("good", null, inserted(1))),
                all -> decide("2", entry("bad", null, bad)),
                all -> decide("3", entry("good too", null, inserted(3)))));

        assertThat(answers.get(0).result()).isEqualTo("good");
        assertThat(answers.get(1).cause()).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                        refused.problem().code())
                .isEqualTo("nul_in_text"));
        assertThat(answers.get(2).result()).isEqualTo("good too");
        assertThat(revision(2)).isEqualTo(-1);
        assertThat(said).contains("+good", "-bad", "+good too").doesNotContain("+bad");
    }

    @Test
    void whoLosesDecidesAnew() {
        await(decide("1", entry("first", null, inserted(1))));
        await(database.write(transaction ->
                transaction.execute("UPDATE palette_state SET revision = 5").mapEmpty()));
        AtomicInteger known = new AtomicInteger();

        String answer = await(database.decide("1", transaction -> {
            int revision = known.getAndSet(5);
            return Future.succeededFuture(entry("at " + revision, guard(1, revision)));
        }));

        assertThat(answer).isEqualTo("at 5");
        assertThat(revision(1)).isEqualTo(6);
        assertThat(said).containsExactly("+first", "-at 0", "+at 5");
    }

    @Test
    void aRowThatIsRefusedFailsAlone() {
        await(decide("1", entry("first", null, inserted(1))));
        List<Function<Database, Future<String>>> writes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int id = i == 4 ? 1 : 20 + i;
            writes.add(all -> decide(String.valueOf(id), entry("row " + id, null, inserted(id))));
        }
        List<String> undone = new CopyOnWriteArrayList<>();
        database.keep(new Copies() {
            @Override
            public void outdated(String id) {
                undone.add(id);
            }

            @Override
            public void undone() {
                undone.add("all");
            }
        });

        List<Future<String>> answers = together(writes);

        for (int i = 0; i < 10; i++) {
            assertThat(answers.get(i).succeeded()).as("decision %s", i).isEqualTo(i != 4);
        }
        assertThat(revision(29)).isZero();
        assertThat(undone).contains("all");
        assertThat(said).contains("-row 1", "+row 29").doesNotContain("+row 1");
    }

    @Test
    void aDecisionSeesWhatOneBeforeItAboutTheSameWrote() {
        Function<Transaction, Future<Entry<String>>> count = transaction -> transaction
                .execute("SELECT COUNT(*) FROM palette_state")
                .map(rows -> entry("saw " + rows.iterator().next().getLong(0), null));

        List<Future<String>> answers = together(List.of(
                all -> decide("1", entry("made", null, inserted(1))),
                all -> database.decide("2", count),
                all -> database.decide("1", count),
                all -> decide("3", entry("made too", null, inserted(3))),
                all -> database.decide(null, count)));

        assertThat(answers.stream().map(Future::result)).containsExactly("made", "saw 0", "saw 1", "made too", "saw 2");
    }

    @Test
    void aWriteSeesDecisionsThatWereMadeBeforeIt() {
        List<Future<String>> answers = together(List.of(
                all -> decide("1", entry("made", null, inserted(1))),
                all -> all.write(transaction -> transaction
                        .execute("SELECT COUNT(*) FROM palette_state")
                        .map(rows -> "saw " + rows.iterator().next().getLong(0)))));

        assertThat(answers.get(1).result()).isEqualTo("saw 1");
    }

    @Test
    void rowsThatGoMakeRoomForNewOnes() {
        await(decide("1", entry("first", null, inserted(1))));
        Rows gone = new Rows(Phase.REMOVED, DELETE, List.of(Tuple.of(1)));

        List<Future<String>> answers = together(List.of(
                all -> decide("2", entry("other", null, inserted(2))),
                all -> decide("1", entry("replaced", null, inserted(1), gone))));

        assertThat(answers.stream().filter(Future::succeeded)).hasSize(2);
    }

    @Test
    void aDecisionThatRefusesLeavesTheOthersAlone() {
        List<Future<String>> answers = together(List.of(
                all -> decide("1", entry("made", null, inserted(1))),
                all -> all.<String>decide("2", transaction -> {
                    throw ProblemException.illegalState("wrong_status", "no");
                })));

        assertThat(answers.get(0).result()).isEqualTo("made");
        assertThatThrownBy(() -> {
                    throw answers.get(1).cause();
                })
                .hasMessageContaining("no");
        assertThat(said).containsExactly("+made");
    }
}
