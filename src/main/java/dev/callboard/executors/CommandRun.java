package dev.callboard.executors;

import dev.callboard.config.CommandConfig;
import dev.callboard.process.ProcessGroup;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a program, from its start to the end of the last process that came of it. */
final class CommandRun {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRun.class);
    private static final long TICK_MS = 100;
    private static final long GRACE_MS = 2_000;
    private static final long DRAIN_MS = 2_000;
    private static final int SIGNALLED = 128;

    private final CommandConfig config;
    private final ProcessGroup group;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final OutputReader output;
    private final OutputReader errors;

    CommandRun(CommandConfig config, ProcessGroup group) {
        this.config = config;
        this.group = group;
        this.output = new OutputReader(group.leader().getInputStream(), config.outputBytes(), lines);
        this.errors = new OutputReader(group.leader().getErrorStream(), config.outputBytes(), lines);
    }

    /**
     * Runs it to its end.
     *
     * @return its standard output
     * @throws InterruptedException when the stage is to end; no process is left then
     */
    String run(String input, StageContext context) throws StageFailure, InterruptedException {
        List<Thread> readers = List.of(thread("output", output), thread("errors", errors));
        thread("input", () -> write(input));
        try {
            end(context);
            for (Thread reader : readers) {
                reader.join(DRAIN_MS);
            }
            checkLimits();
            check(group.leader().exitValue());
            return output.text();
        } finally {
            log(context);
        }
    }

    /** Waits for the program; however that ends, nothing of it is left, not even who keeps its output open. */
    private void end(StageContext context) throws StageFailure, InterruptedException {
        try {
            await(context);
        } finally {
            group.terminate(GRACE_MS);
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, "command-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void write(String input) {
        try (OutputStream stream = group.leader().getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("A program did not read its input: {}", e.toString());
        }
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no cause.
    private void await(StageContext context) throws StageFailure, InterruptedException {
        long end = System.nanoTime() + config.timeout().toNanos();
        while (!group.hasEndedWithin(TICK_MS)) {
            log(context);
            checkLimits();
            if (context.cancelled()) {
                throw new InterruptedException("the stage was cancelled");
            }
            if (System.nanoTime() >= end) {
                throw StageFailure.retryable(
                        "command_timeout",
                        "The program ran longer than " + config.timeout().toSeconds() + " s (command.timeout_seconds).",
                        null);
            }
        }
    }

    private void log(StageContext context) {
        for (String line = lines.poll(); line != null; line = lines.poll()) {
            context.log(line);
        }
    }

    private void checkLimits() throws StageFailure {
        if (output.tooLong() || errors.tooLong()) {
            throw StageFailure.permanent(
                    "output_limit",
                    "The program wrote more than " + config.outputBytes() + " bytes to standard "
                            + (output.tooLong() ? "output" : "error") + " (command.output_bytes).");
        }
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no cause.
    private void check(int exit) throws StageFailure {
        if (exit != 0) {
            String how =
                    exit > SIGNALLED ? "was ended by signal " + (exit - SIGNALLED) : "ended with exit code " + exit;
            throw StageFailure.retryable(
                    "command_failed",
                    "The program " + how + (errors.lastLine().isEmpty() ? "." : ": " + errors.lastLine()),
                    null);
        }
    }
}
