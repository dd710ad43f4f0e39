package dev.callboard.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code .backup}: pages of {@code .data} as they were at the last checkpoint. HSQLDB puts a page there before it writes to it
 * for the first time ({@code RAShadowFile}): an int of the size, a long of the place, the bytes. What was in use at the
 * checkpoint and is not there has not changed since, but for the first page, which HSQLDB also writes alone.
 */
final class BackupPages implements AutoCloseable {
    /** Bytes of a page. */
    static final int PAGE = 1 << 14;

    private static final int HEADER = Integer.BYTES + Long.BYTES;

    private final FileChannel file;
    private final SortedMap<Long, Long> places;

    private BackupPages(FileChannel file, SortedMap<Long, Long> places) {
        this.file = file;
        this.places = places;
    }

    /** Reads where its pages stand. It must be there; the last page may have been cut off while it was written. */
    static BackupPages open(Path backup) throws IOException {
        FileChannel file = FileChannel.open(backup, StandardOpenOption.READ);
        try {
            return new BackupPages(file, places(file));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static SortedMap<Long, Long> places(FileChannel file) throws IOException {
        SortedMap<Long, Long> places = new TreeMap<>();
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        long end = file.size() - HEADER - PAGE;
        for (long at = 0; at <= end; at += HEADER + PAGE) {
            header.clear();
            while (header.hasRemaining()) {
                if (file.read(header, at + header.position()) < 0) {
                    throw new EOFException("it became shorter");
                }
            }
            long place = header.getLong(Integer.BYTES);
            if (header.getInt(0) != PAGE || place < 0 || place % PAGE != 0) {
                throw new EOFException("a page of it is damaged");
            }
            places.put(place, at + HEADER);
        }
        return places;
    }

    FileChannel file() {
        return file;
    }

    /** Where the bytes of the pages stand in the file, by their places in {@code .data}. */
    SortedMap<Long, Long> places() {
        return places;
    }

    /** Which blocks of {@code .data} there are. */
    BitSet blocks() {
        BitSet blocks = new BitSet();
        places.keySet().forEach(place -> blocks.set(Math.toIntExact(place / PAGE)));
        return blocks;
    }

    /**
     * Whether a block is there, and is what it was.
     *
     * @param expected what it was
     */
    boolean has(int block, BlockSums expected, BlockReader reader) throws IOException {
        Long at = places.get((long) block * PAGE);
        return at != null && reader.sum(file, at, expected.size(block)) == expected.of(block);
    }

    /** The bytes of a block that is there, as they were. */
    byte[] bytes(int block, BlockSums expected, BlockReader reader) throws IOException {
        return reader.bytes(file, places.getOrDefault((long) block * PAGE, 0L), expected.size(block));
    }

    /** Cuts off the last page when it is not whole: HSQLDB cannot read it, and its place is unchanged. */
    static void cutOffHalf(Path backup) throws IOException {
        if (!Files.exists(backup) || Files.size(backup) % (HEADER + PAGE) == 0) {
            return;
        }
        try (FileChannel channel = FileChannel.open(backup, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - channel.size() % (HEADER + PAGE));
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
