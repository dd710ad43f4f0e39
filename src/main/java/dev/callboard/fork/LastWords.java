package dev.callboard.fork;

import dev.callboard.process.PrintedLines;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a process prints to its end, and concludes how it ended. */
final class LastWords implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

    /** A virtual machine that is set to exit when it runs out of memory does so with this code. */
    private static final int OUT_OF_MEMORY = 3;

    private static final int SIGNALLED = 128;

    private final String subject;
    private final InputStream stream;
    private final int heapMb;
    private final Consumer<String> lines;
    private volatile boolean outOfMemory;

    /**
     * Names the parts.
     *
     * @param subject the process in sentences
     * @param heapMb the limit of the process
     * @param lines gets each line, on the thread that reads
     */
    LastWords(String subject, InputStream stream, int heapMb, Consumer<String> lines) {
        this.subject = subject;
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
            LOG.debug("What a process prints broke off: {}", e.toString());
        }
        printed.endLine();
    }

    /** How it ended, in one sentence; for use when all was read. */
    String exit(int code) {
        if (code > SIGNALLED) {
            return subject + " was ended by signal " + (code - SIGNALLED) + ".";
        }
        String how = subject + " ended with exit code " + code;
        return outOfMemory(code) ? how + " (out of memory; its heap limit is " + heapMb + " MB)." : how + ".";
    }

    /** Whether it ended with that code because its heap was full; for use when all was read. */
    boolean outOfMemory(int code) {
        return code == OUT_OF_MEMORY && outOfMemory;
    }
}
