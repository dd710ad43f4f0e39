package dev.callboard.execution;

import dev.callboard.execution.StageJobs.Gone;
import dev.callboard.execution.TaskRecord.Attempt;
import dev.callboard.palette.StageResolver;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.ExecutionView;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes waiting attempts to run them, with all that they need. */
final class Claims {
    private final Database database;
    private final ExecutionRepository writes;
    private final StageJobs jobs;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final WaitRepository waits = new WaitRepository();
    private final Clock clock;

    Claims(Database database, ExecutionRepository writes, StageResolver resolver, Clock clock) {
        this.database = database;
        this.writes = writes;
        this.jobs = new StageJobs(resolver, new ExecutionViewRepository(clock));
        this.clock = clock;
    }

    /** An attempt that is running now. */
    record Claimed(StageJob job, ExecutionView view, long taskRevision, List<String> stageTypes) {}

    /** The plugin of an attempt's stage is being loaded: it is taken when that is over. */
    static final class StillLoading extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StillLoading(String stageType) {
            super("the plugin of the stage type '" + stageType + "' is being loaded", null, false, false);
        }
    }

    /**
     * Takes an attempt, or goes on with one that waited; empty when it was superseded or ended meanwhile. Fails with
     * {@link StillLoading}, and nothing is changed, as long as its code is not there yet.
     */
    Future<Optional<Claimed>> claim(Attempt attempt) {
        return attempt.waits() ? goOn(attempt) : begin(attempt);
    }

    private Future<Optional<Claimed>> goOn(Attempt attempt) {
        return database.read(connection -> goOn(connection, attempt));
    }

    /** Goes on with an attempt that waited, inside of a transaction; empty when it was superseded or ended meanwhile. */
    Future<Optional<Claimed>> goOn(SqlConnection connection, Attempt attempt) {
        return waits.find(connection, attempt)
                .compose(wait -> wait.isEmpty()
                        ? Future.succeededFuture(Optional.<Claimed>empty())
                        : waits.lastLine(connection, attempt)
                                .compose(line -> records.load(connection, attempt.taskId())
                                        .compose(task -> jobs.claimed(
                                                connection,
                                                task,
                                                attempt,
                                                new Gone(wait.get(), line),
                                                clock.instant())))
                                .map(Optional::of));
    }

    private Future<Optional<Claimed>> begin(Attempt attempt) {
        return database.write(connection -> {
            Instant now = clock.instant();
            return writes.claim(connection, attempt, now)
                    .compose(took -> took
                            ? records.load(connection, attempt.taskId())
                                    .compose(task -> TaskStatusRepository.moveTask(
                                                    connection,
                                                    task,
                                                    task.status(),
                                                    Engine.current(task.state()),
                                                    null,
                                                    now)
                                            .compose(moved -> jobs.claimed(connection, task, attempt, Gone.NOT, now)))
                                    .map(Optional::of)
                            : Future.succeededFuture(Optional.empty()));
        });
    }
}
