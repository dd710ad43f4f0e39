package dev.callboard.dispatch;

import dev.callboard.bus.Bus;
import dev.callboard.bus.Caller;
import dev.callboard.engine.Availability;
import dev.callboard.engine.Availability.Lack;
import dev.callboard.engine.Engine.Event;
import dev.callboard.engine.NewTasks;
import dev.callboard.engine.NewTasks.Made;
import dev.callboard.engine.PolicyMessages;
import dev.callboard.engine.PolicyMessages.TasksHeld;
import dev.callboard.engine.StartMessages.GetLateStarts;
import dev.callboard.engine.StartMessages.LateStart;
import dev.callboard.engine.StartMessages.LateStartsReply;
import dev.callboard.engine.StartMessages.MakeTask;
import dev.callboard.engine.StartMessages.TaskMade;
import dev.callboard.engine.StoredTransition;
import dev.callboard.engine.Transitions;
import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts tasks that were made to start at once. One that lacks something is kept in mind with the reason, and starts when what it
 * lacks has come; one that could not be started for a passing reason is tried again soon; a server that starts anew finds them
 * all again. Belongs to the engine's event loop.
 */
final class LateStarts {
    private static final Logger LOG = LoggerFactory.getLogger(LateStarts.class);
    private static final long AGAIN_MS = 1_000;

    private final Vertx vertx;
    private final Transitions transitions;
    private final Availability available;
    private final Dispatcher dispatcher;
    private final Bus bus;
    private final Clock clock;
    private final Map<String, Late> late = new LinkedHashMap<>();

    private final InTurn due = new InTurn(this::tryAgain);
    private long changes;
    private boolean timed;

    /**
     * A task that was to start.
     *
     * @param why null while nothing is known that it lacks
     */
    private record Late(Caller by, @Nullable LateStart why) {}

    LateStarts(
            Vertx vertx, Transitions transitions, Availability available, Dispatcher dispatcher, Bus bus, Clock clock) {
        this.vertx = vertx;
        this.transitions = transitions;
        this.available = available;
        this.dispatcher = dispatcher;
        this.bus = bus;
        this.clock = clock;
    }

    /** Starts a task, now or, when this fails for what it lacks or what passes, later. */
    Future<StoredTransition> start(String taskId, Caller by) {
        long seen = changes;
        AtomicReference<@Nullable Lack> lack = new AtomicReference<>();
        return available
                .requirePlugins(taskId)
                .compose(met -> dispatcher.inPlace(place -> transitions.command(
                        taskId,
                        new Event.Run(),
                        "started",
                        null,
                        by,
                        task -> available.lack(task).ifPresent(found -> {
                            lack.set(found);
                            throw found.problem();
                        }),
                        place)))
                .onSuccess(moved -> {
                    late.remove(taskId);
                    dispatcher.follow(moved);
                })
                .onFailure(failure -> failed(taskId, by, lack.get(), failure, seen));
    }

    /** Makes a task, which starts now or, when it lacks something, later. */
    Future<TaskMade> make(MakeTask ask, NewTasks tasks) {
        long seen = changes;
        Caller by = Caller.current();
        return (ask.start() ? available.plugins(ask.projectId()) : Future.succeededFuture(Optional.<Lack>empty()))
                .compose(lack -> dispatcher.inPlace(place -> tasks.make(ask, lack.orElse(null), place)))
                .map(made -> {
                    // Who asked hears of it first, then everybody else of what becomes of it.
                    vertx.runOnContext(answered -> follow(made, by, seen));
                    return new TaskMade(
                            made.id(),
                            made.again(),
                            made.lack() == null
                                    ? null
                                    : made.lack().problem().problem().detail());
                });
    }

    private void follow(Made made, Caller by, long seen) {
        if (made.lack() != null) {
            keep(made.id(), by, made.lack(), seen);
        }
        if (made.moved() != null) {
            dispatcher.follow(made.moved());
        }
    }

    private void failed(String taskId, Caller by, @Nullable Lack lack, Throwable failure, long seen) {
        @Nullable Problem problem = Bus.problemOf(failure).orElse(null);
        if (lack != null && failure == lack.problem()) {
            keep(taskId, by, lack, seen);
        } else if (problem != null && problem.code().equals(Availability.PIPELINE)) {
            keep(taskId, by, Availability.plugin((ProblemException) failure), seen);
        } else if (problem != null
                && (problem.kind() == Problem.Kind.ILLEGAL_STATE || problem.kind() == Problem.Kind.NOT_FOUND)) {
            forget(taskId);
        } else {
            LOG.warn("Task {} could not be started and is tried again: {}", taskId, failure.toString());
            late.putIfAbsent(taskId, new Late(by, null));
            tryAllSoon();
        }
    }

    private void tryAllSoon() {
        if (!timed) {
            timed = true;
            vertx.setTimer(AGAIN_MS, timer -> {
                timed = false;
                changed();
            });
        }
    }

    private void keep(String taskId, Caller by, Lack lack, long seen) {
        Late before = late.get(taskId);
        Instant since = before == null || before.why() == null
                ? clock.instant()
                : before.why().since();
        Late now = new Late(
                by,
                new LateStart(
                        lack.stageId(), lack.kind(), lack.problem().problem().detail(), since));
        late.put(taskId, now);
        if (!Objects.equals(before, now)) {
            publish(taskId);
        }
        // What it lacks may have come between the look and now.
        if (seen != changes) {
            due.add(List.of(taskId));
        }
    }

    /** The engine changed a task: it is not late any more, or other stages of it are selected. */
    void moved(String taskId, String status) {
        if (!status.equals(TaskStatus.PENDING.word())) {
            forget(taskId);
        } else if (late.containsKey(taskId)) {
            changes++;
            due.add(List.of(taskId));
        }
    }

    private void forget(String taskId) {
        if (late.remove(taskId) != null) {
            publish(taskId);
        }
    }

    private void publish(String taskId) {
        bus.publish(PolicyMessages.HELD, new TasksHeld(List.of(taskId)));
    }

    /** Something that tasks may lack is otherwise than before: all that wait are tried, one after the other. */
    void changed() {
        changes++;
        due.add(late.keySet());
    }

    /** Tasks were edited or restored: those of them that were to start are tried. */
    void edited(Collection<String> taskIds) {
        changes++;
        transitions
                .unstarted()
                .onSuccess(found -> {
                    found.stream()
                            .filter(task -> taskIds.contains(task.id()))
                            .forEach(task -> late.putIfAbsent(task.id(), new Late(Caller.earlier(task.by()), null)));
                    due.add(taskIds);
                })
                .onFailure(failure -> {
                    LOG.warn("The tasks that are to start cannot be read: {}", failure.toString());
                    tryAllSoon();
                });
    }

    private Future<?> tryAgain(String taskId) {
        Late one = late.get(taskId);
        return one == null ? Future.succeededFuture() : retry(taskId, one.by());
    }

    /** Looks first, without a place in the queue of the one writer: most still lack what they lacked. */
    private Future<?> retry(String taskId, Caller by) {
        long seen = changes;
        return available
                .look(taskId)
                .onFailure(failure -> failed(taskId, by, null, failure, seen))
                .compose(lack -> {
                    if (lack.isEmpty()) {
                        return start(taskId, by);
                    }
                    keep(taskId, by, lack.get(), seen);
                    return Future.succeededFuture();
                });
    }

    /** Why tasks have not started. */
    LateStartsReply of(GetLateStarts ask) {
        Map<String, LateStart> found = new LinkedHashMap<>();
        for (String taskId : ask.taskIds()) {
            Late one = late.get(taskId);
            if (one != null && one.why() != null) {
                found.put(taskId, one.why());
            }
        }
        return new LateStartsReply(found);
    }
}
