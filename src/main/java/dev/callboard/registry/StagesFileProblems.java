package dev.callboard.registry;

import dev.callboard.problem.ProblemException;

/** Why nothing can be done with the stages file now. */
final class StagesFileProblems {
    private StagesFileProblems() {}

    static ProblemException nothingToRestore() {
        return ProblemException.illegalState(
                "nothing_to_restore", "The stages file is there and readable; there is nothing to restore.");
    }

    static ProblemException nothingGood() {
        return ProblemException.illegalState(
                "nothing_to_restore",
                "No good state of the stages file is known. Fix it by hand, or move it away to start without custom"
                        + " stages.");
    }

    /** No edit is taken while it cannot be read: writing it would lose what is in it. */
    static ProblemException unreadable(StagesFileStatus file) {
        return ProblemException.unavailable(
                "stages_file_unreadable",
                file.path() + " cannot be read" + (file.opened() ? ", " : ": ") + file.fault()
                        + " Fix the file, or restore the last good state.");
    }
}
