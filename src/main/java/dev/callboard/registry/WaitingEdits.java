package dev.callboard.registry;

import dev.callboard.bus.Caller;
import dev.callboard.problem.ProblemException;
import dev.callboard.registry.RegistryMessages.StageWritten;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Edits of custom stages that are not applied yet, in the order in which they came. */
final class WaitingEdits {
    /** More edits than this are refused until some are done. */
    private static final int MAX_WAITING = 20_000;

    private static final int MAX_BATCH = 1_000;

    private final ArrayDeque<Edit> edits = new ArrayDeque<>();

    /** One of them, and who is answered. */
    record Edit(CustomStages.Edit edit, Promise<StageWritten> done, Caller caller) {}

    boolean isEmpty() {
        return edits.isEmpty();
    }

    /** What becomes of it; fails with {@code busy} when too many wait. */
    Future<StageWritten> add(CustomStages.Edit edit, Caller caller) {
        if (edits.size() >= MAX_WAITING) {
            return Future.failedFuture(ProblemException.unavailable(
                    "busy", "Too many changes are waiting to be stored. Try again in a moment."));
        }
        Promise<StageWritten> done = Promise.promise();
        edits.add(new Edit(edit, done, caller));
        return done.future();
    }

    /** Takes those of the next batch. */
    List<Edit> next() {
        List<Edit> batch = new ArrayList<>();
        while (batch.size() < MAX_BATCH && !edits.isEmpty()) {
            batch.add(edits.remove());
        }
        return batch;
    }

    /** Some that were taken come first again. */
    void putBack(List<Edit> taken) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            edits.addFirst(taken.get(i));
        }
    }

    /** Answers all of them. */
    void fail(ProblemException problem) {
        edits.forEach(edit -> edit.done().tryFail(problem));
        edits.clear();
    }
}
