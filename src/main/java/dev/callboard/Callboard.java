package dev.callboard;

import dev.callboard.bus.Bus;
import dev.callboard.config.Environment;
import dev.callboard.config.LogSetup;
import dev.callboard.config.ServerConfig;
import dev.callboard.config.UnknownVariables;
import dev.callboard.execution.EngineParts;
import dev.callboard.execution.ExecutionVerticle;
import dev.callboard.execution.TryVerticle;
import dev.callboard.executors.Executors;
import dev.callboard.expressions.ProcessExpressions;
import dev.callboard.fork.Forks;
import dev.callboard.http.HttpVerticle;
import dev.callboard.log.OutOfMemory;
import dev.callboard.metrics.Meters;
import dev.callboard.metrics.SampledResolver;
import dev.callboard.model.StageExecutors;
import dev.callboard.model.StageResolver;
import dev.callboard.net.OutboundClient;
import dev.callboard.net.OutboundRules;
import dev.callboard.process.ChildProcesses;
import dev.callboard.registry.BundledPlugins;
import dev.callboard.registry.PluginRules;
import dev.callboard.registry.RegistryVerticle;
import dev.callboard.secrets.SecretsVerticle;
import dev.callboard.sinks.SinkRules;
import dev.callboard.sinks.SinksVerticle;
import dev.callboard.spi.BlobStore;
import dev.callboard.stages.CoreStages;
import dev.callboard.store.BlobFolder;
import dev.callboard.store.DataFolder;
import dev.callboard.store.Database;
import dev.callboard.store.Reserve;
import dev.callboard.tasks.TaskStagesVerticle;
import dev.callboard.triggers.SourceRules;
import dev.callboard.triggers.TriggersVerticle;
import dev.callboard.watch.WatchVerticle;
import dev.callboard.workers.WorkersVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The composition root: the parts of a server, in the order in which they start. */
public final class Callboard {
    /** How long a start waits for the code of plugins; a process of its own takes about a second to be there. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(3);

    private final ServerConfig config;
    private final Vertx vertx;
    private final Bus bus;
    private final DataFolder dataFolder;
    private final ChildProcesses processes;
    private final Forks forks;
    private final ProcessExpressions expressions;
    private final Database database;
    private final BlobFolder blobs;
    private final Meters meters;
    private final @Nullable HttpVerticle http;

    private Callboard(
            ServerConfig config,
            Vertx vertx,
            Bus bus,
            DataFolder dataFolder,
            ChildProcesses processes,
            Forks forks,
            ProcessExpressions expressions,
            Database database,
            BlobFolder blobs,
            Meters meters,
            @Nullable HttpVerticle http) {
        this.config = config;
        this.vertx = vertx;
        this.bus = bus;
        this.dataFolder = dataFolder;
        this.processes = processes;
        this.forks = forks;
        this.expressions = expressions;
        this.database = database;
        this.blobs = blobs;
        this.meters = meters;
        this.http = http;
    }

    /**
     * Starts a server; returns when it is ready. Blocks.
     *
     * @param withHttp false starts everything but the web server, for work without one
     * @throws dev.callboard.model.ProblemException when the data folder is in use or unusable
     * @throws ExecutionException when a part did not start; everything is stopped again
     */
    public static Callboard start(ServerConfig config, boolean withHttp)
            throws ExecutionException, InterruptedException {
        LogSetup.use(config.log());
        UnknownVariables.warn(config);
        ConfigFolder.prepare(config);
        DataFolder dataFolder = DataFolder.open(config.data());
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
        vertx.exceptionHandler(OutOfMemory::uncaught);
        ChildProcesses processes = new ChildProcesses(dataFolder.path());
        // Before anything is resumed: whatever an attempt started must not run beside the next one.
        processes.endLeftovers();
        Forks forks =
                new Forks(config.fork(), dataFolder.path().resolve("plugin-work"), processes, Environment::variable);
        ProcessExpressions expressions = new ProcessExpressions(
                config.expressions(), dataFolder.path().resolve("expression-work"), processes, Environment::variable);
        try {
            return get(deploy(config, withHttp, dataFolder, processes, forks, expressions, vertx));
        } catch (ExecutionException | InterruptedException e) {
            get(vertx.close());
            forks.close();
            expressions.close();
            processes.close();
            dataFolder.close();
            throw e;
        }
    }

    private static Future<Callboard> deploy(
            ServerConfig config,
            boolean withHttp,
            DataFolder dataFolder,
            ChildProcesses processes,
            Forks forks,
            ProcessExpressions expressions,
            Vertx vertx) {
        Clock clock = Clock.systemUTC();
        Bus bus = Bus.on(vertx);
        Meters meters = withHttp ? Meters.prometheus() : Meters.none();
        Future<HttpVerticle.@Nullable Parts> web = withHttp
                ? HttpVerticle.Parts.load(vertx, config, Version.CURRENT).map(parts -> parts)
                : Future.succeededFuture();
        Reserve reserve = new Reserve(config.limits().reserveBytes());
        return Database.open(vertx, dataFolder, reserve, meters).compose(database -> {
            BlobFolder blobs = BlobFolder.of(dataFolder, config.limits().blobBytes(), reserve);
            OutboundRules network = new OutboundRules(config.network().allow());
            network.listens(config.host(), withHttp ? config.port() : 0);
            OutboundClient outbound =
                    new OutboundClient(vertx, config.network(), network, "Callboard/" + Version.CURRENT);
            StageExecutors executors =
                    Executors.of(config, dataFolder.path(), processes, expressions, outbound, Environment::variable);
            RegistryVerticle registry = new RegistryVerticle(
                    bus,
                    database,
                    palette(config, withHttp, dataFolder, forks, executors),
                    new CoreStages().stages(),
                    clock,
                    meters);
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
            EngineParts engine = new EngineParts(
                    bus,
                    database,
                    blobs,
                    resolver,
                    executors,
                    secrets.source(),
                    network,
                    config.network().outbound(),
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
                    clock);
            SinksVerticle sinks = new SinksVerticle(
                    bus,
                    database,
                    blobs,
                    new SinksVerticle.Options(config.sinks(), withHttp),
                    meters.sinks(),
                    outbound,
                    secrets.source(),
                    clock);
            TryVerticle tries = new TryVerticle(engine, Executors.workFolder(dataFolder.path()));
            return vertx.executeBlocking(() -> {
                        blobs.removeLeftovers();
                        Executors.removeLeftovers(dataFolder.path());
                        return null;
                    })
                    .compose(clean -> vertx.deployVerticle(registry))
                    .compose(deployed -> vertx.deployVerticle(new WatchVerticle(bus, resolver, meters, clock)))
                    .compose(deployed -> vertx.deployVerticle(tasks))
                    .compose(deployed -> vertx.deployVerticle(secrets))
                    .compose(deployed -> vertx.deployVerticle(new WorkersVerticle(bus, resolver, clock)))
                    .compose(deployed -> vertx.deployVerticle(execution))
                    .compose(deployed -> withHttp ? vertx.deployVerticle(triggers) : Future.succeededFuture(""))
                    .compose(deployed -> vertx.deployVerticle(sinks))
                    .compose(deployed -> vertx.deployVerticle(tries))
                    .compose(deployed -> web)
                    .map(parts ->
                            parts == null ? null : new HttpVerticle(bus, database, blobs, config, parts, meters, clock))
                    .compose(http -> (http == null
                                    ? Future.succeededFuture()
                                    : vertx.deployVerticle(http)
                                            .onSuccess(deployed -> network.listens(config.host(), http.port())))
                            .map(deployed -> new Callboard(
                                    config,
                                    vertx,
                                    bus,
                                    dataFolder,
                                    processes,
                                    forks,
                                    expressions,
                                    database,
                                    blobs,
                                    meters,
                                    http)))
                    .recover(failure -> database.close().transform(closed -> Future.failedFuture(failure)));
        });
    }

    private static <T> T get(Future<T> future) throws ExecutionException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    private static RegistryVerticle.Options palette(
            ServerConfig config, boolean withHttp, DataFolder dataFolder, Forks forks, StageExecutors executors) {
        return new RegistryVerticle.Options(
                config.stagesFile(),
                config.plugins(),
                config.pluginRules().bundled() ? BundledPlugins.ofServer() : BundledPlugins.NONE,
                dataFolder.path().resolve("plugin-copies"),
                forks,
                config.pluginsEnabled(),
                executors,
                config.limits().customStages(),
                config.limits().pluginLoad(),
                // A command that runs here needs its stages now; a server answers meanwhile.
                withHttp ? START_PATIENCE : config.limits().pluginLoad(),
                new PluginRules(
                        config.pluginRules().settle(),
                        config.pluginRules().allowedSha256(),
                        config.pluginRules().settings(),
                        Environment::variable));
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

    /** Where inputs are stored, for commands that work without the web server. */
    public BlobStore blobs() {
        return blobs;
    }

    /** Stops everything: the web server first, running stages finish or are put back, then the database. Blocks. */
    public void stop() throws ExecutionException, InterruptedException {
        List<String> deployed = new ArrayList<>(vertx.deploymentIDs());
        get(Future.join(deployed.stream().map(vertx::undeploy).toList()).transform(undeployed -> database.close()));
        // From this thread: Vert.x cannot report its own end to one of its threads.
        get(vertx.close());
        // Whatever stage was put back has lost its process by now, or loses it here.
        forks.close();
        expressions.close();
        processes.close();
        meters.close();
        dataFolder.close();
    }
}
