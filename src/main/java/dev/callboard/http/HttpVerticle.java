package dev.callboard.http;

import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.config.Environment;
import dev.callboard.config.ServerConfig;
import dev.callboard.engine.WorkMessages;
import dev.callboard.feed.EventBusBridge;
import dev.callboard.metrics.Meters;
import dev.callboard.problem.Ids;
import dev.callboard.store.BlobFolder;
import dev.callboard.store.Database;
import dev.callboard.time.SteadyClock;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The web server: guards, then the operations of {@code openapi.yaml}, the feed and the pages. One instance, on one event
 * loop; nothing on it blocks.
 */
public final class HttpVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;
    private final BlobFolder blobs;
    private final ServerConfig config;
    private final Future<Parts> loading;
    private final Future<?> others;
    private final Meters meters;
    private final SteadyClock clock;
    private @Nullable HttpServer server;
    private @Nullable FeedSockets feed;
    private @Nullable WorkerSockets workers;
    private @Nullable EventBusBridge bridge;

    /** What is read from the jar before anything can be served; takes a while and needs no other part. */
    public static final class Parts {
        private final Contract.Calls calls;
        private final Pages pages;
        private final ServedContracts contracts;
        private final String version;

        private Parts(Contract.Calls calls, Pages pages, ServedContracts contracts, String version) {
            this.calls = calls;
            this.pages = pages;
            this.contracts = contracts;
            this.version = version;
        }

        /** Starts to read, while other parts of the server start. */
        public static Future<Parts> load(Vertx vertx, ServerConfig config, String version) {
            Future<Pages> pages =
                    vertx.executeBlocking(() -> new Pages(vertx, config.webroot(), version, config.prefix()), false);
            Future<ServedContracts> contracts = vertx.executeBlocking(
                    () -> new ServedContracts(vertx, Contract.texts(), config.publicUrl()), false);
            return Contract.load(vertx).compose(calls -> Future.all(pages, contracts)
                    .map(all -> new Parts(calls, pages.result(), contracts.result(), version)));
        }
    }

    /**
     * Names the parts; nothing is opened before the verticle is deployed.
     *
     * @param loading what is read from the jar meanwhile
     * @param others the parts that answer requests; only when all of them have started, anybody is listened to
     */
    public HttpVerticle(
            Bus bus,
            Database database,
            BlobFolder blobs,
            ServerConfig config,
            Future<Parts> loading,
            Future<?> others,
            Meters meters,
            SteadyClock clock) {
        this.bus = bus;
        this.database = database;
        this.blobs = blobs;
        this.config = config;
        this.loading = loading;
        this.others = others;
        this.meters = meters;
        this.clock = clock;
    }

    /** The port it listens on, once deployed. */
    public int port() {
        if (server == null) {
            throw new IllegalStateException("the web server is not deployed");
        }
        return server.actualPort();
    }

    @Override
    public Future<?> start() {
        return here(loading)
                .map(parts -> RequestGuard.requireHost(router(parts)))
                .compose(requests -> here(others).compose(started -> listen(requests)))
                .onSuccess(listening -> {
                    server = listening;
                    bus.publish(WorkMessages.REACHABLE, new WorkMessages.Reachable());
                });
    }

    private <T> Future<T> here(Future<T> future) {
        Promise<T> promise = ((ContextInternal) context).promise();
        future.onComplete(promise);
        return promise.future();
    }

    private Future<HttpServer> listen(Handler<HttpServerRequest> requests) {
        return vertx.createHttpServer(WebOptions.of(config))
                .connectionHandler(ConnectionGuard::guard)
                .requestHandler(requests)
                .invalidRequestHandler(UnreadableRequests::refuse)
                .listen(config.port(), config.host())
                .recover(failure -> Future.failedFuture(ListenPort.explain(config.host(), config.port(), failure)));
    }

    private Router router(Parts parts) {
        Contract.Calls calls = parts.calls;
        Router router = Router.router(vertx);
        ProblemHandler problems = new ProblemHandler(config.limits().bodyBytes());
        AuditRepository audit = new AuditRepository(bus, database, new Ids(clock));
        FeedSockets feedSockets = new FeedSockets(vertx, bus, audit, config, meters.web());
        feed = feedSockets;

        router.route().handler(new RequestTimes(meters.web()));
        router.route()
                .handler(new RequestGuard(config.host(), config.publicUrl()))
                .failureHandler(problems);
        AllowedMethods.reads(router, "/ws", feedSockets::upgrade);
        WorkGuard workGuard = new WorkGuard(config.workers().tokenVariable(), Environment::variable);
        router.route(WorkApi.PATHS).handler(workGuard);
        WorkCalls workCalls = new WorkCalls(bus, workGuard.trusts());
        WorkerSockets workerSockets = new WorkerSockets(vertx, bus, workCalls, calls, config);
        workers = workerSockets;
        AllowedMethods.reads(router, WorkerSockets.PATH, context -> {
            if (workGuard.lets(context)) {
                workerSockets.upgrade(context);
            }
        });
        if (config.feed().eventBus()) {
            Duration silence = config.feed().heartbeat().multipliedBy(2);
            bridge = new EventBusBridge(
                    bus, meters.web(), silence, config.limits().webSockets());
            bridge.mount(router, vertx);
        }
        parts.contracts
                .paths()
                .forEach(path -> AllowedMethods.reads(router, path, context -> contract(parts.contracts, context)));
        parts.pages.mount(router);

        RouterBuilder builder = RouterBuilder.create(vertx, calls.routes(), RequestExtractor.withBodyHandler());
        builder.rootHandler(new JsonBody(vertx, config.limits().bodyBytes(), Set.of(BlobApi.PATH)));
        builder.rootHandler(JsonBody::parse);
        Operations operations =
                new Operations(builder, calls, new Idempotency(new IdempotencyRepository(database), clock));
        new PaletteApi(vertx, bus, parts.version, operations);
        new TryApi(bus, clock, operations);
        BlobApi blobApi = new BlobApi(vertx, blobs, operations);
        new PipelineApi(bus, operations);
        new TaskApi(bus, operations);
        new ProjectApi(bus, operations);
        new StageUsageApi(bus, operations);
        new PortSchemaApi(bus, operations);
        new SecretsApi(bus, operations);
        new TriggersApi(bus, config.publicUrl(), operations);
        new SinksApi(bus, operations);
        new WorkApi(bus, workCalls, operations);
        new ExecutionApi(bus, blobApi, operations);
        Health health = new Health(vertx, bus, database, config.data(), clock);
        new HealthApi(vertx, health, operations);
        new MetricsApi(vertx, meters, health, new TaskCounts(bus), operations);
        new AuditApi(audit, operations);
        new LibraryApi(bus, operations);
        new GraphApi(bus, operations);
        operations.requireComplete();
        router.route("/*").handler(new AllowedMethods(calls.routes()));
        router.route("/*").subRouter(AllowedMethods.withHead(builder.createRouter()));
        router.route("/*").handler(parts.pages::unknown);
        for (int status : new int[] {400, 404, 405, 413, 415, 417, 431, 500}) {
            router.errorHandler(status, problems);
        }
        return router;
    }

    private static void contract(ServedContracts contracts, RoutingContext context) {
        contracts
                .at(context.normalizedPath(), String.valueOf(context.request().authority()))
                .onSuccess(body -> {
                    context.response()
                            .putHeader("Content-Type", "application/yaml")
                            .putHeader("Cache-Control", "no-cache");
                    body.send(context);
                })
                .onFailure(context::fail);
    }

    @Override
    public Future<?> stop() {
        if (feed != null) {
            feed.closeAll();
        }
        if (workers != null) {
            workers.closeAll();
        }
        if (bridge != null) {
            bridge.closeAll();
        }
        return server == null ? Future.succeededFuture() : server.shutdown(2, TimeUnit.SECONDS);
    }
}
