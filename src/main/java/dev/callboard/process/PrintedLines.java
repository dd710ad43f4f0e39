package dev.callboard.process;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts printed bytes into lines. */
public final class PrintedLines extends OutputStream {
    /** Longer lines go on in a line of their own. */
    static final int MAX_BYTES = 8_000;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    /** @param lines gets each line without its end, on the thread that writes; blank ones are left out */
    public PrintedLines(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void write(int b) {
        // A long line is cut before a character, never in the middle of one.
        if (b == '\n' || open.size() >= MAX_BYTES && (b & 0xC0) != 0x80) {
            endLine();
        }
        if (b != '\n') {
            open.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    /** Hands out a line that has no end yet. */
    public synchronized void endLine() {
        String line = open.toString(StandardCharsets.UTF_8).stripTrailing();
        open.reset();
        if (!line.isEmpty()) {
            lines.accept(line);
        }
    }
}
