package dev.callboard.load;

import io.vertx.core.Vertx;
import java.net.URI;

/** Has a server that has {@link TrivialStages} do tasks of all of them for a second, one after the other. */
final class FirstTasks {
    private static final long WINDOW_MS = 1_000;

    private FirstTasks() {}

    /** Arguments: the server's address. */
    public static void main(String[] arguments) {
        System.setProperty("io.netty.jfr.enabled", "false");
        Vertx vertx = Vertx.vertx();
        URI server = URI.create(arguments[0]);
        StepPipeline.put(new ServerCalls(vertx, server));
        try (TaskLoad tasks = new TaskLoad(vertx, server, StepPipeline.NAME, 1)) {
            tasks.run(1, WINDOW_MS);
        } finally {
            vertx.close().await();
        }
    }
}
