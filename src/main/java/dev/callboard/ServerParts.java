package dev.callboard;

import dev.callboard.bus.Bus;
import dev.callboard.config.Environment;
import dev.callboard.config.ServerConfig;
import dev.callboard.dispatch.EngineParts;
import dev.callboard.dispatch.ExecutionVerticle;
import dev.callboard.dispatch.TryVerticle;
import dev.callboard.executors.Executors;
import dev.callboard.expressions.ProcessExpressions;
import dev.callboard.http.HttpVerticle;
import dev.callboard.library.Libraries;
import dev.callboard.library.LibraryVerticle;
import dev.callboard.metrics.Meters;
import dev.callboard.metrics.SampledResolver;
import dev.callboard.net.OutboundClient;
import dev.callboard.net.OutboundRules;
import dev.callboard.palette.StageExecutors;
import dev.callboard.palette.StageResolver;
import dev.callboard.plugins.BundledPlugins;
import dev.callboard.plugins.PluginOptions;
import dev.callboard.plugins.PluginRules;
import dev.callboard.registry.RegistryVerticle;
import dev.callboard.secrets.SecretsVerticle;
import dev.callboard.sinks.SinkRules;
import dev.callboard.sinks.SinksVerticle;
import dev.callboard.stages.CoreStages;
import dev.callboard.store.BlobFolder;
import dev.callboard.store.DataFolder;
import dev.callboard.store.Database;
import dev.callboard.store.Reserve;
import dev.callboard.tasks.TaskStagesVerticle;
import dev.callboard.time.ClockVerticle;
import dev.callboard.time.ServerTime;
import dev.callboard.time.SteadyClock;
import dev.callboard.triggers.SourceRules;
import dev.callboard.triggers.TriggersVerticle;
import dev.callboard.watch.WatchVerticle;
import dev.callboard.workers.WorkersVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: the parts of a server, in the order in which they start.
 *
 * @param http null for work without a web server
 */
record ServerParts(Bus bus, Database database, BlobFolder blobs, @Nullable HttpVerticle http) {
    /** How long a start waits for the code of plugins; a process of its own takes about a second to be there. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(3);

    /** Opens the database and starts all parts; when one does not start, the database is closed again. */
    static Future<ServerParts> start(ServerConfig config, boolean withHttp, ServerResources resources) {
        Vertx vertx = resources.vertx();
        DataFolder dataFolder = resources.dataFolder();
        ProcessExpressions expressions = resources.expressions();
        Bus bus = Bus.on(vertx);
        Meters meters = resources.meters();
        Reserve reserve = new Reserve(config.limits().reserveBytes());
        // First of all, since the others wait for it longest.
        Future<Database> opened = DatabaseOfServer.open(config, vertx, dataFolder, reserve, meters);
        Clock machine = Clock.systemUTC();
        SteadyClock clock = ServerTime.of(dataFolder.path(), machine);
        OutboundRules network = new OutboundRules(config.network().allow());
        network.listens(config.host(), withHttp ? config.port() : 0);
        if (config.database() != null) {
            network.listens(config.database().host(), config.database().port());
        }
        OutboundClient outbound = new OutboundClient(vertx, config.network(), network, "Callboard/" + Version.CURRENT);
        StageExecutors executors = Executors.of(
                config, dataFolder.path(), resources.processes(), expressions, outbound, Environment::variable);
        Future<RegistryVerticle.Sources> palette = RegistryVerticle.Sources.read(
                vertx, palette(config, withHttp, resources, executors), new CoreStages().stages(), clock, meters);
        return both(opened, palette)
                .compose(database -> settled(clock, database))
                .compose(database -> {
                    BlobFolder blobs = BlobFolder.of(dataFolder, config.limits().blobBytes(), reserve);
                    RegistryVerticle registry = new RegistryVerticle(bus, database, palette.result(), clock, meters);
                    StageResolver resolver = new SampledResolver(registry.resolver(), meters);
                    SecretsVerticle secrets =
                            new SecretsVerticle(bus, database, config.secrets(), Environment::variable, clock);
                    TaskStagesVerticle tasks = new TaskStagesVerticle(
                            bus,
                            database,
                            blobs,
                            resolver,
                            secrets.source(),
                            new SourceRules(config.sources(), expressions).and(new SinkRules(config.sinks(), network)),
                            config.pipelines(),
                            clock);
                    Libraries libraries =
                            new Libraries(bus, database, dataFolder.path().resolve("plugin-data"), clock);
                    EngineParts engine = new EngineParts(
                            bus,
                            database,
                            blobs,
                            resolver,
                            executors,
                            secrets.source(),
                            network,
                            config.network().outbound(),
                            libraries,
                            config.limits().outputCharacters(),
                            clock);
                    // A command runs and delivers its own task and nobody else's, and starts none.
                    ExecutionVerticle execution = new ExecutionVerticle(
                            engine,
                            tasks.plugins(),
                            ExecutionVerticle.Options.of(config.workers().lease(), withHttp));
                    TriggersVerticle triggers = new TriggersVerticle(
                            bus,
                            database,
                            blobs,
                            config.sources(),
                            new TriggersVerticle.Secrets(secrets.sealer(), secrets.source()),
                            expressions,
                            clock,
                            machine);
                    SinksVerticle sinks = new SinksVerticle(
                            bus,
                            database,
                            blobs,
                            new SinksVerticle.Options(config.sinks(), withHttp),
                            meters.sinks(),
                            outbound,
                            secrets.source(),
                            clock,
                            machine);
                    LibraryVerticle library = new LibraryVerticle(
                            bus,
                            database,
                            libraries,
                            blobs,
                            resolver,
                            network,
                            config.network().outbound(),
                            clock);
                    TryVerticle tries = new TryVerticle(engine, Executors.workFolder(dataFolder.path()));
                    List<Deployable> parts = new ArrayList<>(List.of(
                            new ClockVerticle(clock, dataFolder.path()),
                            registry,
                            new WatchVerticle(bus, resolver, meters, clock),
                            tasks,
                            secrets,
                            new WorkersVerticle(bus, resolver, clock),
                            execution,
                            sinks,
                            library,
                            tries));
                    if (withHttp) {
                        parts.add(triggers);
                    }
                    OneLoop loop = new OneLoop(parts);
                    HttpVerticle http = withHttp
                            ? new HttpVerticle(
                                    bus,
                                    database,
                                    blobs,
                                    config,
                                    HttpVerticle.Parts.load(vertx, config, Version.CURRENT),
                                    loop.started(),
                                    meters,
                                    clock)
                            : null;
                    if (http != null) {
                        // Its routes take as long to make as all others to start.
                        loop.beside(http);
                    }
                    return vertx.executeBlocking(() -> {
                                blobs.removeLeftovers();
                                Executors.removeLeftovers(dataFolder.path());
                                return null;
                            })
                            .compose(clean -> vertx.deployVerticle(loop))
                            .map(deployed -> {
                                if (http != null) {
                                    network.listens(config.host(), http.port());
                                }
                                return new ServerParts(bus, database, blobs, http);
                            })
                            .recover(failure -> database.close().transform(closed -> Future.failedFuture(failure)));
                });
    }

    /** The database, once the palette was read too; when it could not be read, the database is closed again. */
    private static Future<Database> both(Future<Database> opened, Future<RegistryVerticle.Sources> palette) {
        return Future.join(opened, palette)
                .map(joined -> opened.result())
                .recover(failure -> (opened.succeeded() ? opened.result().close() : Future.<Void>succeededFuture())
                        .transform(closed -> Future.failedFuture(failure)));
    }

    /** Before any part asks for the time; when that fails, the database is closed again. */
    private static Future<Database> settled(SteadyClock clock, Database database) {
        return ServerTime.settle(clock, database).map(database).recover(failure -> database.close()
                .transform(closed -> Future.failedFuture(failure)));
    }

    private static RegistryVerticle.Options palette(
            ServerConfig config, boolean withHttp, ServerResources resources, StageExecutors executors) {
        return new RegistryVerticle.Options(
                config.stagesFile(),
                new PluginOptions(
                        config.plugins(),
                        config.pluginRules().bundled() ? BundledPlugins.ofServer() : BundledPlugins.NONE,
                        resources.dataFolder().path().resolve("plugin-copies"),
                        PluginOptions.unpackedFolder(Environment::variable),
                        resources.forks(),
                        config.pluginsEnabled(),
                        config.limits().pluginLoad(),
                        // A command that runs here needs its stages now; a server answers meanwhile.
                        withHttp ? START_PATIENCE : config.limits().pluginLoad(),
                        new PluginRules(
                                config.pluginRules().settle(),
                                config.pluginRules().allowedSha256(),
                                config.pluginRules().settings(),
                                Environment::variable)),
                executors,
                config.limits().customStages());
    }
}
