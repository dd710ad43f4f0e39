package dev.callboard.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Changes to the log of a database that is closed. */
final class LogRewrite {
    private LogRewrite() {}

    /** Where a line stands, counted from 1. */
    static Optional<LogScan.Line> line(Path log, long number) throws IOException {
        long line = 1;
        long start = 0;
        long at = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(log), 1 << 16)) {
            for (int one = in.read(); one >= 0; one = in.read()) {
                at++;
                if (one == '\n') {
                    if (line == number) {
                        return Optional.of(new LogScan.Line(number, start, at, false));
                    }
                    line++;
                    start = at;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Replaces the log by one without these lines and its torn end. Where one of them ended a transaction, a COMMIT takes its
     * place: what came before it was acknowledged.
     */
    static void without(Path log, List<LogScan.Line> lines, long torn) throws IOException {
        Path rewritten = log.resolveSibling(log.getFileName() + ".tmp");
        long end = Files.size(log) - torn;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(log), 1 << 16);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(rewritten), 1 << 16)) {
            long at = 0;
            for (LogScan.Line line : lines) {
                copy(in, out, line.start() - at);
                in.skipNBytes(Math.min(line.end(), end) - line.start());
                if (line.commit()) {
                    out.write((LogLines.COMMIT + "\n").getBytes(StandardCharsets.US_ASCII));
                }
                at = line.end();
            }
            copy(in, out, end - at);
        }
        AtomicFile.sync(rewritten);
        AtomicFile.replace(rewritten, log);
    }

    private static void copy(InputStream in, OutputStream out, long count) throws IOException {
        for (long left = count; left > 0; left--) {
            out.write(in.read());
        }
    }
}
