package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import dev.callboard.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that answers one call at a time. After a call that got no answer it is of no use any more. */
final class CallProcess implements WorkerProcess.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(CallProcess.class);

    /** How long a process may take to read a call. */
    private static final Duration SENDING = Duration.ofSeconds(30);

    /** From the end of its connection to its own. */
    private static final Duration ENDING = Duration.ofSeconds(2);

    private final ChildProgram program;
    private final WorkerProcess process;
    private final Executor threads;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private volatile CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
    private volatile long calls;

    private CallProcess(ChildProgram program, WorkerProcess process, Executor threads) {
        this.program = program;
        this.process = process;
        this.threads = threads;
    }

    /**
     * Starts one, and waits until it can answer.
     *
     * @param patience how long that may take
     */
    static CallProcess start(
            WorkerCommand command,
            ChildProcesses processes,
            ChildProgram program,
            Path parent,
            Duration patience,
            Executor threads)
            throws CallException, InterruptedException {
        try {
            CallProcess started = new CallProcess(
                    program, WorkerProcess.start(command, processes, program, parent, patience, threads), threads);
            started.process.listen(started);
            started.await(started.ready, patience);
            return started;
        } catch (IOException e) {
            throw new CallException(
                    CallException.Kind.ENDED, program.subject() + " could not be started: " + e.getMessage() + ".");
        }
    }

    /**
     * Calls it.
     *
     * @param limit the time in which the answer must be there; else the process is ended
     * @throws InterruptedException when the thread was interrupted; the process is ended then
     */
    Map<?, ?> call(Map<String, ? extends @Nullable Object> request, Duration limit)
            throws CallException, InterruptedException {
        CompletableFuture<Map<?, ?>> mine = new CompletableFuture<>();
        answer = mine;
        calls++;
        String how = process.ended().getNow(null);
        if (how != null) {
            mine.completeExceptionally(new ForkException(how));
        }
        Map<String, @Nullable Object> head = new LinkedHashMap<>(request);
        head.put("op", "call");
        head.put("call", calls);
        // From another thread, since a process that does not read would hold this one for ever.
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        mine.whenComplete((result, failure) -> sent.complete(true));
        threads.execute(() -> send(head, sent));
        await(sent, SENDING);
        return await(mine, limit);
    }

    private void send(Map<String, @Nullable Object> head, CompletableFuture<Boolean> sent) {
        try {
            process.wire().send(head);
            sent.complete(true);
        } catch (IOException e) {
            sent.completeExceptionally(e);
        }
    }

    private <T> T await(CompletableFuture<T> future, Duration limit) throws CallException, InterruptedException {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.kill();
            throw new CallException(
                    CallException.Kind.TIMEOUT,
                    program.subject() + " gave no answer within " + limit.toMillis() + " ms and was ended.");
        } catch (InterruptedException e) {
            process.kill();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Wire.TooLongException tooLong) {
                throw new CallException(CallException.Kind.TOO_LONG, String.valueOf(tooLong.getMessage()));
            }
            LOG.debug("The process {} of {} does not answer: {}", process.pid(), program.name(), e.toString());
            throw ended();
        }
    }

    /** It has ended or is about to; how says its exit code, so it is given a moment for that. */
    private CallException ended() throws InterruptedException {
        process.end();
        try {
            process.ended().get(ENDING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.kill();
        }
        String how = process.ended().join();
        return new CallException(
                process.outOfMemory() ? CallException.Kind.OUT_OF_MEMORY : CallException.Kind.ENDED, how);
    }

    /** Lets it end by itself. */
    void end() {
        process.end();
    }

    /** Ends it at once. */
    void kill() {
        process.kill();
    }

    @Override
    public void deliver(Frame frame) {
        if (frame.op().equals("hello")) {
            ready.complete(true);
        } else if (frame.number("call") == calls) {
            answer.complete(frame.head());
        }
    }

    @Override
    public void print(String line) {
        LOG.debug("The process {} of {}: {}", process.pid(), program.name(), line);
    }

    @Override
    public void ended(String how) {
        ready.completeExceptionally(new ForkException(how));
        answer.completeExceptionally(new ForkException(how));
    }

    boolean usable() {
        return process.usable();
    }
}
