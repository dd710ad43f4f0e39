package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.bus.Caller;
import dev.callboard.engine.Attempt;
import dev.callboard.engine.Claims;
import dev.callboard.engine.Claims.Claimed;
import dev.callboard.engine.Engine.Event;
import dev.callboard.engine.Retries;
import dev.callboard.engine.TaskCommands;
import dev.callboard.engine.Transitions;
import dev.callboard.palette.StageResolver;
import dev.callboard.palette.StageResolver.Resolved;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attempts on their way from the queue to a place. */
class ClaimingTest extends TaskServerFixture {
    private final List<Attempt> again = new CopyOnWriteArrayList<>();
    private Attempt attempt;

    /** There is no engine but the test: the attempt is its own. */
    @BeforeEach
    void start() throws IOException {
        server.stage("s", (context, input) -> 1).chain("p", "s");
        server.startWithoutEngine();
        String id = server.create(Map.of("title", "T", "pipeline", "p")).id();
        TaskCommands tasks = TestCommands.of(server);
        Claims claims = new Claims(server.database, tasks, task -> server.resolver(), server.clock);
        Transitions transitions = new Transitions(server.database, tasks, claims, new Retries(() -> 0));
        attempt = TaskServer.get(
                        transitions.command(id, new Event.Run(), "started", null, Caller.current(), task -> {}, false))
                .attempts()
                .get(0);
    }

    private Claiming claiming(StageResolver resolver) {
        Claims claims = new Claims(server.database, TestCommands.of(server), task -> resolver, server.clock);
        return new Claiming(server.vertx, claims, new AttemptQueue(server.clock), again::addAll);
    }

    private StageResolver palette(boolean loading) {
        return type -> server.palette(type).map(entry -> loading ? Resolved.loading(entry) : new Resolved(entry, null));
    }

    /** As the dispatcher does it: on one event loop. */
    private <T> T onLoop(Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        server.vertx.runOnContext(ignored -> work.get().onComplete(promise));
        return TaskServer.get(promise.future());
    }

    private String status() {
        return TaskServer.get(server.database.read(transaction -> transaction
                .execute("SELECT status FROM stage_executions WHERE id = ?", Tuple.of(attempt.id()))
                .map(rows -> rows.iterator().next().getString("status"))));
    }

    @Test
    void whatIsClaimedRuns() {
        Claiming claiming = claiming(palette(false));
        Optional<Claimed> claimed = onLoop(() -> claiming.claim(attempt));
        assertThat(claimed)
                .hasValueSatisfying(
                        each -> assertThat(each.job().attempt().id()).isEqualTo(attempt.id()));
        assertThat(status()).isEqualTo("running");
        assertThat(onLoop(() -> claiming.claim(attempt))).as("once").isEmpty();
    }

    @Test
    void oneThatEndsOnItsWayDoesNotStart() {
        Claiming claiming = claiming(palette(false));
        Optional<Claimed> claimed = onLoop(() -> {
            Future<Optional<Claimed>> claim = claiming.claim(attempt);
            claiming.ended(attempt);
            return claim;
        });
        assertThat(claimed).isEmpty();
        assertThat(again).isEmpty();
    }

    @Test
    void oneThatCouldNotBeClaimedComesAgain() {
        Claiming claiming = claiming(palette(true));
        assertThat(onLoop(() -> claiming.claim(attempt))).isEmpty();
        assertThat(status()).as("its code is not there yet").isEqualTo("pending");
        await().until(() -> again.equals(List.of(attempt)));
    }
}
