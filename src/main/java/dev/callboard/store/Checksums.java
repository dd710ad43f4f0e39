package dev.callboard.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code db/callboard.sums}: what the files of the database were at the last checkpoint, and after each commit how long
 * the log is and the CRC-32C of what was added. HSQLDB takes any text that is SQL for what it wrote; with these a changed
 * byte is noticed. {@link SavedChecksums} reads it.
 */
final class Checksums {
    private static final Logger LOG = LoggerFactory.getLogger(Checksums.class);

    private final DatabaseFiles files;
    private @Nullable FileChannel marks;

    Checksums(DatabaseFiles files) {
        this.files = files;
    }

    /**
     * Begins anew after a checkpoint; nothing may be written to the database meanwhile. Reads all of {@code .data}: 0.1 s for
     * 100 MB.
     */
    synchronized void begin(long logLength) throws IOException {
        close();
        String header = SavedChecksums.header(files, logLength);
        AtomicFile.write(files.sums(), header.getBytes(StandardCharsets.US_ASCII));
        marks = FileChannel.open(files.sums(), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /**
     * The log is on the disk up to here. Not synced: it is read after the end of this process, and what is lost with the
     * machine's power is only not checked.
     *
     * @param length of the log
     * @param sum of what was added since the last mark
     */
    synchronized void mark(long length, long sum) {
        FileChannel channel = marks;
        if (channel == null) {
            return;
        }
        try {
            ByteBuffer line = ByteBuffer.wrap(SavedChecksums.mark(length, sum).getBytes(StandardCharsets.US_ASCII));
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            LOG.debug("no more checksums until the next checkpoint", e);
            closeQuietly();
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            LOG.debug("{} could not be closed", files.sums(), e);
        }
    }

    /** Writes no more marks. */
    synchronized void close() throws IOException {
        FileChannel channel = marks;
        marks = null;
        if (channel != null) {
            channel.close();
        }
    }

    /** Forgets them: what follows is not checked. */
    synchronized void remove() throws IOException {
        close();
        Files.deleteIfExists(files.sums());
    }
}
