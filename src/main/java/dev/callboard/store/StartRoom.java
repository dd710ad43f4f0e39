package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;

/** Whether a disk has room to open the database on it, and what a start is answered with where it has not. */
final class StartRoom {
    /** What opening and a checkpoint need at least, whatever the reserve. */
    static final long LEAST_BYTES = 1L << 20;

    private StartRoom() {}

    /**
     * Refuses to open the database where it would fail half-way. Blocks.
     *
     * @throws ProblemException {@code storage_full}
     */
    static void require(Path data) throws IOException {
        long free = Reserve.usable(data);
        if (free < LEAST_BYTES) {
            throw full(data, free);
        }
    }

    /** What a start that failed is answered with: a problem where the disk is at fault, anything else as it is. */
    static Throwable explain(Throwable failure, Path data) {
        if (failure instanceof ProblemException || !(failure instanceof IOException || Failures.isStorage(failure))) {
            return failure;
        }
        long free;
        try {
            free = Reserve.usable(data);
        } catch (IOException e) {
            e.addSuppressed(failure);
            return Failures.unwritable(e);
        }
        return Failures.isFull(failure) || free < LEAST_BYTES
                ? full(data, free)
                : ProblemException.unavailable(
                        Failures.UNAVAILABLE,
                        "The database in the data folder " + data + " cannot be written (" + failure.getMessage()
                                + "); its disk has " + free + " bytes free. Free some space, or choose another folder"
                                + " with --data, then start again.");
    }

    private static ProblemException full(Path data, long free) {
        return ProblemException.storageFull("The disk that holds the data folder " + data + " has " + free
                + " bytes free, too few to open the database. Free some space (a start needs at least " + LEAST_BYTES
                + " bytes), or choose another folder with --data, then start again.");
    }
}
