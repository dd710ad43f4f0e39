package dev.callboard.execution;

import dev.callboard.bus.Bus;
import dev.callboard.bus.Caller;
import dev.callboard.execution.Availability.Lack;
import dev.callboard.execution.Engine.Event;
import dev.callboard.execution.PolicyMessages.TasksHeld;
import dev.callboard.execution.StartMessages.GetLateStarts;
import dev.callboard.execution.StartMessages.LateStart;
import dev.callboard.execution.StartMessages.LateStartsReply;
import dev.callboard.model.Problem;
import dev.callboard.model.ProblemException;
import dev.callboard.model.TaskStatus;
import dev.callboard.model.WaitingFor;
import dev.callboard.store.Sql;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts tasks that were made to start at once. One that lacks something is kept in mind with the reason, and starts when what it
 * lacks has come; a server that starts anew finds them all again. Belongs to the engine's event loop.
 */
final class LateStarts {
    private static final Logger LOG = LoggerFactory.getLogger(LateStarts.class);

    private final Transitions transitions;
    private final Availability available;
    private final Dispatcher dispatcher;
    private final Bus bus;
    private final Clock clock;
    private final Map<String, Late> late = new LinkedHashMap<>();
    private long changes;
    private boolean looking;
    private boolean lookAgain;

    private record Late(Caller by, LateStart why) {}

    LateStarts(Transitions transitions, Availability available, Dispatcher dispatcher, Bus bus, Clock clock) {
        this.transitions = transitions;
        this.available = available;
        this.dispatcher = dispatcher;
        this.bus = bus;
        this.clock = clock;
    }

    /** Starts a task, now or, when this fails for what it lacks, later. */
    Future<Moved> start(String taskId, Caller by) {
        long seen = changes;
        AtomicReference<@Nullable Lack> lack = new AtomicReference<>();
        return available
                .requirePlugins(taskId)
                .compose(met -> transitions.command(taskId, new Event.Run(), "started", null, by, task -> available
                        .lack(task)
                        .ifPresent(found -> {
                            lack.set(found);
                            throw found.problem();
                        })))
                .onSuccess(moved -> {
                    late.remove(taskId);
                    dispatcher.follow(moved);
                })
                .onFailure(failure -> failed(taskId, by, lack.get(), failure, seen));
    }

    private void failed(String taskId, Caller by, @Nullable Lack lack, Throwable failure, long seen) {
        @Nullable Problem problem = Bus.problemOf(failure).orElse(null);
        if (lack != null && failure == lack.problem()) {
            keep(taskId, by, lack.kind(), lack.stageId(), lack.problem(), seen);
        } else if (problem != null && problem.code().equals(Availability.PIPELINE)) {
            keep(taskId, by, WaitingFor.PLUGIN, null, (ProblemException) failure, seen);
        } else if (problem != null
                && (problem.kind() == Problem.Kind.ILLEGAL_STATE || problem.kind() == Problem.Kind.NOT_FOUND)) {
            forget(taskId);
        } else {
            LOG.warn("Task {} could not be started: {}", taskId, failure.toString());
        }
    }

    private void keep(
            String taskId, Caller by, String kind, @Nullable String stageId, ProblemException problem, long seen) {
        Late before = late.get(taskId);
        Instant since = before == null ? clock.instant() : before.why().since();
        Late now = new Late(by, new LateStart(stageId, kind, problem.problem().detail(), since));
        late.put(taskId, now);
        if (!Objects.equals(before, now)) {
            tell(taskId);
        }
        // What it lacks may have come between the look and now.
        if (seen != changes) {
            look();
        }
    }

    /** The engine changed a task: it is not late any more, or other stages of it are selected. */
    void moved(String taskId, String status) {
        if (!status.equals(TaskStatus.PENDING.word())) {
            forget(taskId);
        } else if (late.containsKey(taskId)) {
            changed();
        }
    }

    private void forget(String taskId) {
        if (late.remove(taskId) != null) {
            tell(taskId);
        }
    }

    private void tell(String taskId) {
        bus.publish(PolicyMessages.HELD, new TasksHeld(List.of(taskId)));
    }

    /** Something that tasks may lack is otherwise than before: those that wait are tried, one after the other. */
    void changed() {
        changes++;
        look();
    }

    private void look() {
        if (looking) {
            lookAgain = true;
            return;
        }
        if (late.isEmpty()) {
            return;
        }
        looking = true;
        lookAgain = false;
        Sql.inTurn(
                        List.copyOf(late.keySet()),
                        taskId -> late.containsKey(taskId)
                                ? start(taskId, late.get(taskId).by()).transform(done -> Future.succeededFuture(taskId))
                                : Future.succeededFuture(taskId))
                .onComplete(done -> {
                    looking = false;
                    if (lookAgain) {
                        look();
                    }
                });
    }

    /** Why tasks have not started. */
    LateStartsReply of(GetLateStarts ask) {
        Map<String, LateStart> found = new LinkedHashMap<>();
        for (String taskId : ask.taskIds()) {
            Late one = late.get(taskId);
            if (one != null) {
                found.put(taskId, one.why());
            }
        }
        return new LateStartsReply(found);
    }
}
