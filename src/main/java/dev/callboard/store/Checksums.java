package dev.callboard.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code db/callboard.sums}: what the files of the database were at the last checkpoint, and after each commit how long
 * the log is and the CRC-32C of what was added. HSQLDB takes any text that is SQL for what it wrote; with these a changed
 * byte is noticed. {@link SavedChecksums} reads it.
 *
 * <p>What a checkpoint changed is known for a moment only, from {@code .backup}: the file is written before HSQLDB removes that,
 * so that wherever the process ends the next start has checksums of the files as they are then, or of the checkpoint before and
 * the pages that changed since.
 */
final class Checksums {
    private static final Logger LOG = LoggerFactory.getLogger(Checksums.class);

    private final DatabaseFiles files;
    private final CarriedSums rows;
    private @Nullable FileChannel marks;
    private @Nullable BlockSums fresh;
    private boolean written;

    Checksums(DatabaseFiles files, CarriedSums rows) {
        this.files = files;
        this.rows = rows;
    }

    /**
     * HSQLDB is about to remove {@code .backup}: at a checkpoint, which has written {@code .data} and {@code .script.new}; or
     * at a start, where nothing is done. Never throws: HSQLDB would take the checkpoint for failed and lose what it wrote.
     */
    synchronized void beforeBackupIsRemoved() {
        fresh = null;
        written = false;
        try {
            if (!files.checkpointIsWritten()) {
                return;
            }
            close();
            fresh = rows.checkpointed(files.stamp().orElse("0"));
            write(fresh, files.newestScript(), 0);
            written = true;
        } catch (Throwable e) {
            LOG.debug("no checksums of this checkpoint yet", e);
            if (fresh == null) {
                rows.forget();
            }
            removeQuietly();
        }
    }

    /** Begins anew after a checkpoint; nothing may be written to the database meanwhile. */
    synchronized void begin(long logLength) throws IOException {
        close();
        try {
            BlockSums now = fresh == null ? rows.makeAnew(files.stamp().orElse("0")) : fresh;
            if (!written || logLength > 0) {
                write(now, files.script(), logLength);
            }
            marks = FileChannel.open(files.sums(), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            syncSoon();
        } catch (IOException e) {
            // Those of the checkpoint before must not pass for its.
            removeQuietly();
            throw e;
        } finally {
            fresh = null;
            written = false;
        }
    }

    private void write(BlockSums sums, Path script, long logLength) throws IOException {
        AtomicFile.writeUnsynced(
                files.sums(),
                SavedChecksums.header(
                        files.stamp().orElse("0"),
                        FileSums.of(script, Files.size(script)),
                        sums,
                        RowFile.identity(files.rows()),
                        logLength));
    }

    /** Brings them to the disk while others go on: writers wait for a checkpoint, and need not for that. */
    private void syncSoon() {
        Runnable sync = () -> {
            try {
                AtomicFile.syncInPlace(files.sums());
            } catch (IOException e) {
                LOG.debug("the checksums may not be on the disk", e);
            }
        };
        Thread thread = new Thread(sync, "callboard-sums-sync");
        thread.setDaemon(true);
        thread.start();
    }

    private void removeQuietly() {
        try {
            remove();
        } catch (IOException e) {
            LOG.debug("{} could not be removed", files.sums(), e);
        }
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
