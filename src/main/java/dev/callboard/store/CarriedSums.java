package dev.callboard.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checksums of {@code .data} while the database is open: as of the last checkpoint, and how much of the file was compared
 * with them. A checkpoint reads what changed since the one before alone. What was not compared yet is compared before its
 * checksum is made anew, so that no damage becomes what is expected. Safe for several threads.
 */
final class CarriedSums {
    /** Blocks that are compared at once while others wait: 1 MB. */
    private static final int AT_ONCE = 64;

    private final DatabaseFiles files;
    private final DamagedRows damaged;
    private final BlockReader reader = new BlockReader();
    private String stamp = "";
    private @Nullable BlockSums sums;
    private BitSet unchecked = new BitSet();
    private @Nullable LaterCheck later;

    CarriedSums(DatabaseFiles files) {
        this.files = files;
        this.damaged = new DamagedRows(files);
    }

    /** Begins with what the start found; with nothing when there were no checksums. */
    synchronized void begin(Optional<RowCheck.Compared> compared) {
        forget();
        damaged.forget();
        compared.ifPresent(found -> {
            stamp = found.stamp();
            sums = found.sums();
            unchecked = (BitSet) found.unchecked().clone();
        });
    }

    /** What was found to be damaged, for people. */
    synchronized Optional<String> finding() {
        return damaged.finding();
    }

    /** Compares what the start has left, on a thread of its own. */
    synchronized void compareLater() {
        if (!unchecked.isEmpty()) {
            later = LaterCheck.begin(this);
        }
    }

    /** Leaves the rest to the next start. */
    synchronized void stopComparing() {
        LaterCheck comparing = later;
        later = null;
        if (comparing != null) {
            comparing.stop();
        }
    }

    /** The file may not be what it is thought to be: at the next checkpoint all of it is read. */
    synchronized void forget() {
        stamp = "";
        sums = null;
        unchecked = new BitSet();
    }

    /** Reads all of the file, 0.1 s for 100 MB; nobody may write meanwhile. */
    synchronized BlockSums makeAnew(String newStamp) throws IOException {
        forget();
        BlockSums made = BlockSums.none();
        if (Files.exists(files.rows())) {
            try (FileChannel rows = FileChannel.open(files.rows(), StandardOpenOption.READ)) {
                made = BlockSums.of(rows, RowFile.used(rows), reader);
            }
        }
        stamp = newStamp;
        sums = made;
        return made;
    }

    /**
     * Reads what a checkpoint changed. It has written {@code .data}, and {@code .backup} still has the pages as they were before.
     *
     * @param newStamp of the checkpoint
     */
    synchronized BlockSums checkpointed(String newStamp) throws IOException {
        BlockSums before = sums;
        if (before == null) {
            return makeAnew(newStamp);
        }
        BitSet changed = new BitSet();
        if (Files.exists(files.backup())) {
            try (BackupPages pages = BackupPages.open(files.backup())) {
                changed = pages.blocks();
                // After a checkpoint that the last process did not finish they are of the one before that.
                if (!stamp.equals(newStamp)) {
                    compare(before, changed, pages);
                }
            }
        }
        changed.andNot(damaged.blocks());
        try (FileChannel rows = FileChannel.open(files.rows(), StandardOpenOption.READ)) {
            BlockSums made = before.after(rows, RowFile.used(rows), changed, reader);
            stamp = newStamp;
            sums = made;
            unchecked.andNot(changed);
            unchecked.clear(made.count(), Math.max(made.count(), unchecked.length()));
            return made;
        }
    }

    /** Compares blocks that were not compared before they changed. */
    private void compare(BlockSums before, BitSet changed, BackupPages pages) throws IOException {
        BitSet blocks = (BitSet) changed.clone();
        blocks.and(unchecked);
        for (int block = blocks.nextSetBit(0); block >= 0; block = blocks.nextSetBit(block + 1)) {
            if (!pages.has(block, before, reader)) {
                damaged.add(block, pages.bytes(block, before, reader));
            }
        }
        unchecked.andNot(blocks);
    }

    /**
     * Compares some more blocks with what they must be.
     *
     * @return whether there are more
     */
    synchronized boolean compareMore() throws IOException {
        BlockSums now = sums;
        if (now == null || unchecked.isEmpty()) {
            return false;
        }
        BitSet some = new BitSet();
        int first = unchecked.nextSetBit(0);
        some.set(first, first + AT_ONCE);
        some.and(unchecked);
        try (FileChannel rows = FileChannel.open(files.rows(), StandardOpenOption.READ)) {
            BitSet differing = now.differing(rows, some, reader);
            if (!differing.isEmpty()) {
                judge(now, differing, rows);
            }
        }
        unchecked.andNot(some);
        return !unchecked.isEmpty();
    }

    /** Tells blocks that HSQLDB has written to since the checkpoint, which it puts into {@code .backup} before, from damaged ones. */
    private void judge(BlockSums now, BitSet differing, FileChannel rows) throws IOException {
        BitSet written = new BitSet();
        if (Files.exists(files.backup())) {
            try (BackupPages pages = BackupPages.open(files.backup())) {
                written = pages.blocks();
                written.and(differing);
                compare(now, written, pages);
            }
        }
        differing.andNot(written);
        for (int block = differing.nextSetBit(0); block >= 0; block = differing.nextSetBit(block + 1)) {
            damaged.add(block, reader.bytes(rows, (long) block * BlockSums.BLOCK, now.size(block)));
        }
    }
}
