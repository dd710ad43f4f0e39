package dev.callboard;

import dev.callboard.config.Environment;
import dev.callboard.config.ServerConfig;
import dev.callboard.expressions.ProcessExpressions;
import dev.callboard.fork.Forks;
import dev.callboard.log.OutOfMemory;
import dev.callboard.metrics.Meters;
import dev.callboard.process.ChildProcesses;
import dev.callboard.store.DataFolder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** What a server holds of the machine beside its database: its threads, its data folder and the processes that it started. */
record ServerResources(
        Vertx vertx,
        Meters meters,
        DataFolder dataFolder,
        ChildProcesses processes,
        Forks forks,
        ProcessExpressions expressions) {
    private static final Duration THREADS_PATIENCE = Duration.ofSeconds(5);

    /** Ends what an earlier server left running. Fails with {@code data_folder_in_use} or {@code data_folder_unusable}. */
    static ServerResources open(ServerConfig config, Meters meters) {
        DataFolder dataFolder = DataFolder.open(config.data());
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setPreferNativeTransport(false))
                .withMetrics(meters.statements())
                .build();
        vertx.exceptionHandler(OutOfMemory::uncaught);
        ChildProcesses processes = new ChildProcesses(dataFolder.path());
        // Before anything is resumed: whatever an attempt started must not run beside the next one.
        processes.endLeftovers();
        Forks forks =
                new Forks(config.fork(), dataFolder.path().resolve("plugin-work"), processes, Environment::variable);
        ProcessExpressions expressions = new ProcessExpressions(
                config.expressions(), dataFolder.path().resolve("expression-work"), processes, Environment::variable);
        return new ServerResources(vertx, meters, dataFolder, processes, forks, expressions);
    }

    /**
     * Gives all of it back. Blocks.
     *
     * @param free whether nobody writes into the data folder any more; else it stays locked until the process ends
     */
    void close(boolean free) throws ExecutionException, InterruptedException {
        // From this thread: Vert.x cannot report its own end to one of its threads.
        BoundedWait.await(vertx.close(), THREADS_PATIENCE, "The server's threads were");
        // Whatever stage was put back has lost its process by now, or loses it here.
        forks.close();
        expressions.close();
        processes.close();
        if (free) {
            dataFolder.close();
        }
    }
}
