package dev.callboard.registry;

import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.util.Locale;

/** Says in words what a failed write means. */
final class StorageProblems {
    private StorageProblems() {}

    static ProblemException of(Throwable failure) {
        if (failure instanceof ProblemException expected) {
            return expected;
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof IOException && message.toLowerCase(Locale.ROOT).contains("no space left")) {
            return ProblemException.storageFull(
                    "The disk is full: the change was not stored, the stages file is as it was. Free some space and"
                            + " try again.");
        }
        return ProblemException.unavailable(
                "not_stored", "The change could not be stored and was not made: " + message + ".");
    }
}
