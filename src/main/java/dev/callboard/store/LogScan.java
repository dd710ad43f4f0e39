package dev.callboard.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a log of the database that the last process left behind.
 *
 * @param length in bytes
 * @param lines how many statements it has, a torn one left out
 * @param torn bytes of a last statement without its line end
 * @param bad lines that are no statements
 * @param changed pieces whose checksums are wrong
 * @param missing bytes that were there once and are not any more
 */
record LogScan(long length, long lines, long torn, List<Line> bad, List<Piece> changed, long missing) {
    /**
     * A line.
     *
     * @param number counted from 1
     * @param start its first byte
     * @param end where the next line starts
     * @param commit whether a transaction ended there when it was written
     */
    record Line(long number, long start, long end, boolean commit) {}

    /** A piece between two commits. */
    record Piece(long start, long end) {}

    LogScan {
        bad = List.copyOf(bad);
        changed = List.copyOf(changed);
    }

    /** Whether something is wrong beside a torn end, which is what an end of the process in the middle of a write leaves. */
    boolean damaged() {
        return !bad.isEmpty() || !changed.isEmpty() || missing > 0;
    }

    /** Reads a log to its end. */
    static LogScan of(Path log, Optional<SavedChecksums> sums) throws IOException {
        return new Reading(sums).read(log);
    }

    /** The state of one reading. */
    private static final class Reading {
        private final long acknowledged;
        private final Iterator<SavedChecksums.Mark> marks;
        private final List<Line> bad = new ArrayList<>();
        private final List<Piece> changed = new ArrayList<>();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final CRC32C crc = new CRC32C();
        private SavedChecksums.@Nullable Mark next;
        private long pieceStart;
        private long lineStart;
        private long number;
        private long at;
        private boolean wasMark;
        private boolean wasChanged;

        Reading(Optional<SavedChecksums> sums) {
            acknowledged = sums.map(SavedChecksums::acknowledged).orElse(0L);
            marks = sums.map(SavedChecksums::marks).orElse(List.of()).iterator();
            next = marks.hasNext() ? marks.next() : null;
            // The first mark says where the checksums begin; what is before it has none.
            pieceStart = next == null ? 0 : next.end();
            next = marks.hasNext() ? marks.next() : null;
        }

        LogScan read(Path log) throws IOException {
            byte[] some = new byte[1 << 16];
            try (InputStream in = Files.newInputStream(log)) {
                for (int count = in.read(some); count >= 0; count = in.read(some)) {
                    for (int from = 0; from < count; ) {
                        from = take(some, from, count);
                    }
                }
            }
            if (wasMark && line.size() > 0) {
                // Something that was acknowledged ended here with a line end.
                endLine();
            }
            return new LogScan(at, number, line.size(), bad, changed, Math.max(0, acknowledged - at));
        }

        /** Takes bytes up to the next line end, mark or start of a piece; returns where to go on. */
        private int take(byte[] bytes, int from, int count) {
            long known = at < pieceStart ? pieceStart : next == null ? Long.MAX_VALUE : next.end();
            int stop = (int) Math.min(count, from + known - at);
            int end = from;
            while (end < stop && bytes[end] != '\n') {
                end++;
            }
            boolean whole = end < stop;
            line.write(bytes, from, end - from);
            if (whole) {
                end++;
            }
            if (at >= pieceStart) {
                crc.update(bytes, from, end - from);
            }
            at += end - from;
            wasMark = mark();
            if (whole) {
                endLine();
            }
            return end;
        }

        private boolean mark() {
            SavedChecksums.Mark mark = next;
            if (mark == null || at < mark.end()) {
                return false;
            }
            wasChanged = (int) crc.getValue() != mark.crc();
            if (wasChanged) {
                changed.add(new Piece(pieceStart, at));
            }
            crc.reset();
            pieceStart = at;
            next = marks.hasNext() ? marks.next() : null;
            return true;
        }

        private void endLine() {
            number++;
            byte[] bytes = line.toByteArray();
            line.reset();
            int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
            byte[] text = length == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, length);
            boolean lostCommit = wasMark && wasChanged && LogLines.wasCommit(text);
            if (lostCommit || !LogLines.isStatement(text)) {
                bad.add(new Line(number, lineStart, at, wasMark));
            }
            lineStart = at;
        }
    }
}
