package dev.callboard.execution;

import dev.callboard.execution.DecisionRepository.Waiting;
import dev.callboard.execution.Engine.Event;
import dev.callboard.execution.Engine.Step;
import dev.callboard.execution.ExecutionMessages.ApproveTask;
import dev.callboard.execution.Steps.Cause;
import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.json.Json;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.Decision;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.TaskStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Approvals. What is decided is checked first, outside of any transaction because outputs may be large; then the decision,
 * the selection and what follows are stored in one, guarded so that each attempt is decided once.
 */
final class Decisions {
    private final Vertx vertx;
    private final Database database;
    private final DecisionRepository repository;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final DecidedOutputs outputs;
    private final Selections selections;
    private final Suggestions suggestions;
    private final TimelineRepository timeline;
    private final Steps steps;
    private final Clock clock;

    Decisions(
            Vertx vertx,
            Database database,
            DecisionRepository repository,
            DecidedOutputs outputs,
            Selections selections,
            Suggestions suggestions,
            TimelineRepository timeline,
            Steps steps,
            Clock clock) {
        this.vertx = vertx;
        this.database = database;
        this.repository = repository;
        this.outputs = outputs;
        this.selections = selections;
        this.suggestions = suggestions;
        this.timeline = timeline;
        this.steps = steps;
        this.clock = clock;
    }

    private record Found(TaskRecord task, Waiting attempt) {}

    /**
     * Approves. Fails with {@code wrong_status}, {@code already_decided}, {@code open_questions}, {@code invalid_decision} or
     * {@code invalid_selection}; nothing was changed then.
     */
    Future<StoredTransition> approve(ApproveTask ask) {
        Decision decision = Decision.read(ask.decision());
        return database.read(connection -> find(connection, ask)).compose(found -> vertx.executeBlocking(
                        () -> outputs.check(
                                found.task().template(found.attempt().templateId()), found.attempt(), decision),
                        false)
                .compose(checked -> database.write(connection -> decide(connection, ask, decision, found, checked))));
    }

    private Future<Found> find(SqlConnection connection, ApproveTask ask) {
        return ask.executionId() == null
                ? records.loadOpen(connection, ask.taskId()).compose(task -> waiting(connection, task))
                : repository.attempt(connection, ask.executionId()).compose(attempt -> {
                    Waiting open = requireWaiting(attempt, ask);
                    return records.loadOpen(connection, ask.taskId()).map(task -> new Found(task, open));
                });
    }

    private Future<Found> waiting(SqlConnection connection, TaskRecord task) {
        Optional<TaskRecord.Attempt> open = task.order().keys().stream()
                .flatMap(key -> Optional.ofNullable(task.latest().get(key)).stream())
                .filter(attempt -> attempt.status() == ExecutionStatus.AWAITING_APPROVAL)
                .findFirst();
        if (task.status() != TaskStatus.AWAITING_APPROVAL || open.isEmpty()) {
            return repository.lastDecided(connection, task.id()).map(last -> {
                throw ProblemException.illegalState(
                        "wrong_status",
                        "The task is " + task.status().word() + "; nothing waits for approval now."
                                + last.map(each -> " The last decision was " + who(each) + ".")
                                        .orElse(""));
            });
        }
        return repository.attempt(connection, open.get().id()).map(attempt -> new Found(task, attempt.orElseThrow()));
    }

    private static String who(Waiting attempt) {
        return "made by '" + attempt.decidedBy() + "' at " + attempt.decidedAt();
    }

    private static Waiting requireWaiting(Optional<Waiting> found, ApproveTask ask) {
        Waiting attempt = found.filter(each -> each.taskId().equals(ask.taskId()))
                .orElseThrow(() -> ProblemException.notFound(
                        "unknown_execution", "The task has no execution '" + ask.executionId() + "'."));
        if (attempt.decidedAt() != null) {
            throw alreadyDecided(attempt);
        }
        if (attempt.status() != ExecutionStatus.AWAITING_APPROVAL) {
            throw ProblemException.illegalState(
                    "wrong_status",
                    "The execution is " + attempt.status().word() + "; it does not wait for a decision.");
        }
        return attempt;
    }

    private static ProblemException alreadyDecided(Waiting attempt) {
        return ProblemException.illegalState(
                "already_decided",
                "The decision about this execution was " + who(attempt) + "; it is "
                        + attempt.status().word() + " now.");
    }

    private Future<StoredTransition> decide(
            SqlConnection connection, ApproveTask ask, Decision decision, Found found, DecidedOutputs.Checked checked) {
        Waiting attempt = found.attempt();
        Instant now = clock.instant();
        Map<String, Object> members = new LinkedHashMap<>(decision.members());
        members.putAll(checked.members());
        if (ask.selectedStageIds() != null) {
            members.put("selected_stage_ids", ask.selectedStageIds());
        }
        String kept = Json.write(
                DecisionRepository.decision("approved", database.caller().name(), now, members));
        return repository
                .approve(
                        connection,
                        attempt,
                        kept,
                        checked.made(),
                        database.caller().name(),
                        now)
                .compose(took -> took
                        ? records.loadOpen(connection, ask.taskId())
                        : repository.attempt(connection, attempt.id()).compose(now1 -> {
                            Waiting decided = now1.orElseThrow();
                            return Future.failedFuture(
                                    decided.decidedAt() == null
                                            ? ProblemException.illegalState(
                                                    "wrong_status",
                                                    "The execution is "
                                                            + decided.status().word() + " now.")
                                            : alreadyDecided(decided));
                        }))
                .compose(task -> follow(connection, ask, task, attempt, checked, now));
    }

    private Future<StoredTransition> follow(
            SqlConnection connection,
            ApproveTask ask,
            TaskRecord task,
            Waiting attempt,
            DecidedOutputs.Checked checked,
            Instant now) {
        Template template = task.template(attempt.templateId());
        List<String> wanted = ask.selectedStageIds();
        return timeline.note(connection, task.id(), "approved", template.name(), database.caller(), now)
                .compose(ignored ->
                        TaskValuesRepository.storeState(connection, task.id(), attempt.id(), checked.state()))
                .compose(ignored -> TaskValuesRepository.storeLedger(
                        connection, task.id(), attempt.id(), new LinkedHashMap<>(checked.ledger()), now))
                .compose(ignored -> checked.made() == null
                        ? Future.succeededFuture()
                        : suggestions.put(
                                connection,
                                task,
                                attempt.id(),
                                database.caller(),
                                checked.facts().suggested(),
                                now))
                .compose(ignored -> wanted == null
                        ? Future.succeededFuture(task)
                        : selections.choose(connection, task, wanted, "/selected_stage_ids", database.caller(), now))
                .compose(selected -> {
                    Step step = Engine.step(selected.state(), new Event.Approved(template.id()))
                            .orElseThrow(() -> ProblemException.illegalState(
                                    "wrong_status",
                                    "The task is " + task.status().word() + "; it cannot be approved now."));
                    return steps.store(
                            connection,
                            selected,
                            step,
                            new Cause(database.caller(), List.of(attempt.id()), Map.of()),
                            now);
                })
                .map(moved -> checked.ledger().isEmpty() ? moved : moved.withLedgerWritten());
    }
}
