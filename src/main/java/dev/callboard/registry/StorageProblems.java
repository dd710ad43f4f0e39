package dev.callboard.registry;

import dev.callboard.problem.FileFaults;
import dev.callboard.problem.ProblemException;
import java.io.IOException;

/** Says in words what a failed write means. */
final class StorageProblems {
    private StorageProblems() {}

    static ProblemException of(Throwable failure) {
        if (failure instanceof ProblemException expected) {
            return expected;
        }
        if (failure instanceof IOException && FileFaults.isDiskFull(failure)) {
            return ProblemException.storageFull(
                    "The disk is full: the change was not stored, the stages file is as it was. Free some space and"
                            + " try again.");
        }
        return ProblemException.unavailable(
                "not_stored",
                "The change could not be stored and was not made: "
                        + (failure instanceof IOException ? FileFaults.reason(failure) : failure.getMessage()) + ".");
    }
}
