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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A server that runs. */
public final class Callboard {
    private final ServerConfig config;
    private final ServerResources resources;
    private final ServerParts parts;

    private Callboard(ServerConfig config, ServerResources resources, ServerParts parts) {
        this.config = config;
        this.resources = resources;
        this.parts = parts;
    }

    /**
     * Starts a server; returns when it is ready. Blocks.
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
            resources.close();
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

    /** Stops everything: the web server first, running stages finish or are put back, then the database. Blocks. */
    public void stop() throws ExecutionException, InterruptedException {
        Vertx vertx = resources.vertx();
        List<String> deployed = new ArrayList<>(vertx.deploymentIDs());
        get(Future.join(deployed.stream().map(vertx::undeploy).toList())
                .transform(undeployed -> parts.database().close()));
        resources.close();
        resources.meters().close();
    }
}
