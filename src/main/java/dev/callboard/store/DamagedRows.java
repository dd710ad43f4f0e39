package dev.callboard.store;

import dev.callboard.spi.Plural;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks of {@code .data} that were found to be damaged while the database was open. Their bytes are kept in
 * {@code damaged/data-<number>/}, the first {@value #MOST_COPIED}; their checksums stay what they were, so that each start says
 * it again.
 */
final class DamagedRows {
    private static final Logger LOG = LoggerFactory.getLogger(DamagedRows.class);

    private static final int MOST_COPIED = 64;

    private final DamagedCopies copies;
    private BitSet blocks = new BitSet();
    private @Nullable Path copy;

    DamagedRows(DatabaseFiles files) {
        this.copies = new DamagedCopies(files.data());
    }

    /** Which blocks. */
    BitSet blocks() {
        return (BitSet) blocks.clone();
    }

    void forget() {
        blocks = new BitSet();
        copy = null;
    }

    /**
     * A block is not what it must be.
     *
     * @param bytes what it is
     */
    void add(int block, byte[] bytes) {
        blocks.set(block);
        int count = blocks.cardinality();
        if (count <= MOST_COPIED) {
            keep(block, bytes);
        }
        if (count == 1) {
            LOG.error("{}", finding().orElseThrow());
        }
    }

    private void keep(int block, byte[] bytes) {
        try {
            Path folder = copy;
            if (folder == null) {
                folder = copies.begin("data");
                copy = folder;
            }
            Files.write(folder.resolve("callboard.data.from-" + place(block)), bytes);
        } catch (IOException e) {
            LOG.warn("A damaged piece of db/callboard.data, from byte {}, could not be copied: {}", place(block), e);
        }
    }

    private static long place(int block) {
        return (long) block * BlockSums.BLOCK;
    }

    /** What people are told; empty when there are none. */
    Optional<String> finding() {
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        int first = blocks.nextSetBit(0);
        int more = blocks.cardinality() - 1;
        Path folder = copy;
        return Optional.of("db/callboard.data is damaged between byte " + place(first) + " and " + place(first + 1)
                + (more > 0 ? " and in " + Plural.of(more, "place") + " of as many bytes after it" : "")
                + ": rows that stand there may be missing or have wrong values. It was damaged before this start, and was"
                + " found while the server ran; what was stored since is on the disk. "
                + (folder == null ? "" : "The damaged bytes as they were are in " + folder + ". ")
                + "Restore the data folder from a backup (see 'Backup and restore' in deploy/README.md).");
    }
}
