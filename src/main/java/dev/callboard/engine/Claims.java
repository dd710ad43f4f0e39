package dev.callboard.engine;

import dev.callboard.engine.StageJobs.Gone;
import dev.callboard.store.Database;
import dev.callboard.store.Transaction;
import dev.callboard.taskmodel.ExecutionView;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes waiting attempts to run them, with all that they need. */
public final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final Database database;
    private final TaskCommands tasks;
    private final StageJobs jobs;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final LogLineRepository logs = new LogLineRepository();
    private final Clock clock;

    /**
     * Names the parts.
     *
     * @param stages says what each task runs, and whose code is there
     */
    public Claims(Database database, TaskCommands tasks, TaskStages stages, Clock clock) {
        this.database = database;
        this.tasks = tasks;
        this.jobs = new StageJobs(stages);
        this.clock = clock;
    }

    /**
     * An attempt that is running now.
     *
     * @param view how it looks
     * @param taskRevision that of its task, with this attempt running
     * @param stageTypes those of all stage templates of its project
     */
    public record Claimed(StageJob job, ExecutionView view, long taskRevision, List<String> stageTypes) {}

    /** The plugin of an attempt's stage is being loaded: it is taken when that is over. */
    public static final class StillLoading extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StillLoading(String stageType) {
            super("the plugin of the stage type '" + stageType + "' is being loaded", null, false, false);
        }
    }

    /**
     * Takes an attempt, or goes on with one that waited; empty when it was superseded or ended meanwhile. Fails with
     * {@link StillLoading}, and nothing is changed, as long as its code is not there yet.
     */
    public Future<Optional<Claimed>> claim(Attempt attempt) {
        return attempt.waits() ? goOn(attempt) : begin(attempt);
    }

    private Future<Optional<Claimed>> goOn(Attempt attempt) {
        return database.read(transaction -> goOn(transaction, attempt));
    }

    /** Goes on with an attempt that waited, inside of a transaction; empty when it was superseded or ended meanwhile. */
    public Future<Optional<Claimed>> goOn(Transaction transaction, Attempt attempt) {
        return records.load(transaction, attempt.taskId())
                .compose(task -> logs.last(transaction, attempt.id()).map(line -> goOn(task, attempt, line)));
    }

    /**
     * Goes on with an attempt that waited; empty when it was superseded or ended meanwhile.
     *
     * @param lastLine the number of its last stored log line
     */
    public Optional<Claimed> goOn(TaskRecord task, Attempt attempt, long lastLine) {
        return Optional.ofNullable(task.attempts().get(attempt.id()))
                .filter(row -> row.fence() == attempt.fence() && row.waits())
                .map(row -> jobs.claimed(task, row, attempt, new Gone(row.waiting(), lastLine), clock.instant()));
    }

    private Future<Optional<Claimed>> begin(Attempt attempt) {
        return tasks.decide(attempt.taskId(), draft -> begin(draft, attempt));
    }

    private Optional<Claimed> begin(TaskDraft draft, Attempt attempt) {
        if (!AttemptRules.begin(draft, attempt)) {
            return Optional.empty();
        }
        TaskRecord task = draft.task();
        draft.put(task.row().moved(task.status(), Engine.current(task.state()), null, draft.now()));
        AttemptRow row = Objects.requireNonNull(draft.task().attempts().get(attempt.id()), "the attempt that began");
        return Optional.of(jobs.claimed(draft.task(), row, attempt, Gone.NOT, draft.now()));
    }

    /**
     * Begins the first of the new attempts of a step at once, in the decision that made it, where nothing keeps it waiting. What
     * goes wrong with that is not the fault of what was decided: the attempt waits for its turn then.
     */
    StoredTransition beginNext(TaskDraft draft, StoredTransition moved) {
        TaskRecord decided = draft.task();
        try {
            return moved.attempts().stream()
                    .findFirst()
                    .filter(attempt -> attempt.turn().policy() == null
                            && attempt.turn().notBefore() == null
                            && jobs.isThere(
                                    moved.taskId(),
                                    decided.template(attempt.templateId()).type()))
                    .flatMap(attempt -> begin(draft, attempt))
                    .map(moved::with)
                    .orElse(moved);
        } catch (RuntimeException e) {
            LOG.debug("the next stage of {} cannot begin at once", moved.taskId(), e);
            draft.back(decided);
            return moved;
        }
    }
}
