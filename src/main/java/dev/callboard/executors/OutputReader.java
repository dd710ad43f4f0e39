package dev.callboard.executors;

import dev.callboard.json.Utf8;
import dev.callboard.process.PrintedLines;
import dev.callboard.spi.Plural;
import dev.callboard.spi.StageFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Reads what a child process writes on a thread of its own: the first bytes, and line by line for the log. */
final class OutputReader implements Runnable {
    private static final String COLOURS = "\u001b\\[[0-9;?]*[ -/]*[@-~]";

    private final InputStream stream;
    private final int limit;
    private final Queue<String> lines;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private volatile boolean tooLong;
    private volatile String last = "";
    private volatile @Nullable IOException broken;

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

    /**
     * All that was written, as UTF-8; the log says when it is not. For use after the thread has ended.
     *
     * @throws StageFailure when it could not be read to its end
     */
    String text() throws StageFailure {
        IOException reason = broken;
        if (reason != null) {
            throw StageFailure.retryable(
                    "output_broken",
                    "The program's output broke off while it was read: " + reason.getMessage() + ".",
                    reason);
        }
        byte[] bytes = kept.toByteArray();
        int unreadable = Utf8.unreadable(bytes);
        if (unreadable > 0) {
            lines.add("(the program's output is not valid UTF-8: in " + Plural.of(unreadable, "place")
                    + " it has U+FFFD in place of what cannot be read; let the program write UTF-8, such as with"
                    + " LC_ALL=C.UTF-8)");
        }
        return Utf8.lenient(bytes);
    }

    @Override
    public void run() {
        PrintedLines printed = new PrintedLines(this::line);
        byte[] bytes = new byte[8_192];
        try (stream) {
            for (int read = stream.read(bytes); read >= 0; read = stream.read(bytes)) {
                int taken = Math.min(read, limit - kept.size());
                kept.write(bytes, 0, taken);
                printed.write(bytes, 0, taken);
                if (taken < read) {
                    tooLong = true;
                    return;
                }
            }
        } catch (IOException e) {
            broken = e;
            lines.add("(the output broke off: " + e.getMessage() + ")");
        } finally {
            printed.endLine();
        }
    }

    private void line(String printed) {
        String text = printed.replaceAll(COLOURS, "").stripTrailing();
        if (!text.isEmpty()) {
            last = text;
            lines.add(text);
        }
    }
}
