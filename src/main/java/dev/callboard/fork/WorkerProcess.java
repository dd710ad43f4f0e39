package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import dev.callboard.process.ChildProcesses;
import dev.callboard.process.ProcessGroup;
import dev.callboard.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a process: how it starts, that it is still there, and how it ends, with nothing of it left behind. */
final class WorkerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

    /** From SIGTERM to SIGKILL. */
    private static final long KILL_AFTER_MS = 2_000;

    /** More than the heartbeat for a process that has not said anything yet. */
    private static final Duration START_GRACE = Duration.ofSeconds(10);

    /** How long its last words may take after its end. */
    private static final long LAST_WORDS_MS = 1_000;

    private final ChildProgram program;
    private final int heapMb;
    private final Duration heartbeat;
    private final Executor threads;
    private final WorkFolder folder;
    private final ProcessGroup group;
    private final SignsOfLife signs;
    private final Wire wire;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile boolean ending;
    private volatile @Nullable String endedFor;
    private volatile boolean outOfMemory;

    /** Hears what comes of the process, on its threads. */
    interface Listener {
        /** It sent a frame. */
        void deliver(Frame frame);

        /** It printed a line. */
        void print(String line);

        /** It ended, as {@link WorkerProcess#ended} says already. */
        void ended(String how);
    }

    private WorkerProcess(
            ChildProgram program,
            WorkerCommand command,
            Duration heartbeat,
            Executor threads,
            WorkFolder folder,
            ProcessGroup group) {
        this.program = program;
        this.heapMb = command.heapMb();
        this.heartbeat = heartbeat;
        this.threads = threads;
        this.folder = folder;
        this.group = group;
        Process process = group.leader();
        this.signs = new SignsOfLife(process.getInputStream());
        this.wire = new Wire(signs, process.getOutputStream(), Wire.headOf(command.maxOutput()));
    }

    /** Starts it; nobody listens yet. The parameters are those of {@link Worker#start}. */
    static WorkerProcess start(
            WorkerCommand command,
            ChildProcesses processes,
            ChildProgram program,
            Path parent,
            Duration heartbeat,
            Executor threads)
            throws IOException {
        WorkFolder folder = WorkFolder.fresh(parent, "child-");
        try {
            ProcessGroup group =
                    processes.start(command.process(program, folder.path()), command.programs(), program.name());
            return new WorkerProcess(program, command, heartbeat, threads, folder, group);
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    /** Hears it to its end; once. */
    void listen(Listener listener) {
        LastWords lastWords =
                new LastWords(program.subject(), group.leader().getErrorStream(), heapMb, listener::print);
        Thread frames = started(() -> receive(listener), "child-frames-");
        Thread errors = started(lastWords, "child-errors-");
        group.leader().onExit().thenRunAsync(() -> finish(listener, lastWords, frames, errors), threads);
    }

    private Thread started(Runnable work, String name) {
        Thread thread = new Thread(work, name + pid());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    long pid() {
        return group.leader().pid();
    }

    Wire wire() {
        return wire;
    }

    /** Done when the process and all that came of it has ended; says how. */
    CompletableFuture<String> ended() {
        return ended;
    }

    /** Whether its heap was full, once it has {@link #ended()}. */
    boolean outOfMemory() {
        return outOfMemory;
    }

    boolean usable() {
        return !ending && !ended.isDone() && group.leader().isAlive();
    }

    /** Lets it end by itself. */
    void end() {
        ending = true;
        try {
            wire.close();
        } catch (IOException e) {
            LOG.debug("The process {} of {} has ended already: {}", pid(), program.name(), e.toString());
        }
    }

    /** Ends it, with a little time to do so. */
    void terminate() {
        ending = true;
        group.terminate(KILL_AFTER_MS);
    }

    /** Ends it and all that came of it at once. */
    void kill() {
        ending = true;
        group.kill();
    }

    /** Ends the process itself, which cannot be talked to any more, without waiting for anything. */
    void destroy() {
        group.leader().toHandle().destroyForcibly();
    }

    /** Ends it when it gave no sign of life for too long. */
    void checkHeartbeat(long now) {
        Duration limit = signs.spoke() ? heartbeat : heartbeat.plus(START_GRACE);
        if (endedFor == null && !ended.isDone() && signs.silentFor(now).compareTo(limit) > 0) {
            endedFor = program.subject() + " gave no sign of life for " + limit.toSeconds() + " s and was ended.";
            LOG.warn("The process {} of {} gave no sign of life for {} s", pid(), program.name(), limit.toSeconds());
            threads.execute(this::kill);
        }
    }

    private void receive(Listener listener) {
        try {
            for (Frame frame = wire.receive(); frame != null; frame = wire.receive()) {
                listener.deliver(frame);
            }
        } catch (Wire.BrokenException e) {
            LOG.warn("The process {} of {} sent {}", pid(), program.name(), e.getMessage());
            endedFor = program.subject() + " sent what is no message and was ended.";
            kill();
        } catch (IOException e) {
            LOG.debug("The connection to process {} of {} ended: {}", pid(), program.name(), e.toString());
        }
        end();
    }

    /** After its end: hears its last words, leaves nothing of it behind, and notifies who waits. */
    private void finish(Listener listener, LastWords lastWords, Thread frames, Thread errors) {
        try {
            frames.join(LAST_WORDS_MS);
            errors.join(LAST_WORDS_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ending = true;
        group.kill();
        folder.close();
        outOfMemory = lastWords.outOfMemory(group.leader().exitValue());
        String how = endedFor == null ? lastWords.exit(group.leader().exitValue()) : endedFor;
        ended.complete(how);
        listener.ended(how);
    }
}
