package dev.callboard.store;

import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Space that is kept free on the disks that the server writes to, so that what was begun can be finished.
 *
 * @param bytes below this no change is taken
 */
public record Reserve(long bytes) {
    /** The default: 16 MiB. */
    public static final long DEFAULT_BYTES = 16L << 20;

    /** The default. */
    public static Reserve standard() {
        return new Reserve(DEFAULT_BYTES);
    }

    /** Free bytes of the disk that holds a folder. Blocks. */
    static long usable(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /**
     * Refuses what would take from the reserve. Blocks.
     *
     * @param what is on that disk, for people: "the data folder"
     * @param folder exists
     * @param more bytes that are about to be written
     * @throws ProblemException {@code storage_full}
     */
    public void require(String what, Path folder, long more) throws IOException {
        long usable = usable(folder);
        if (usable - more < bytes) {
            throw full(what, usable);
        }
    }

    ProblemException full(String what, long usable) {
        return ProblemException.storageFull("The disk that holds " + what + " has " + usable + " bytes left, and "
                + bytes + " are kept free (limits.reserve_bytes). Nothing was stored; free some space and try again.");
    }
}
