package dev.callboard.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Checksums of files. */
final class FileSums {
    private static final int CHUNK = 1 << 18;

    private FileSums() {}

    /** Of the first bytes of a file. */
    static SavedChecksums.Sum of(Path file, long length) throws IOException {
        CRC32C crc = new CRC32C();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            add(crc, channel, 0, length);
        }
        return new SavedChecksums.Sum(length, (int) crc.getValue());
    }

    /**
     * Adds a piece of a file.
     *
     * @throws EOFException when the file is shorter
     */
    static void add(CRC32C crc, FileChannel channel, long from, long to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, Math.max(1, to - from)));
        for (long at = from; at < to; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new EOFException("it has " + channel.size() + " bytes instead of " + to);
            }
            crc.update(buffer.flip());
            at += read;
        }
    }
}
