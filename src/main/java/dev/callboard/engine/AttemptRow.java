package dev.callboard.engine;

import dev.callboard.engine.StageOutcome.StoredJson;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.Wait;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as it is stored: the whole image of its row. Times are whole milliseconds, as the database keeps them.
 *
 * @param fence grows with each attempt of the task
 * @param settings as JSON text
 * @param input where its input comes from, as JSON text
 * @param output null before there is one
 * @param decided what a person made of the output, null when they left it
 * @param decision what a person decided, as JSON text
 * @param usage what a language model used, as JSON text
 * @param workerWait whether a worker is to do it or has it: {@code open}, {@code secret} or {@code leased}
 * @param tries which attempt it is since a person's word, from 1
 */
public record AttemptRow(
        String id,
        String taskId,
        String templateId,
        int number,
        long fence,
        ExecutionStatus status,
        String stageType,
        String settings,
        String input,
        @Nullable StoredJson output,
        @Nullable Long outputCount,
        @Nullable StoredJson decided,
        @Nullable String userInput,
        @Nullable String decision,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String error,
        @Nullable String errorCode,
        @Nullable Boolean retryable,
        @Nullable String usage,
        @Nullable Wait waiting,
        @Nullable String workerWait,
        int tries,
        @Nullable Instant notBefore,
        long revision,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Long durationMs) {

    /** Whether its stage said that it can go on only later. */
    public boolean waits() {
        return status == ExecutionStatus.RUNNING && waiting != null;
    }

    /** What goes on from it: what a person made of its output, else the output itself. */
    @Nullable
    StoredJson result() {
        return decided == null ? output : decided;
    }

    /** As those see it who run it. */
    Attempt attempt(@Nullable PolicyUse policy) {
        return new Attempt(
                id,
                taskId,
                templateId,
                number,
                fence,
                status,
                userInput,
                error,
                waits(),
                new AttemptSchedule(tries, notBefore, policy));
    }

    /** The same with changes, at the next revision. */
    AttemptRow with(Consumer<Edit> changes) {
        Edit edit = new Edit(this);
        changes.accept(edit);
        return edit.row(revision + 1);
    }

    /** The columns that change, as they will be. */
    static final class Edit {
        private final AttemptRow before;
        ExecutionStatus status;
        String input;

        @Nullable
        StoredJson output;

        @Nullable
        Long outputCount;

        @Nullable
        StoredJson decided;

        @Nullable
        String decision;

        @Nullable
        String decidedBy;

        @Nullable
        Instant decidedAt;

        @Nullable
        String error;

        @Nullable
        String errorCode;

        @Nullable
        Boolean retryable;

        @Nullable
        String usage;

        @Nullable
        Wait waiting;

        @Nullable
        String workerWait;

        @Nullable
        Instant startedAt;

        @Nullable
        Instant completedAt;

        @Nullable
        Long durationMs;

        private Edit(AttemptRow row) {
            before = row;
            status = row.status;
            input = row.input;
            output = row.output;
            outputCount = row.outputCount;
            decided = row.decided;
            decision = row.decision;
            decidedBy = row.decidedBy;
            decidedAt = row.decidedAt;
            error = row.error;
            errorCode = row.errorCode;
            retryable = row.retryable;
            usage = row.usage;
            waiting = row.waiting;
            workerWait = row.workerWait;
            startedAt = row.startedAt;
            completedAt = row.completedAt;
            durationMs = row.durationMs;
        }

        /** It waits for nothing any more. */
        void endWait() {
            waiting = null;
            workerWait = null;
        }

        /** A decision about it. */
        void decide(String what, String by, Instant at) {
            decision = what;
            decidedBy = by;
            decidedAt = at;
        }

        private AttemptRow row(long revision) {
            return new AttemptRow(
                    before.id,
                    before.taskId,
                    before.templateId,
                    before.number,
                    before.fence,
                    status,
                    before.stageType,
                    before.settings,
                    input,
                    output,
                    outputCount,
                    decided,
                    before.userInput,
                    decision,
                    decidedBy,
                    decidedAt,
                    error,
                    errorCode,
                    retryable,
                    usage,
                    waiting,
                    workerWait,
                    before.tries,
                    before.notBefore,
                    revision,
                    before.createdAt,
                    startedAt,
                    completedAt,
                    durationMs);
        }
    }
}
