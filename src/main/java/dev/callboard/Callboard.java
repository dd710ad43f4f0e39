package dev.callboard;

import dev.callboard.bus.Bus;
import dev.callboard.config.LogSetup;
import dev.callboard.config.ServerConfig;
import dev.callboard.config.UnknownVariables;
import dev.callboard.http.ListenPort;
import dev.callboard.metrics.Meters;
import dev.callboard.problem.ProblemException;
import dev.callboard.spi.BlobStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A server that runs. */
public final class Callboard {
    /** More than the parts take when each has its time: only a blocked event loop is later. */
    private static final Duration PARTS_PATIENCE = OneLoop.STOP_PATIENCE.plusSeconds(1);

    /** A large database is written out at its end. */
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(60);

    private final ServerConfig config;
    private final ServerResources resources;
    private final ServerParts parts;

    private Callboard(ServerConfig config, ServerResources resources, ServerParts parts) {
        this.config = config;
        this.resources = resources;
        this.parts = parts;
    }

    /**
     * Starts a server; returns when it is ready. Blocks as long as the database takes to open, which may be minutes after a crash.
     *
     * @param withHttp false starts everything but the web server, for work without one
     * @throws ProblemException when the data folder or the port is in use or unusable
     * @throws ExecutionException when a part did not start; everything is stopped again
     */
    public static Callboard start(ServerConfig config, boolean withHttp)
            throws ExecutionException, InterruptedException {
        LogSetup.use(config.log());
        UnknownVariables.warn(config);
        ConfigFolder.prepare(config);
        ServerResources resources = ServerResources.open(config, withHttp ? Meters.prometheus() : Meters.none());
        try {
            if (withHttp) {
                ListenPort.requireFree(config.host(), config.port());
            }
            return get(ServerParts.start(config, withHttp, resources)
                    .map(parts -> new Callboard(config, resources, parts)));
        } catch (ExecutionException | InterruptedException | ProblemException e) {
            resources.close(true);
            throw e;
        }
    }

    private static <T> T get(Future<T> future) throws ExecutionException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    /** Where the web server listens. */
    public String url() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return "http://" + host + ":" + (parts.http() == null ? 0 : parts.http().port());
    }

    /** Asks the parts directly, for commands that work without the web server. */
    public Bus bus() {
        return parts.bus();
    }

    /** Where inputs are stored, for commands that work without the web server. */
    public BlobStore blobs() {
        return parts.blobs();
    }

    /**
     * Stops everything: the web server first, running stages finish or are put back, then the database. Blocks, not for ever: a part
     * that does not stop within 7 s, a database that is not closed within 60 s, and threads that do not end within 5 s are named in
     * the log, and the rest is closed all the same. The data folder stays locked while its database may still be written.
     *
     * @throws ExecutionException when the database could not be closed well; the rest is closed then
     */
    public void stop() throws ExecutionException, InterruptedException {
        Vertx vertx = resources.vertx();
        List<String> deployed = new ArrayList<>(vertx.deploymentIDs());
        boolean closed = false;
        try {
            Future<Void> stopped = Future.join(
                            deployed.stream().map(vertx::undeploy).toList())
                    .transform(ended -> Future.succeededFuture());
            BoundedWait.await(stopped, PARTS_PATIENCE, "The server's parts were");
            closed = BoundedWait.await(parts.database().close(), DATABASE_PATIENCE, "The database was");
        } finally {
            resources.close(closed);
            resources.meters().close();
        }
    }
}
