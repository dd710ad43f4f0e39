package dev.callboard.documents.search;

import dev.callboard.spi.StageContext;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * The right to write an index: one thread of one process has it at a time. It is Lucene's own lock, a lock of the operating
 * system, and with that gone when its process is.
 */
final class WriteLock implements Closeable {
    private static final long POLL_MS = 20;

    private final Path folder;
    private final Directory directory;
    private final Lock lock;

    private WriteLock(Path folder, Directory directory, Lock lock) {
        this.folder = folder;
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Waits for it.
     *
     * @param wait for at most that long
     * @return empty when somebody else had it all the time
     * @throws InterruptedException when the execution was cancelled meanwhile
     */
    static Optional<WriteLock> take(Path folder, Duration wait, StageContext context)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        Directory directory = new NIOFSDirectory(folder);
        try {
            Optional<Lock> lock = tryTake(directory);
            while (lock.isEmpty() && System.nanoTime() < until) {
                if (context.cancelled()) {
                    throw new InterruptedException("cancelled");
                }
                Thread.sleep(POLL_MS);
                lock = tryTake(directory);
            }
            if (lock.isPresent()) {
                WriteLock taken = new WriteLock(folder, directory, lock.get());
                directory = null;
                return Optional.of(taken);
            }
            return Optional.empty();
        } finally {
            if (directory != null) {
                directory.close();
            }
        }
    }

    private static Optional<Lock> tryTake(Directory directory) throws IOException {
        try {
            return Optional.of(directory.obtainLock(IndexWriter.WRITE_LOCK_NAME));
        } catch (LockObtainFailedException e) {
            return Optional.empty();
        }
    }

    /** Of the index that may be written. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        directory.close();
    }
}
