package dev.callboard.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * HSQLDB's log, {@code db/callboard.log}, as far as it is known to be on the disk. HSQLDB says that a commit succeeded when its
 * log could not be written; this says whether it is true. HSQLDB's thread writes, any thread may ask.
 */
final class CommitLog {
    private static final byte[] COMMIT = ("COMMIT" + System.lineSeparator()).getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final Checksums sums;
    private final CheckedStream.DiskSync disk;
    private volatile @Nullable Tail tail;
    private volatile int openings;
    private volatile long sure;

    CommitLog(Path file, Checksums sums, CheckedStream.DiskSync disk) {
        this.file = file;
        this.sums = sums;
        this.disk = disk;
    }

    boolean is(Path path) {
        return path.toAbsolutePath().equals(file.toAbsolutePath());
    }

    /** Opens the log; each checkpoint begins a new one. */
    OutputStream open() throws IOException {
        long length = Files.exists(file) ? Files.size(file) : 0;
        Tail opened = new Tail(length);
        sure = length;
        openings++;
        tail = opened;
        return opened;
    }

    /** How often it was opened: a checkpoint that went through has opened it once more. */
    int openings() {
        return openings;
    }

    /** Its length in bytes. */
    long length() {
        Tail now = tail;
        return now == null ? 0 : now.length;
    }

    /** A place in the log, to tell whether it has grown. */
    record Place(int openings, long length) {}

    Place place() {
        return new Place(openings, length());
    }

    /**
     * Why what was committed may not be on the disk; empty when all of it is.
     *
     * @param before where the log ended before the commit
     */
    Optional<IOException> doubt(Place before) {
        Tail now = tail;
        if (now == null || now.closed) {
            return Optional.of(new IOException(file.getFileName() + " is closed"));
        }
        IOException failure = now.failure();
        if (failure != null) {
            return Optional.of(failure);
        }
        if (now.length != sure) {
            return Optional.of(new IOException(file.getFileName() + " was written to byte " + now.length
                    + ", but is on the disk to byte " + sure + " only"));
        }
        if (!place().equals(before) && now.length > 0 && !now.endsWith(COMMIT)) {
            return Optional.of(new IOException(file.getFileName() + " does not end in a COMMIT"));
        }
        return Optional.empty();
    }

    /** The database was opened anew: what was unsure is decided. */
    void forget() {
        tail = null;
    }

    /** From now on nothing is written to it. */
    void abandon() {
        Tail now = tail;
        if (now != null) {
            now.abandon();
        }
    }

    /** Cuts off what may not be on the disk, so that it cannot come back; for a log that nobody writes any more. */
    void cutOffUnsure() throws IOException {
        if (tail == null || !Files.exists(file) || Files.size(file) <= sure) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(sure);
            channel.force(true);
        }
    }

    /** The open end of the log. */
    private final class Tail extends CheckedStream {
        private final CRC32C sum = new CRC32C();
        private final byte[] last = new byte[COMMIT.length];
        private volatile long length;
        private volatile boolean closed;

        Tail(long length) throws IOException {
            super(file, true, disk);
            this.length = length;
        }

        @Override
        void written(byte[] bytes, int offset, int count) {
            sum.update(bytes, offset, count);
            int kept = Math.max(0, last.length - count);
            System.arraycopy(last, last.length - kept, last, 0, kept);
            int taken = last.length - kept;
            System.arraycopy(bytes, offset + count - taken, last, kept, taken);
            length += count;
        }

        @Override
        void synced() throws IOException {
            long onDisk = Files.size(file);
            if (onDisk != length) {
                throw new IOException(file.getFileName() + " has " + onDisk + " bytes instead of the " + length
                        + " that were written");
            }
            if (length > sure && last[last.length - 1] == '\n') {
                sums.mark(length, sum.getValue());
                sum.reset();
                sure = length;
            }
        }

        boolean endsWith(byte[] end) {
            return Arrays.equals(last, end);
        }

        @Override
        public void close() throws IOException {
            closed = true;
            super.close();
        }
    }
}
