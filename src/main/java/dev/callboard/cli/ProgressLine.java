package dev.callboard.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * One line of a terminal that is written over again and again. What else is printed meanwhile, a line of the log too, takes
 * its place instead of following it in the same row; the line comes again with the next look.
 */
final class ProgressLine implements AutoCloseable {
    private static final String CLEAR = "\r\u001b[2K";

    /** A longer line would go on in the next row, which is not cleared. */
    private static final int WIDTH = 79;

    private final PrintStream out;
    private final PrintStream errors;
    private boolean open;

    /** From here on, until it is closed, standard error clears the line first. */
    ProgressLine(PrintStream out) {
        this.out = out;
        this.errors = System.err;
        System.setErr(new PrintStream(new Clearing(), true, StandardCharsets.UTF_8));
    }

    /** Shows the line. */
    synchronized void show(String text) {
        String shown = text.codePointCount(0, text.length()) > WIDTH
                ? text.substring(0, text.offsetByCodePoints(0, WIDTH - 1)) + "…"
                : text;
        out.print(CLEAR + shown);
        out.flush();
        open = true;
    }

    /** Prints a whole line that stays. */
    synchronized void println(String text) {
        clear();
        out.println(text);
    }

    private synchronized void clear() {
        if (open) {
            out.print(CLEAR);
            out.flush();
            open = false;
        }
    }

    /** Leaves an empty row; standard error is as it was. */
    @Override
    public void close() {
        clear();
        System.setErr(errors);
    }

    private final class Clearing extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            synchronized (ProgressLine.this) {
                clear();
                errors.write(bytes, offset, length);
            }
        }

        @Override
        public void flush() {
            errors.flush();
        }
    }
}
