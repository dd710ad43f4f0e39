package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import dev.callboard.process.ProcessGroup;
import dev.callboard.process.WorkFolder;
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

/** A plugin's process. It executes one stage at a time; once it is told to end, or ends, it is of no use any more. */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** How long a cancelled stage may take to end by itself before its process is ended. */
    private static final long CANCEL_GRACE_MS = 1_000;

    /** From SIGTERM to SIGKILL. */
    private static final long KILL_AFTER_MS = 2_000;

    /** More than the heartbeat for a process that has not said anything yet. */
    private static final Duration START_GRACE = Duration.ofSeconds(10);

    private final String plugin;
    private final LastWords lastWords;
    private final Duration heartbeat;
    private final Executor threads;
    private final WorkFolder folder;
    private final ProcessGroup group;
    private final SignsOfLife signs;
    private final Wire wire;
    private final Thread frames;
    private final Thread errors;
    private final CompletableFuture<List<?>> described = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile boolean ending;
    private volatile @Nullable String endedFor;
    private volatile @Nullable WorkerRun run;
    private long runs;

    private Worker(
            String plugin, int heapMb, Duration heartbeat, Executor threads, WorkFolder folder, ProcessGroup group) {
        this.plugin = plugin;
        this.heartbeat = heartbeat;
        this.threads = threads;
        this.folder = folder;
        this.group = group;
        Process process = group.leader();
        this.signs = new SignsOfLife(process.getInputStream());
        this.wire = new Wire(signs, process.getOutputStream());
        this.frames = new Thread(this::listen, "plugin-frames-" + process.pid());
        this.lastWords = new LastWords(process.getErrorStream(), heapMb, this::print);
        this.errors = new Thread(lastWords, "plugin-errors-" + process.pid());
    }

    /**
     * Starts a process that loads a jar. Blocks no longer than the system takes to start it.
     *
     * @param parent where its working folder is made
     * @param threads for what may block
     */
    static Worker start(
            WorkerCommand command, String plugin, Path jar, Path parent, Duration heartbeat, Executor threads)
            throws IOException {
        WorkFolder folder = WorkFolder.fresh(parent, "plugin-");
        try {
            ProcessGroup group = ProcessGroup.start(command.process(plugin, jar, folder.path()), command.programs());
            Worker worker = new Worker(plugin, command.heapMb(), heartbeat, threads, folder, group);
            worker.listenAll();
            return worker;
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    private void listenAll() {
        for (Thread thread : List.of(frames, errors)) {
            thread.setDaemon(true);
            thread.start();
        }
        group.leader().onExit().thenRunAsync(this::finish, threads);
    }

    long pid() {
        return group.leader().pid();
    }

    /** What the jar registers, as the child said; fails with a {@link ForkException}. */
    CompletableFuture<List<?>> described() {
        return described;
    }

    /** Done when the process and all that came of it has ended; says how. */
    CompletableFuture<String> ended() {
        return ended;
    }

    boolean usable() {
        return !ending && !ended.isDone() && group.leader().isAlive();
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
        WorkerRun started = new WorkerRun(++runs, context, wire, threads);
        run = started;
        try {
            String how = ended.getNow(null);
            if (how != null) {
                throw processEnded(how);
            }
            Map<String, @Nullable Object> head = new LinkedHashMap<>(request);
            head.put("op", "execute");
            head.put("run", started.number());
            send(head);
            return started.result().get();
        } catch (ExecutionException e) {
            throw processEnded(ended.join());
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
            wire.send(head);
        } catch (Wire.TooLongException e) {
            throw StageFailure.permanent(
                    "input_too_large",
                    "The stage's input cannot be sent to the plugin's process: " + e.getMessage() + ".");
        } catch (IOException e) {
            // It has ended or will: how is known soon.
            LOG.debug("Nothing can be sent to the process {} of plugin {}: {}", pid(), plugin, e.toString());
            group.leader().toHandle().destroyForcibly();
        }
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no cause.
    private static StageFailure processEnded(String how) {
        return StageFailure.retryable("process_ended", how, null);
    }

    private void cancel(WorkerRun started) {
        try {
            wire.send(Map.of("op", "cancel", "run", started.number()));
            started.result().get(CANCEL_GRACE_MS, TimeUnit.MILLISECONDS);
            return;
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.debug("The process {} of plugin {} is ended with its stage: {}", pid(), plugin, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ending = true;
        group.terminate(KILL_AFTER_MS);
    }

    /** Lets it end by itself; it has nothing to do any more. */
    void end() {
        ending = true;
        try {
            wire.close();
        } catch (IOException e) {
            LOG.debug("The process {} of plugin {} is gone already: {}", pid(), plugin, e.toString());
        }
    }

    /** Ends it at once. */
    void kill() {
        ending = true;
        group.kill();
    }

    /** Ends it when it gave no sign of life for too long. */
    void checkHeartbeat(long now) {
        Duration limit = signs.spoke() ? heartbeat : heartbeat.plus(START_GRACE);
        if (endedFor == null && !ended.isDone() && signs.silentFor(now).compareTo(limit) > 0) {
            endedFor = "The plugin's process gave no sign of life for " + limit.toSeconds() + " s and was ended.";
            LOG.warn("The process {} of plugin {} gave no sign of life for {} s", pid(), plugin, limit.toSeconds());
            threads.execute(this::kill);
        }
    }

    private void listen() {
        try {
            for (Frame frame = wire.receive(); frame != null; frame = wire.receive()) {
                deliver(frame);
            }
        } catch (Wire.BrokenException e) {
            LOG.warn("The process {} of plugin {} sent {}", pid(), plugin, e.getMessage());
            endedFor = "The plugin's process sent what is no message and was ended.";
            kill();
        } catch (IOException e) {
            LOG.debug("The connection to process {} of plugin {} ended: {}", pid(), plugin, e.toString());
        }
        end();
    }

    private void deliver(Frame frame) {
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
    private void print(String line) {
        WorkerRun now = run;
        if (now == null) {
            LOG.debug("Plugin {}: {}", plugin, line);
        } else {
            now.print(line);
        }
    }

    /** After its end: hears its last words, leaves nothing of it behind, and tells who waits. */
    private void finish() {
        try {
            frames.join(1_000);
            errors.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ending = true;
        group.kill();
        folder.close();
        String how = endedFor == null ? lastWords.exit(group.leader().exitValue()) : endedFor;
        ended.complete(how);
        described.completeExceptionally(new ForkException(how));
        WorkerRun now = run;
        if (now != null) {
            now.result().completeExceptionally(new ForkException(how));
        }
    }
}
