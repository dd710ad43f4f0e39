package dev.callboard.fork;

import dev.callboard.process.ChildProcesses;
import dev.callboard.process.WorkFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a program of this server that answers calls, one at a time each. The first one starts at the first call;
 * afterwards {@value #WARM} at most are kept for the next calls. Safe to call from any thread.
 */
public final class CallProcesses implements AutoCloseable {
    private static final int WARM = 2;

    private final ChildProgram program;
    private final Limits limits;
    private final Path folder;
    private final ChildProcesses children;
    private final WorkerCommand command;
    private final Semaphore places;
    private final Deque<CallProcess> idle = new ArrayDeque<>();
    private final Set<CallProcess> busy = ConcurrentHashMap.newKeySet();
    /** Never shut down: a process that ends late is still cleaned up after. */
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "calls");
        thread.setDaemon(true);
        return thread;
    });

    private boolean ready;
    private volatile boolean closed;

    /**
     * What a process may need.
     *
     * @param heapMb memory for Java objects, in MiB
     * @param characters of an answer, about
     * @param most how many processes there may be at once
     * @param start the time from the start of a process until it can answer
     */
    public record Limits(int heapMb, long characters, int most, Duration start) {}

    /**
     * Starts nothing yet.
     *
     * @param folder where the processes' working folders are made; what is left there is removed
     * @param environment the server's; the processes see {@code PATH, LANG, LC_ALL, TZ} of it
     */
    public CallProcesses(
            ChildProgram program,
            Limits limits,
            Path folder,
            ChildProcesses children,
            Function<String, @Nullable String> environment) {
        this.program = program;
        this.limits = limits;
        this.folder = folder;
        this.children = children;
        this.command = WorkerCommand.of(limits.heapMb(), limits.characters(), environment);
        this.places = new Semaphore(limits.most(), true);
    }

    /**
     * Calls; waits while all processes are busy. Blocks.
     *
     * @param limit the time from the call's arrival until its answer must be there; else its process is ended
     * @throws CallException when there is no answer
     * @throws InterruptedException when the thread was interrupted; the process is ended then
     */
    public Map<?, ?> call(Map<String, ? extends @Nullable Object> request, Duration limit)
            throws CallException, InterruptedException {
        places.acquire();
        CallProcess process = null;
        try {
            process = take();
            busy.add(process);
            if (closed) {
                throw new CallException(CallException.Kind.ENDED, "The server is stopping.");
            }
            return process.call(request, limit);
        } finally {
            if (process != null) {
                busy.remove(process);
                keep(process);
            }
            places.release();
        }
    }

    private CallProcess take() throws CallException, InterruptedException {
        synchronized (this) {
            prepare();
            for (CallProcess process = idle.pollLast(); process != null; process = idle.pollLast()) {
                if (process.usable()) {
                    return process;
                }
            }
        }
        return CallProcess.start(command, children, program, folder, limits.start(), threads);
    }

    private void prepare() {
        if (!ready) {
            ready = true;
            if (Files.isDirectory(folder)) {
                new WorkFolder(folder, true).close();
            }
        }
    }

    private synchronized void keep(CallProcess process) {
        if (process.usable() && !closed && idle.size() < WARM) {
            idle.addLast(process);
        } else {
            process.end();
        }
    }

    /** Ends all processes at once; there will be no more. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            idle.forEach(CallProcess::kill);
            idle.clear();
        }
        busy.forEach(CallProcess::kill);
    }
}
