package dev.callboard.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares {@code .data} with its checksums before HSQLDB opens it: all of it up to {@value #AT_START} bytes, and all of a
 * copy, which may be put together of pieces of different times. Of a larger file what changed last: the pages that HSQLDB
 * puts back, and the end; the rest is compared while the server runs ({@link LaterCheck}).
 */
final class RowCheck {
    /** Bytes that are compared before a start goes on: 0.15 s where they are in memory. */
    static final long AT_START = 256L << 20;

    private final DatabaseFiles files;
    private final long atStart;
    private final BlockReader reader = new BlockReader();

    RowCheck(DatabaseFiles files, long atStart) {
        this.files = files;
        this.atStart = atStart;
    }

    /**
     * What {@code .data} must be when HSQLDB has opened it.
     *
     * @param stamp of the checkpoint
     * @param unchecked blocks that were not compared yet; never the first or the last one
     */
    record Compared(String stamp, BlockSums sums, BitSet unchecked) {}

    /**
     * Whether these checksums are of the checkpoint before one that was written but not finished: the first page as it was then
     * tells, as each checkpoint writes its stamp there.
     */
    boolean areOfTheOneBefore(SavedChecksums saved) throws IOException {
        if (!files.checkpointIsWritten()
                || !(saved.rows() instanceof BlockSums sums)
                || sums.count() == 0
                || !Files.exists(files.backup())) {
            return false;
        }
        try (BackupPages pages = BackupPages.open(files.backup())) {
            return pages.has(0, sums, reader);
        } catch (EOFException e) {
            return false;
        }
    }

    /** Empty when it is not what was written. */
    Optional<Compared> compare(SavedChecksums saved, BlockSums sums) throws IOException {
        if (!Files.exists(files.rows())) {
            return sums.count() > 0 ? Optional.empty() : Optional.of(new Compared(saved.stamp(), sums, new BitSet()));
        }
        try (FileChannel rows = FileChannel.open(files.rows(), StandardOpenOption.READ);
                @Nullable BackupPages pages = Files.exists(files.backup()) ? BackupPages.open(files.backup()) : null) {
            return compare(saved, sums, rows, pages);
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private Optional<Compared> compare(
            SavedChecksums saved, BlockSums sums, FileChannel rows, @Nullable BackupPages pages) throws IOException {
        BitSet changed = pages == null ? new BitSet() : pages.blocks();
        changed.clear(sums.count(), Math.max(sums.count(), changed.length()));
        BitSet first = first(sums, changed, saved.identity() != RowFile.identity(files.rows()));
        String stamp = files.checkpointIsWritten() ? files.stamp().orElse("0") : saved.stamp();
        // These pages are then of the checkpoint before, and HSQLDB removes them.
        boolean finished = files.checkpointIsWritten() && stamp.equals(saved.stamp());
        if (!same(sums, rows, finished ? null : pages, changed, first)) {
            return Optional.empty();
        }
        BlockSums now =
                finished || !files.checkpointIsWritten() ? sums : sums.after(rows, RowFile.used(rows), changed, reader);
        BitSet unchecked = new BitSet();
        unchecked.set(0, Math.min(sums.count(), now.count()));
        unchecked.andNot(first);
        return Optional.of(new Compared(stamp, now, unchecked));
    }

    private BitSet first(BlockSums sums, BitSet changed, boolean copy) {
        BitSet first = new BitSet();
        if (copy || sums.length() <= atStart) {
            first.set(0, sums.count());
            return first;
        }
        first.or(changed);
        first.set(0);
        int left = Math.max(1, (int) (atStart / BlockSums.BLOCK) - first.cardinality());
        first.set(Math.max(0, sums.count() - left), sums.count());
        return first;
    }

    private boolean same(BlockSums sums, FileChannel rows, @Nullable BackupPages pages, BitSet changed, BitSet blocks)
            throws IOException {
        BitSet read = (BitSet) blocks.clone();
        if (pages != null) {
            read.andNot(changed);
            for (int block = changed.nextSetBit(0); block >= 0; block = changed.nextSetBit(block + 1)) {
                if (!pages.has(block, sums, reader)) {
                    return false;
                }
            }
        }
        return sums.differing(rows, read, reader).isEmpty();
    }
}
