package dev.callboard.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * {@code .data}, HSQLDB's file of rows. Between checkpoints HSQLDB changes it in place and keeps the pages as they were in
 * {@code .backup}: what was at the checkpoint is {@code .data} with these pages laid over it.
 */
final class RowFile {
    /** Where {@code .data} says how much of it is in use ({@code DataFileCache.Positions.LONG_FREE_POS}). */
    private static final int USED_POSITION = 12;

    private RowFile() {}

    /** How much of it was in use at the last checkpoint. */
    static long used(FileChannel rows) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
        while (buffer.hasRemaining()) {
            if (rows.read(buffer, USED_POSITION + buffer.position()) < 0) {
                return 0;
            }
        }
        return Math.max(0, Math.min(buffer.getLong(0), rows.size()));
    }

    /** A number that a copy of the file does not have: where it stands on the disk, or when it was made; 0 for a missing file. */
    static long identity(Path rows) throws IOException {
        if (!Files.exists(rows)) {
            return 0;
        }
        if (rows.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return ((Number) Files.getAttribute(rows, "unix:ino")).longValue();
        }
        return Files.readAttributes(rows, BasicFileAttributes.class)
                .creationTime()
                .toMillis();
    }

    /**
     * Whether what was there at the checkpoint can still be put together, for checksums of version 1.
     *
     * @param backup need not exist
     */
    static boolean matches(Path rows, Path backup, SavedChecksums.Sum expected) throws IOException {
        if (expected.length() == 0) {
            return true;
        }
        if (!Files.exists(rows)) {
            return false;
        }
        CRC32C crc = new CRC32C();
        try (FileChannel data = FileChannel.open(rows, StandardOpenOption.READ)) {
            long at = 0;
            if (Files.exists(backup)) {
                try (BackupPages pages = BackupPages.open(backup)) {
                    for (Map.Entry<Long, Long> page :
                            pages.places().headMap(expected.length()).entrySet()) {
                        long end = Math.min(page.getKey() + BackupPages.PAGE, expected.length());
                        FileSums.add(crc, data, at, page.getKey());
                        FileSums.add(crc, pages.file(), page.getValue(), page.getValue() + end - page.getKey());
                        at = end;
                    }
                }
            }
            FileSums.add(crc, data, at, expected.length());
        } catch (EOFException e) {
            return false;
        }
        return (int) crc.getValue() == expected.crc();
    }
}
