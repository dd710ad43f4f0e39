package dev.callboard.store;

import java.io.IOException;
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
 * What {@code db/callboard.sums} says. Five lines, each {@code name value...}: {@code callboard-sums 1}, {@code stamp} (of the
 * checkpoint), {@code script} and {@code data} (length and CRC-32C), {@code log} (its length at the checkpoint and the CRC-32C
 * of these lines before it); then one line of length and CRC-32C for each mark of the log.
 *
 * @param stamp the number of the last change that the checkpoint has
 * @param script of {@code .script}
 * @param rows of {@code .data}, up to where it was in use
 * @param marks of the log, in order; the first stands where the checksums begin
 */
record SavedChecksums(String stamp, Sum script, Sum rows, List<Mark> marks) {
    private static final Pattern HEADER = Pattern.compile(
            "(callboard-sums 1\\nstamp (\\d+)\\nscript (\\d{1,18}) (\\p{XDigit}{8})\\ndata (\\d{1,18}) (\\p{XDigit}{8})\\n)"
                    + "log (\\d{1,18}) (\\p{XDigit}{8})\\n");
    private static final Pattern MARK = Pattern.compile("(\\d{1,18}) (\\p{XDigit}{8})");

    /** Length and CRC-32C. */
    record Sum(long length, int crc) {}

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

    static String header(DatabaseFiles files, long logLength) throws IOException {
        Sum script = FileSums.of(files.script(), Files.size(files.script()));
        Sum rows = RowFile.now(files.rows());
        String start = "callboard-sums 1\nstamp " + files.stamp().orElse("0")
                + "\nscript " + text(script.length(), script.crc())
                + "\ndata " + text(rows.length(), rows.crc()) + "\n";
        return start + "log " + text(logLength, crc(start + logLength)) + "\n";
    }

    static String mark(long length, long crc) {
        return text(length, (int) crc) + "\n";
    }

    private static String text(long length, int crc) {
        return length + " " + String.format("%08x", crc);
    }

    private static int crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return (int) crc.getValue();
    }

    /** Reads them; empty when the file is damaged itself. */
    static Optional<SavedChecksums> read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Matcher header = HEADER.matcher(text);
        if (!header.lookingAt() || hex(header.group(8)) != crc(header.group(1) + header.group(7))) {
            return Optional.empty();
        }
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark(Long.parseLong(header.group(7)), 0));
        String rest = text.substring(header.end());
        // The last one may have been cut off.
        for (String line : rest.substring(0, rest.lastIndexOf('\n') + 1).lines().toList()) {
            Matcher mark = MARK.matcher(line);
            if (!mark.matches()
                    || Long.parseLong(mark.group(1))
                            <= marks.get(marks.size() - 1).end()) {
                return Optional.empty();
            }
            marks.add(new Mark(Long.parseLong(mark.group(1)), hex(mark.group(2))));
        }
        return Optional.of(new SavedChecksums(
                header.group(2),
                new Sum(Long.parseLong(header.group(3)), hex(header.group(4))),
                new Sum(Long.parseLong(header.group(5)), hex(header.group(6))),
                marks));
    }

    private static int hex(String digits) {
        return Integer.parseUnsignedInt(digits, 16);
    }
}
