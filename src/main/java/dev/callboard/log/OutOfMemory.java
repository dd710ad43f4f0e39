package dev.callboard.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when its memory has run out. A virtual machine without memory goes on half: threads die, what they held is
 * lost, and whoever is asked answers as if nothing had happened. What is on the disk is safe, so a new process goes on better.
 *
 * <p>{@code -XX:+ExitOnOutOfMemoryError} does the same earlier; this is for those who start the jar without it. Everything
 * that catches whatever may come hands it to {@link #check}: threads that nobody watches, the event loops, the threads of
 * stages, the log.
 */
public final class OutOfMemory {
    /** The exit code of a server: as the virtual machine's own. */
    public static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(OutOfMemory.class);

    /** What the virtual machine and Netty say; code that throws such an error for reasons of its own says something else. */
    private static final List<String> REAL = List.of(
            "Java heap space",
            "GC overhead limit exceeded",
            "Metaspace",
            "Compressed class space",
            "direct buffer memory",
            "of direct memory");

    private static final int MAX_CAUSES = 20;

    /** Made beforehand: there may be no memory for it later. */
    private static final byte[] LAST_LINE = "Callboard has run out of memory and ends; give it a larger heap (-Xmx).\n"
            .getBytes(StandardCharsets.UTF_8);

    private static final FileOutputStream ERRORS = new FileOutputStream(FileDescriptor.err);

    /** Not negative once the process is to end. */
    private static volatile int exitCode = -1;

    private OutOfMemory() {}

    /**
     * From now on the process ends with that code, at once and without its shutdown hooks, when memory has run out; also in
     * threads whose failures nobody catches.
     */
    public static void endsTheProcess(int code) {
        exitCode = code;
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught(failure));
    }

    /** For failures that nobody expected and nobody else logs. */
    public static void uncaught(Throwable failure) {
        check(failure);
        LOG.error("The thread {} failed", Thread.currentThread().getName(), failure);
    }

    /** Ends the process if that is why something failed; does nothing else, and nothing before {@link #endsTheProcess}. */
    public static void check(@Nullable Throwable failure) {
        if (exitCode >= 0 && ranOut(failure)) {
            end();
        }
    }

    /** As {@link #check}, for those who know that memory has run out: libraries have errors of their own for it. */
    public static void end() {
        int code = exitCode;
        if (code < 0) {
            return;
        }
        try {
            ERRORS.write(LAST_LINE);
        } catch (IOException e) {
            // Nobody reads it.
            Runtime.getRuntime().halt(code);
        }
        Runtime.getRuntime().halt(code);
    }

    /** Whether it is memory that ran out, or came of it. */
    static boolean ranOut(@Nullable Throwable failure) {
        try {
            return comesOfMemory(failure);
        } catch (RuntimeException | StackOverflowError e) {
            // The throwable's own methods failed: it is foreign code's.
            return false;
        }
    }

    private static boolean comesOfMemory(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof OutOfMemoryError error && isReal(error.getMessage())) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isReal(@Nullable String message) {
        if (message != null) {
            for (int i = 0; i < REAL.size(); i++) {
                if (message.contains(REAL.get(i))) {
                    return true;
                }
            }
        }
        return false;
    }
}
