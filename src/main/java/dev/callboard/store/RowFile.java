package dev.callboard.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * {@code .data}, HSQLDB's file of rows. Between checkpoints HSQLDB changes it in place and keeps the pages as they were in
 * {@code .backup}: what was at the checkpoint is {@code .data} with these pages laid over it.
 */
final class RowFile {
    /** Where {@code .data} says how much of it is in use ({@code DataFileCache.Positions.LONG_FREE_POS}). */
    private static final int USED_POSITION = 12;

    /** {@code .backup} is a row of pages ({@code RAShadowFile}): an int of the size, a long of the place, the bytes. */
    private static final int PAGE = 1 << 14;

    private static final int PAGE_HEADER = Integer.BYTES + Long.BYTES;

    private RowFile() {}

    /** Its checksum after a checkpoint, when there is no {@code .backup}. */
    static SavedChecksums.Sum now(Path rows) throws IOException {
        if (!Files.exists(rows)) {
            return new SavedChecksums.Sum(0, 0);
        }
        long used;
        try (FileChannel channel = FileChannel.open(rows, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, USED_POSITION + buffer.position()) < 0) {
                    return new SavedChecksums.Sum(0, 0);
                }
            }
            used = Math.min(buffer.getLong(0), channel.size());
        }
        return FileSums.of(rows, used);
    }

    /**
     * Whether what was there at the checkpoint can still be put together.
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
        try (FileChannel data = FileChannel.open(rows, StandardOpenOption.READ);
                FileChannel pages = Files.exists(backup) ? FileChannel.open(backup, StandardOpenOption.READ) : data) {
            long at = 0;
            for (Map.Entry<Long, Long> page : (pages == data ? Map.<Long, Long>of() : places(pages)).entrySet()) {
                if (page.getKey() >= expected.length()) {
                    break;
                }
                long end = Math.min(page.getKey() + PAGE, expected.length());
                FileSums.add(crc, data, at, page.getKey());
                FileSums.add(crc, pages, page.getValue(), page.getValue() + end - page.getKey());
                at = end;
            }
            FileSums.add(crc, data, at, expected.length());
        } catch (EOFException e) {
            return false;
        }
        return (int) crc.getValue() == expected.crc();
    }

    /** Where the whole pages stand, by what they replace; the last one may have been cut off while it was written. */
    private static Map<Long, Long> places(FileChannel pages) throws IOException {
        Map<Long, Long> places = new TreeMap<>();
        ByteBuffer header = ByteBuffer.allocate(PAGE_HEADER);
        for (long at = 0; at + PAGE_HEADER + PAGE <= pages.size(); at += PAGE_HEADER + PAGE) {
            header.clear();
            while (header.hasRemaining()) {
                if (pages.read(header, at + header.position()) < 0) {
                    throw new EOFException("it became shorter");
                }
            }
            long place = header.getLong(Integer.BYTES);
            if (header.getInt(0) != PAGE || place < 0 || place % PAGE != 0) {
                throw new EOFException("a page of it is damaged");
            }
            places.put(place, at + PAGE_HEADER);
        }
        return places;
    }

    /** Cuts off the last page of {@code .backup} when it is not whole: HSQLDB cannot read it, and its place is unchanged. */
    static void cutOffHalfPage(Path backup) throws IOException {
        if (!Files.exists(backup) || Files.size(backup) % (PAGE_HEADER + PAGE) == 0) {
            return;
        }
        try (FileChannel channel = FileChannel.open(backup, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - channel.size() % (PAGE_HEADER + PAGE));
            channel.force(true);
        }
    }
}
