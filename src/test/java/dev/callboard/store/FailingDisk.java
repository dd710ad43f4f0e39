package dev.callboard.store;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.file.Path;

/** A disk that stops taking what is written, and takes it again. */
final class FailingDisk implements CheckedStream.DiskSync {
    private volatile boolean failing;

    void fail(boolean now) {
        failing = now;
    }

    @Override
    public void sync(Path path, FileDescriptor file) throws IOException {
        if (failing) {
            throw new SyncFailedException("sync failed");
        }
        file.sync();
    }
}
