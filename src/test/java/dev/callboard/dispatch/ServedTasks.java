package dev.callboard.dispatch;

import dev.callboard.bus.Bus;
import dev.callboard.config.ConfigException;
import dev.callboard.config.ConfigLoader;
import dev.callboard.config.ServerConfig;
import dev.callboard.http.HttpVerticle;
import dev.callboard.metrics.Meters;
import dev.callboard.net.OutboundClient;
import dev.callboard.net.OutboundRules;
import dev.callboard.palette.SecretSource;
import dev.callboard.sinks.SinksVerticle;
import dev.callboard.store.BlobFolder;
import dev.callboard.store.Database;
import dev.callboard.time.SteadyClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The web server of tests of tasks, with what the page of a task needs besides. */
final class ServedTasks {
    private ServedTasks() {}

    /** Serves what is in a folder; its port. */
    static Future<Integer> serve(Path dir, Vertx vertx, Bus bus, Database database, BlobFolder blobs, Clock clock)
            throws ConfigException {
        ServerConfig config = ConfigLoader.load(Map.of(
                "port",
                "0",
                "config",
                dir.toString(),
                "data",
                dir.resolve("data").toString()));
        // The page of a task shows its deliveries.
        SinksVerticle sinks = new SinksVerticle(
                bus,
                database,
                blobs,
                new SinksVerticle.Options(config.sinks(), true),
                Meters.none().sinks(),
                new OutboundClient(vertx, config.network(), new OutboundRules(List.of()), "Callboard/test"),
                SecretSource.NONE,
                clock,
                clock);
        HttpVerticle http = new HttpVerticle(
                bus,
                database,
                blobs,
                config,
                HttpVerticle.Parts.load(vertx, config, "test"),
                vertx.deployVerticle(sinks),
                Meters.none(),
                SteadyClock.of(Clock.systemUTC()));
        return vertx.deployVerticle(http).map(served -> http.port());
    }
}
