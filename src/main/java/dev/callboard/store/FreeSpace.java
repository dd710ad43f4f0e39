package dev.callboard.store;

import java.io.IOException;
import java.nio.file.Path;

/** Free space of the disk that holds a folder, looked at now and then. */
final class FreeSpace {
    /** How long it is believed. */
    private static final long BELIEVED_NANOS = 200_000_000L;

    private final Path folder;
    private volatile long bytes = Long.MAX_VALUE;
    private volatile long lookedAt = System.nanoTime() - BELIEVED_NANOS;

    FreeSpace(Path folder) {
        this.folder = folder;
    }

    /** What was seen last; nothing is free on a disk that cannot be asked. */
    long bytes() {
        return bytes;
    }

    /** Whether that is still worth something. */
    boolean isFresh() {
        return System.nanoTime() - lookedAt < BELIEVED_NANOS;
    }

    /** It must be looked at again. */
    void forget() {
        lookedAt = System.nanoTime() - BELIEVED_NANOS;
    }

    /** Looks. Blocks. */
    Long look() {
        long now;
        try {
            now = Reserve.usable(folder);
        } catch (IOException e) {
            now = 0;
        }
        bytes = now;
        lookedAt = System.nanoTime();
        return now;
    }
}
