package dev.callboard.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What {@code db/callboard.sums} says. Lines, each {@code name value...}: {@code callboard-sums 2}, {@code stamp} (of the
 * checkpoint), {@code script} (length and CRC-32C) and {@code data} (length, bytes of a block, identity of the file); then the
 * CRC-32C of each block of {@code .data}, four bytes each; then a line {@code log} (its length at the checkpoint and the CRC-32C
 * of all before it), and one line of length and CRC-32C for each mark of the log. Version 1 has one CRC-32C for the whole of
 * {@code .data} in its line, and no blocks.
 *
 * @param stamp the number of the last change that the checkpoint has
 * @param script of {@code .script}
 * @param rows of {@code .data}, up to where it was in use
 * @param identity which file {@code .data} was, to know a copy; 0 in version 1
 * @param marks of the log, in order; the first stands where the checksums begin
 */
record SavedChecksums(String stamp, Sum script, Rows rows, long identity, List<Mark> marks) {
    private static final String LENGTH = "(\\d{1,18})";
    private static final String SUM = LENGTH + " (\\p{XDigit}{8})";
    private static final Pattern WHOLE =
            Pattern.compile("callboard-sums 1\\nstamp (\\d+)\\nscript " + SUM + "\\ndata " + SUM + "\\n");
    private static final Pattern BLOCKS = Pattern.compile("callboard-sums 2\\nstamp (\\d+)\\nscript " + SUM + "\\ndata "
            + LENGTH + " " + BlockSums.BLOCK + " (\\p{XDigit}{1,16})\\n");
    private static final int LONGEST_LOG = "log  01234567\n".length() + 19;
    private static final Pattern LOG = Pattern.compile("log " + SUM + "\\n");
    private static final Pattern MARK = Pattern.compile(SUM);

    /** Of the file of rows. */
    sealed interface Rows permits Sum, BlockSums {
        /** How many bytes of it were in use. */
        long length();
    }

    /** Length and CRC-32C. */
    record Sum(long length, int crc) implements Rows {}

    /**
     * A place up to which the log was on the disk.
     *
     * @param end its length there
     * @param crc CRC-32C of what lies between the mark before and this one
     */
    record Mark(long end, int crc) {}

    SavedChecksums {
        marks = List.copyOf(marks);
    }

    /** Up to where the log was known to be on the disk. */
    long acknowledged() {
        return marks.get(marks.size() - 1).end();
    }

    /** What the file begins with: all of it but the marks. */
    static ByteBuffer header(String stamp, Sum script, BlockSums rows, long identity, long logLength) {
        byte[] text = ascii("callboard-sums 2\nstamp " + stamp + "\nscript " + text(script.length(), script.crc())
                + "\ndata " + rows.length() + " " + BlockSums.BLOCK + " " + Long.toHexString(identity) + "\n");
        ByteBuffer header = ByteBuffer.allocate(text.length + rows.count() * Integer.BYTES + LONGEST_LOG);
        header.put(text).put(rows.write());
        int end = header.position();
        header.put(ascii("log " + text(logLength, crc(header.array(), end, logLength)) + "\n"));
        return header.flip();
    }

    static String mark(long length, long crc) {
        return text(length, (int) crc) + "\n";
    }

    private static String text(long length, int crc) {
        return length + " " + String.format("%08x", crc);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int crc(byte[] bytes, int end, long logLength) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        crc.update(ascii(String.valueOf(logLength)));
        return (int) crc.getValue();
    }

    /** Reads them; empty when the file is damaged itself. */
    static Optional<SavedChecksums> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher blocks = BLOCKS.matcher(text);
        Matcher header = blocks.lookingAt() ? blocks : WHOLE.matcher(text);
        if (!header.lookingAt()) {
            return Optional.empty();
        }
        long length = Long.parseLong(header.group(4));
        int end = header.end();
        Rows rows;
        long identity = 0;
        if (header == blocks) {
            ByteBuffer from = ByteBuffer.wrap(bytes, end, bytes.length - end);
            Optional<BlockSums> sums = BlockSums.read(from, length);
            if (sums.isEmpty()) {
                return Optional.empty();
            }
            rows = sums.get();
            end = from.position();
            identity = Long.parseUnsignedLong(header.group(5), 16);
        } else {
            rows = new Sum(length, hex(header.group(5)));
        }
        Sum script = new Sum(Long.parseLong(header.group(2)), hex(header.group(3)));
        List<Mark> marks = marks(bytes, end, text);
        return marks.isEmpty()
                ? Optional.empty()
                : Optional.of(new SavedChecksums(header.group(1), script, rows, identity, marks));
    }

    /** What follows what is before the log; empty when it is damaged, or what is before it. */
    private static List<Mark> marks(byte[] bytes, int from, String text) {
        Matcher log = LOG.matcher(text).region(from, text.length());
        if (!log.lookingAt()) {
            return List.of();
        }
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark(Long.parseLong(log.group(1)), 0));
        if (hex(log.group(2)) != crc(bytes, from, marks.get(0).end())) {
            return List.of();
        }
        String rest = text.substring(log.end());
        // The last one may have been cut off.
        for (String line : rest.substring(0, rest.lastIndexOf('\n') + 1).lines().toList()) {
            Matcher mark = MARK.matcher(line);
            if (!mark.matches()
                    || Long.parseLong(mark.group(1))
                            <= marks.get(marks.size() - 1).end()) {
                return List.of();
            }
            marks.add(new Mark(Long.parseLong(mark.group(1)), hex(mark.group(2))));
        }
        return marks;
    }

    private static int hex(String digits) {
        return Integer.parseUnsignedInt(digits, 16);
    }
}
