package dev.callboard.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * The CRC-32C of each block of {@code .data}, up to where it was in use at a checkpoint. A block has as many bytes as a page of
 * {@code .backup}, the last one may have fewer. Not changed once made.
 */
final class BlockSums implements SavedChecksums.Rows {
    /** Bytes of a block. */
    static final int BLOCK = BackupPages.PAGE;

    private final long length;
    private final int[] sums;

    private BlockSums(long length, int[] sums) {
        this.length = length;
        this.sums = sums;
    }

    /** Of a file that is not there. */
    static BlockSums none() {
        return new BlockSums(0, new int[0]);
    }

    /** Reads the first bytes of a file. */
    static BlockSums of(FileChannel file, long length, BlockReader reader) throws IOException {
        return none().after(file, length, new BitSet(), reader);
    }

    /**
     * What is so after a checkpoint. Reads what changed alone: these blocks, the first one, and what was not in use before.
     *
     * @param newLength in use since
     * @param changed the other blocks keep their checksums
     */
    BlockSums after(FileChannel file, long newLength, BitSet changed, BlockReader reader) throws IOException {
        int[] newSums = Arrays.copyOf(sums, count(newLength));
        BitSet read = new BitSet();
        read.or(changed);
        read.set(0);
        read.set((int) (Math.min(length, newLength) / BLOCK), newSums.length);
        read.clear(newSums.length, Math.max(newSums.length, read.length()));
        reader.read(file, read, newLength, (block, crc) -> newSums[block] = crc);
        return new BlockSums(newLength, newSums);
    }

    /** Takes them from where {@link #write} put them; empty when there are fewer. */
    static Optional<BlockSums> read(ByteBuffer bytes, long length) {
        if ((length + BLOCK - 1) / BLOCK > bytes.remaining() / Integer.BYTES) {
            return Optional.empty();
        }
        int[] sums = new int[count(length)];
        bytes.asIntBuffer().get(sums);
        bytes.position(bytes.position() + sums.length * Integer.BYTES);
        return Optional.of(new BlockSums(length, sums));
    }

    /** Four bytes for each, the most significant first. */
    ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(sums.length * Integer.BYTES);
        bytes.asIntBuffer().put(sums);
        return bytes;
    }

    /** Which of some blocks of a file are not what they were. */
    BitSet differing(FileChannel file, BitSet blocks, BlockReader reader) throws IOException {
        BitSet differing = new BitSet();
        reader.read(file, blocks, length, (block, crc) -> differing.set(block, crc != sums[block]));
        return differing;
    }

    private static int count(long length) {
        return Math.toIntExact((length + BLOCK - 1) / BLOCK);
    }

    /** How many bytes they are of. */
    @Override
    public long length() {
        return length;
    }

    /** How many blocks there are. */
    int count() {
        return sums.length;
    }

    /** How many bytes of a block are in use. */
    int size(int block) {
        return (int) Math.min(BLOCK, length - (long) block * BLOCK);
    }

    /** Of a block. */
    int of(int block) {
        return sums[block];
    }
}
