package dev.callboard.engine;

import dev.callboard.taskmodel.TaskStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the engine changes of a task's row: the whole image of these columns. Times are whole milliseconds.
 *
 * @param statusSince null for tasks of versions that did not keep it
 * @param currentStage the stage to show as the present one, by its template's id
 * @param suggestions which stages were suggested, as JSON text
 * @param ledgerRevision grows with each write to the ledger
 */
record TaskRow(
        String id,
        TaskStatus status,
        @Nullable Instant statusSince,
        @Nullable String currentStage,
        @Nullable String error,
        @Nullable String userInput,
        @Nullable String suggestions,
        long revision,
        long selectionRevision,
        long ledgerRevision,
        Instant updatedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt) {

    /** The same moved on. The times of start and end follow the status: a task that is opened again has no end. */
    TaskRow moved(TaskStatus now, Optional<String> current, @Nullable String why, Instant at) {
        return new TaskRow(
                id,
                now,
                now == status ? statusSince : at,
                current.orElse(null),
                why,
                userInput,
                suggestions,
                revision,
                selectionRevision,
                ledgerRevision,
                at,
                startedAt == null && now == TaskStatus.RUNNING ? at : startedAt,
                now.open() ? null : at);
    }

    /** The same with what the person who started it added. */
    TaskRow withUserInput(String added) {
        return with(revision, added, suggestions, selectionRevision, ledgerRevision, updatedAt);
    }

    /** The same with other suggestions. */
    TaskRow withSuggestions(@Nullable String suggested) {
        return with(revision, userInput, suggested, selectionRevision, ledgerRevision, updatedAt);
    }

    /** The same with a new selection. */
    TaskRow selected() {
        return with(revision, userInput, suggestions, selectionRevision + 1, ledgerRevision, updatedAt);
    }

    /** The same with a new ledger. */
    TaskRow ledgerWritten(Instant at) {
        return with(revision, userInput, suggestions, selectionRevision, ledgerRevision + 1, at);
    }

    /** The same at the next revision: one for all that one decision changes. */
    TaskRow next() {
        return with(revision + 1, userInput, suggestions, selectionRevision, ledgerRevision, updatedAt);
    }

    private TaskRow with(
            long newRevision,
            @Nullable String newInput,
            @Nullable String newSuggestions,
            long newSelection,
            long newLedger,
            Instant at) {
        return new TaskRow(
                id,
                status,
                statusSince,
                currentStage,
                error,
                newInput,
                newSuggestions,
                newRevision,
                newSelection,
                newLedger,
                at,
                startedAt,
                completedAt);
    }
}
