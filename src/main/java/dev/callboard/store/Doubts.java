package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** The one transaction, if there is one, of which only the database, opened anew, can say whether it is stored. On one context. */
final class Doubts {
    private final Backend backend;
    private @Nullable Doubt open;

    private record Doubt(long number, Throwable reason, Promise<Void> said) {}

    Doubts(Backend backend) {
        this.backend = backend;
    }

    /**
     * Nobody knows what became of a transaction.
     *
     * @param reason why
     * @return what those are answered with who wait for it, once that is known
     */
    Future<Void> begin(long number, Throwable reason) {
        Doubt begun = new Doubt(number, reason, Promise.promise());
        open = begun;
        return begun.said().future();
    }

    /** The database is open again. */
    void settle() {
        Doubt settled = take();
        if (settled == null) {
            return;
        }
        if (backend.isStored(settled.number())) {
            settled.said().complete();
        } else {
            settled.said().fail(backend.unwritable(settled.reason()));
        }
    }

    /** The server ends before the database is open again. */
    void giveUp() {
        Doubt left = take();
        if (left != null) {
            left.said()
                    .fail(ProblemException.unavailable(
                            Failures.UNAVAILABLE,
                            "The database went away while this was being stored, and the server ends: it is not known"
                                    + " whether it is stored. Look when the server runs again."));
        }
    }

    private @Nullable Doubt take() {
        Doubt taken = open;
        open = null;
        return taken;
    }
}
