package dev.callboard.fork;

import dev.callboard.config.ForkConfig;
import dev.callboard.process.ChildProcesses;
import dev.callboard.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All processes of plugins that this server started. */
public final class Forks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forks.class);

    /** How long a process without work is kept. */
    private static final Duration KEEP = Duration.ofMinutes(1);

    /** People search again after a while, and a process needs a second or two to be there. */
    private static final Duration KEEP_FOR_QUESTIONS = Duration.ofMinutes(10);

    private static final long LOOK_EVERY_MS = 500;
    private static final long CLOSE_SECONDS = 3;

    private final ForkConfig config;
    private final Path folder;
    private final WorkerCommand command;
    private final ChildProcesses children;
    private final Duration keep;
    /** Never shut down: a process that ends late is still cleaned up after. */
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> daemon(work, "plugin-process"));

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "plugin-heartbeat"));
    /** The versions of plugins that are in use; one that was removed or replaced may still start processes. */
    private final Set<Workers> plugins = ConcurrentHashMap.newKeySet();

    private final Set<Worker> processes = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private boolean ready;

    /**
     * Starts nothing yet.
     *
     * @param folder where the processes' working folders are made; what is left there is removed
     * @param children starts them
     * @param environment the server's; the processes see {@code PATH, LANG, LC_ALL, TZ} of it
     */
    public Forks(
            ForkConfig config, Path folder, ChildProcesses children, Function<String, @Nullable String> environment) {
        this(config, folder, children, environment, KEEP);
    }

    Forks(
            ForkConfig config,
            Path folder,
            ChildProcesses children,
            Function<String, @Nullable String> environment,
            Duration keep) {
        this.config = config;
        this.folder = folder;
        this.children = children;
        this.command = WorkerCommand.of(config.heapMb(), config.outputCharacters(), environment);
        this.keep = keep;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Loads a jar in a process of its own. Blocks until its code has registered its stages, for ever if that hangs.
     *
     * @param jar must stay as it is: later processes load it again
     * @throws ForkException when the code or its process fails
     * @throws InterruptedException when the thread was interrupted; the process is ended then
     */
    public ForkedPlugin load(String name, Path jar) throws ForkException, InterruptedException {
        ForkedPlugin.Processes processes = processes(name, jar);
        try {
            return ForkedPlugin.load(processes);
        } catch (ForkException | InterruptedException | RuntimeException e) {
            processes.retire();
            throw e;
        }
    }

    /**
     * As {@link #load}, of a jar that was loaded before: its code is not loaded and no process started before a stage of it
     * executes.
     *
     * @param described what {@link ForkedPlugin#described} said of the same jar then
     * @throws ForkException when it does not describe stages
     */
    public ForkedPlugin heard(String name, Path jar, List<?> described) throws ForkException {
        ForkedPlugin.Processes processes = processes(name, jar);
        try {
            return ForkedPlugin.heard(processes, described);
        } catch (ForkException | RuntimeException e) {
            processes.retire();
            throw e;
        }
    }

    private ForkedPlugin.Processes processes(String name, Path jar) {
        prepare();
        Workers.Starter starter = () -> start(name, jar);
        ForkedPlugin.Processes processes = new ForkedPlugin.Processes(
                new Workers(starter, config.workers(), keep), new Workers(starter, 1, KEEP_FOR_QUESTIONS));
        plugins.add(processes.stages());
        plugins.add(processes.questions());
        return processes;
    }

    private Worker start(String name, Path jar) throws IOException, ForkException {
        if (closed) {
            throw new ForkException("The server is stopping.");
        }
        Worker worker = Worker.start(command, children, name, jar, folder, config.heartbeat(), threads);
        processes.add(worker);
        worker.ended().thenRun(() -> processes.remove(worker));
        if (closed) {
            worker.kill();
        }
        return worker;
    }

    private synchronized void prepare() {
        if (!ready) {
            ready = true;
            if (Files.isDirectory(folder)) {
                new WorkFolder(folder, true).close();
            }
            timer.scheduleWithFixedDelay(this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            long now = System.nanoTime();
            plugins.removeIf(Workers::retired);
            plugins.forEach(workers -> workers.look(now));
            processes.forEach(worker -> worker.checkHeartbeat(now));
        } catch (RuntimeException | Error e) {
            // The timer would swallow an error, and nobody would look after them any more.
            LOG.error("The processes of plugins could not be looked after", e);
        }
    }

    /** The processes there are. */
    List<Worker> workers() {
        return List.copyOf(processes);
    }

    /** How many versions of plugins are looked after; one that was removed or replaced is not for long. */
    int versions() {
        return plugins.size();
    }

    /** Ends all processes at once; there will be no more. Waits until they have ended, 3 s at most. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        List<Worker> left = workers();
        left.forEach(Worker::kill);
        CompletableFuture<?>[] ends = left.stream().map(Worker::ended).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Processes of plugins are still ending: {}", e.toString());
        }
        timer.shutdownNow();
    }
}
