package dev.callboard.triggers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.problem.Ids;
import dev.callboard.store.DataFolder;
import dev.callboard.store.Database;
import dev.callboard.store.Sql;
import dev.callboard.testing.Databases;
import dev.callboard.testing.Patience;
import dev.callboard.testing.TestClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of triggers, and for how long. */
class TriggerRowsTest {
    private static final Instant DUE = Instant.parse("2026-01-02T00:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final TestClock clock = new TestClock();

    @TempDir
    Path dir;

    private DataFolder folder;
    private Database database;
    private TriggerRepository repository;

    @BeforeEach
    void open() {
        folder = DataFolder.open(dir);
        database = get(Databases.open(vertx, folder));
        repository = new TriggerRepository(database, new AuditRepository(Bus.on(vertx), database, new Ids(clock)));
    }

    @AfterEach
    void close() {
        get(database.close());
        folder.close();
        get(vertx.close());
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(Patience.SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private void add(String id, String type) {
        get(repository.add(
                new TriggerRow(id, "p", id, type, "{}", false, DUE, null, null, null, null, null, null, null)));
    }

    private void saw(String id, String key) {
        get(database.write(transaction -> transaction
                .execute(
                        "INSERT INTO trigger_seen (trigger_id, seen_key, task_id, seen_at) VALUES (?, ?, ?, ?)",
                        Tuple.of(id, key, "task", Sql.at(clock.instant())))
                .mapEmpty()));
    }

    private void prune(Duration absent, Duration seen) {
        Instant now = clock.instant();
        get(repository.prune(now.minus(absent), now.minus(seen)));
    }

    private List<String> ids() {
        return get(repository.all()).stream().map(TriggerRow::id).toList();
    }

    @Test
    void oneThatIsAbsentIsRemovedAfterThirtyDays() {
        add("gone", "folder");
        add("there", "folder");
        saw("gone", "file");
        get(repository.absent("gone", clock.instant()));
        clock.forward(TriggerRepository.KEPT);
        get(repository.absent("gone", clock.instant()));
        prune(TriggerRepository.KEPT, Duration.ofHours(25));
        assertThat(ids()).containsExactly("gone", "there");
        assertThat(get(repository.seen("gone"))).containsExactly("file");
        clock.forward(Duration.ofMillis(1));
        prune(TriggerRepository.KEPT, Duration.ofHours(25));
        assertThat(ids()).containsExactly("there");
        assertThat(get(repository.seen("gone"))).isEmpty();
    }

    @Test
    void requestsAreForgottenAndFilesAreNot() {
        add("hook", "webhook");
        add("inbox", "folder");
        saw("hook", "request");
        saw("inbox", "file");
        clock.forward(Duration.ofDays(2));
        prune(TriggerRepository.KEPT, Duration.ofHours(25));
        assertThat(get(repository.seen("hook"))).isEmpty();
        assertThat(get(repository.seen("inbox"))).containsExactly("file");
    }

    @Test
    void aScheduleMovesOnOnlyFromTheTimeThatIsDueAndNotWhileItIsPaused() {
        add("s", "schedule");
        Instant next = DUE.plusSeconds(60);
        get(repository.moveOn("s", DUE.plusSeconds(1), next, null, "wrong"));
        assertThat(get(repository.get("s")).orElseThrow().nextAt()).isEqualTo(DUE);
        get(repository.moveOn("s", DUE, next, null, "right"));
        TriggerRow moved = get(repository.get("s")).orElseThrow();
        assertThat(moved.nextAt()).isEqualTo(next);
        assertThat(moved.skipped()).isEqualTo("right");
        get(repository.pause(moved, true, next, clock.instant()));
        get(repository.moveOn("s", next, next.plusSeconds(60), null, "paused"));
        assertThat(get(repository.get("s")).orElseThrow().nextAt()).isEqualTo(next);
    }
}
