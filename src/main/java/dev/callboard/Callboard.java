package dev.callboard;

import dev.callboard.bus.Bus;
import dev.callboard.config.ServerConfig;
import dev.callboard.http.HttpVerticle;
import dev.callboard.model.ExecutorType;
import dev.callboard.registry.RegistryVerticle;
import dev.callboard.store.DataFolder;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The composition root: the parts of a server, in the order in which they start. */
public final class Callboard {
    private final ServerConfig config;
    private final Vertx vertx;
    private final Bus bus;
    private final DataFolder dataFolder;
    private final Database database;
    private final @Nullable HttpVerticle http;

    private Callboard(
            ServerConfig config,
            Vertx vertx,
            Bus bus,
            DataFolder dataFolder,
            Database database,
            @Nullable HttpVerticle http) {
        this.config = config;
        this.vertx = vertx;
        this.bus = bus;
        this.dataFolder = dataFolder;
        this.database = database;
        this.http = http;
    }

    /**
     * Starts a server.
     *
     * @param withHttp false starts everything but the web server, for work without one
     * @throws dev.callboard.model.ProblemException when the data folder is in use or unusable
     */
    public static Future<Callboard> start(ServerConfig config, boolean withHttp) {
        Clock clock = Clock.systemUTC();
        ConfigFolder.prepare(config);
        DataFolder dataFolder = DataFolder.open(config.data());
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
        Bus bus = Bus.on(vertx);
        return Database.open(vertx, dataFolder)
                .compose(database -> {
                    RegistryVerticle registry = new RegistryVerticle(bus, database, palette(config, dataFolder), clock);
                    HttpVerticle http =
                            withHttp ? new HttpVerticle(bus, database, config, Version.CURRENT, clock) : null;
                    return vertx.deployVerticle(registry)
                            .compose(deployed -> http == null ? Future.succeededFuture() : vertx.deployVerticle(http))
                            .map(deployed -> new Callboard(config, vertx, bus, dataFolder, database, http));
                })
                .recover(failure -> vertx.close().transform(closed -> Future.failedFuture(failure)));
    }

    private static RegistryVerticle.Options palette(ServerConfig config, DataFolder dataFolder) {
        return new RegistryVerticle.Options(
                config.stagesFile(),
                config.plugins(),
                dataFolder.path().resolve("plugin-copies"),
                config.pluginsEnabled(),
                Set.of(ExecutorType.JAVA),
                config.limits().customStages());
    }

    /** Where the web server listens. */
    public String url() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return "http://" + host + ":" + (http == null ? 0 : http.port());
    }

    /** Asks the parts directly, for commands that work without the web server. */
    public Bus bus() {
        return bus;
    }

    /** Stops everything: running stages finish or are put back first. */
    public Future<Void> stop() {
        return undeployAll()
                .transform(undeployed -> database.close())
                .transform(closed -> vertx.close())
                .transform(closed -> {
                    try {
                        dataFolder.close();
                        return Future.succeededFuture();
                    } catch (IOException e) {
                        return Future.failedFuture(e);
                    }
                });
    }

    private Future<?> undeployAll() {
        return Future.join(vertx.deploymentIDs().stream().map(vertx::undeploy).toList());
    }
}
