package dev.callboard.fork;

import dev.callboard.process.PrintedLines;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a plugin's process prints to its end, and tells from that how it ended. */
final class LastWords implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

    /** A virtual machine that is told to exit when it runs out of memory does so with this code. */
    private static final int OUT_OF_MEMORY = 3;

    private static final int SIGNALLED = 128;

    private final InputStream stream;
    private final int heapMb;
    private final Consumer<String> lines;
    private volatile boolean outOfMemory;

    /**
     * Names the parts.
     *
     * @param heapMb the limit of the process
     * @param lines gets each line, on the thread that reads
     */
    LastWords(InputStream stream, int heapMb, Consumer<String> lines) {
        this.stream = stream;
        this.heapMb = heapMb;
        this.lines = lines;
    }

    @Override
    public void run() {
        PrintedLines printed = new PrintedLines(line -> {
            outOfMemory |= line.contains("java.lang.OutOfMemoryError");
            lines.accept(line);
        });
        try (stream) {
            stream.transferTo(printed);
        } catch (IOException e) {
            LOG.debug("What a plugin's process prints broke off: {}", e.toString());
        }
        printed.endLine();
    }

    /** How it ended, in one sentence; for use when all was read. */
    String exit(int code) {
        if (code > SIGNALLED) {
            return "The plugin's process was ended by signal " + (code - SIGNALLED) + ".";
        }
        String how = "The plugin's process ended with exit code " + code;
        return code == OUT_OF_MEMORY && outOfMemory
                ? how + " (out of memory; its heap limit is " + heapMb + " MB)."
                : how + ".";
    }
}
