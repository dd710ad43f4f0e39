package dev.callboard.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.BitSet;
import java.util.zip.CRC32C;

/** Reads blocks of a file, those that stand beside each other together. For one thread at a time. */
final class BlockReader {
    /** Blocks that are read at once. */
    private static final int AT_ONCE = 16;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(AT_ONCE * BlockSums.BLOCK);
    private final CRC32C crc = new CRC32C();

    /** Takes the checksum of a block. */
    @FunctionalInterface
    interface Each {
        void block(int number, int crc);
    }

    /**
     * Reads blocks in their order.
     *
     * @param length of the file as far as it is in use: what stands behind it is not read
     * @throws EOFException when the file is shorter
     */
    void read(FileChannel file, BitSet blocks, long length, Each each) throws IOException {
        for (int from = blocks.nextSetBit(0); from >= 0; ) {
            int to = Math.min(blocks.nextClearBit(from), from + AT_ONCE);
            long at = (long) from * BlockSums.BLOCK;
            fill(file, at, (int) Math.min((long) (to - from) * BlockSums.BLOCK, length - at));
            for (int block = from; block < to; block++) {
                each.block(block, next());
            }
            from = blocks.nextSetBit(to);
        }
    }

    /** The checksum of a piece of a file, at most a block. */
    int sum(FileChannel file, long at, int size) throws IOException {
        fill(file, at, size);
        return next();
    }

    /** A piece of a file, at most a block. */
    byte[] bytes(FileChannel file, long at, int size) throws IOException {
        fill(file, at, size);
        byte[] bytes = new byte[size];
        buffer.get(bytes);
        return bytes;
    }

    private void fill(FileChannel file, long at, int size) throws IOException {
        buffer.clear().limit(size);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("it has " + file.size() + " bytes instead of " + (at + size));
            }
        }
        buffer.flip();
    }

    private int next() {
        int end = buffer.limit();
        buffer.limit(Math.min(end, buffer.position() + BlockSums.BLOCK));
        crc.reset();
        crc.update(buffer);
        buffer.limit(end);
        return (int) crc.getValue();
    }
}
