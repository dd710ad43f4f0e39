package dev.callboard.executors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;

/** Reads what a child process writes on a thread of its own: the first bytes, and line by line for the log. */
final class OutputReader implements Runnable {
    private static final int MAX_LINE_BYTES = 4 * LogLines.MAX_LENGTH;

    private final InputStream stream;
    private final int limit;
    private final Queue<String> lines;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile boolean tooLong;
    private volatile String last = "";

    /**
     * @param limit the most bytes that are kept; what comes after is not even read
     * @param lines gets each line without its end
     */
    OutputReader(InputStream stream, int limit, Queue<String> lines) {
        this.stream = stream;
        this.limit = limit;
        this.lines = lines;
    }

    /** Whether there is more than the limit. */
    boolean tooLong() {
        return tooLong;
    }

    /** The last line that was not blank, possibly none. */
    String lastLine() {
        return last;
    }

    /** What was read. For use after the thread has ended. */
    String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void run() {
        byte[] bytes = new byte[8_192];
        try (stream) {
            for (int read = stream.read(bytes); read >= 0; read = stream.read(bytes)) {
                int taken = Math.min(read, limit - kept.size());
                kept.write(bytes, 0, taken);
                split(bytes, taken);
                if (taken < read) {
                    tooLong = true;
                    return;
                }
            }
        } catch (IOException e) {
            lines.add("(the output broke off: " + e.getMessage() + ")");
        } finally {
            endLine();
        }
    }

    private void split(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                endLine();
            } else {
                // A long line is cut before a character, never in the middle of one.
                if (line.size() >= MAX_LINE_BYTES && (bytes[i] & 0xC0) != 0x80) {
                    endLine();
                }
                line.write(bytes[i]);
            }
        }
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8)
                .replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]", "")
                .stripTrailing();
        line.reset();
        if (!text.isEmpty()) {
            last = text;
            lines.add(text);
        }
    }
}
