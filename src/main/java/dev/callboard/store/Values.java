package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import io.vertx.sqlclient.Tuple;

/** What values of statements may be, on whatever database. */
final class Values {
    private Values() {}

    /**
     * Refuses a text with the character NUL: PostgreSQL takes none, and a refusal there would undo what others write in the
     * same transaction.
     *
     * @throws ProblemException {@code nul_in_text}
     */
    static void check(Tuple values) {
        for (int i = 0; i < values.size(); i++) {
            if (values.getValue(i) instanceof String text && text.indexOf('\0') >= 0) {
                throw ProblemException.invalid(
                        "nul_in_text",
                        "A text has the character NUL (U+0000), which cannot be stored. Remove it, then repeat the request.");
            }
        }
    }
}
