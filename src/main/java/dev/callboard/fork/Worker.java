package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import dev.callboard.process.ChildProcesses;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plugin's process, as those see it who have work for it. It executes one stage at a time; once it is asked to end, or ends, it is of no use any more. */
final class Worker implements WorkerProcess.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** How long a cancelled stage may take to end by itself before its process is ended. */
    private static final long CANCEL_GRACE_MS = 1_000;

    private final String plugin;
    private final Executor threads;
    private final WorkerProcess process;
    private final CompletableFuture<List<?>> described = new CompletableFuture<>();
    private volatile @Nullable WorkerRun run;
    private long runs;

    private Worker(String plugin, Executor threads, WorkerProcess process) {
        this.plugin = plugin;
        this.threads = threads;
        this.process = process;
    }

    /**
     * Starts a process that loads a jar. Blocks no longer than the system takes to start it.
     *
     * @param parent where its working folder is made
     * @param threads for what may block
     */
    static Worker start(
            WorkerCommand command,
            ChildProcesses processes,
            String plugin,
            Path jar,
            Path parent,
            Duration heartbeat,
            Executor threads)
            throws IOException {
        WorkerProcess process = WorkerProcess.start(
                command, processes, program(plugin, jar, command.maxOutput()), parent, heartbeat, threads);
        Worker worker = new Worker(plugin, threads, process);
        process.listen(worker);
        return worker;
    }

    private static ChildProgram program(String plugin, Path jar, long maxOutput) {
        return new ChildProgram(
                "plugin " + plugin,
                "The plugin's process",
                ForkMain.class,
                List.of(),
                List.of(jar.toAbsolutePath().toString(), plugin, Long.toString(maxOutput)));
    }

    long pid() {
        return process.pid();
    }

    /** What the jar registers, as the child said; fails with a {@link ForkException}. */
    CompletableFuture<List<?>> described() {
        return described;
    }

    /** Done when the process and all that came of it has ended; says how. */
    CompletableFuture<String> ended() {
        return process.ended();
    }

    boolean usable() {
        return process.usable();
    }

    /**
     * Executes a stage.
     *
     * @return the frame that says how it ended
     * @throws InterruptedException when the thread was interrupted; the stage has ended then, at the latest with its process
     * @throws StageFailure when the process ended before the stage
     */
    Frame execute(Map<String, ? extends @Nullable Object> request, StageContext context)
            throws StageFailure, InterruptedException {
        WorkerRun started = new WorkerRun(++runs, context, process.wire(), threads);
        run = started;
        try {
            String how = ended().getNow(null);
            if (how != null) {
                throw processEnded(how);
            }
            Map<String, @Nullable Object> head = new LinkedHashMap<>(request);
            head.put("op", "execute");
            head.put("run", started.number());
            send(head);
            return started.result().get();
        } catch (ExecutionException e) {
            throw processEnded(ended().join());
        } catch (InterruptedException e) {
            cancel(started);
            throw e;
        } finally {
            started.end();
            run = null;
        }
    }

    private void send(Map<String, ? extends @Nullable Object> head) throws StageFailure {
        try {
            process.wire().send(head);
        } catch (Wire.TooLongException e) {
            throw StageFailure.permanent(
                    "input_too_large",
                    "The stage's input cannot be sent to the plugin's process: " + e.getMessage() + ".");
        } catch (IOException e) {
            // It has ended or will: how is known soon.
            LOG.debug("Nothing can be sent to the process {} of plugin {}: {}", pid(), plugin, e.toString());
            process.destroy();
        }
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no cause.
    private static StageFailure processEnded(String how) {
        return StageFailure.retryable("process_ended", how, null);
    }

    private void cancel(WorkerRun started) {
        try {
            process.wire().send(Map.of("op", "cancel", "run", started.number()));
            started.result().get(CANCEL_GRACE_MS, TimeUnit.MILLISECONDS);
            return;
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.debug("The process {} of plugin {} is ended with its stage: {}", pid(), plugin, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.terminate();
    }

    /** Lets it end by itself; it has nothing to do any more. */
    void end() {
        process.end();
    }

    /** Ends it at once. */
    void kill() {
        process.kill();
    }

    /** Ends it when it gave no sign of life for too long. */
    void checkHeartbeat(long now) {
        process.checkHeartbeat(now);
    }

    @Override
    public void deliver(Frame frame) {
        WorkerRun now = run;
        switch (frame.op()) {
            case "beat" -> {}
            case "hello" -> described.complete(frame.head().get("stages") instanceof List<?> list ? list : List.of());
            case "refused" -> described.completeExceptionally(new ForkException(frame.text("reason")));
            case "piece" -> {
                if (now != null) {
                    now.deliver(frame);
                }
            }
            default -> {
                if (now != null && now.number() == frame.number("run")) {
                    now.deliver(frame);
                } else if (frame.op().equals("log")) {
                    LOG.debug("Plugin {}: {}", plugin, frame.text("line"));
                }
            }
        }
    }

    /** What native code and the virtual machine print goes to the stage's log while one runs. */
    @Override
    public void print(String line) {
        WorkerRun now = run;
        if (now == null) {
            LOG.debug("Plugin {}: {}", plugin, line);
        } else {
            now.print(line);
        }
    }

    @Override
    public void ended(String how) {
        described.completeExceptionally(new ForkException(how));
        WorkerRun now = run;
        if (now != null) {
            now.result().completeExceptionally(new ForkException(how));
        }
    }
}
