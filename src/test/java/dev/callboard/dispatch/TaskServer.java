package dev.callboard.dispatch;

import static org.awaitility.Awaitility.await;

import dev.callboard.bus.Address;
import dev.callboard.bus.Bus;
import dev.callboard.config.ConfigException;
import dev.callboard.engine.Availability;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.ListExecutions;
import dev.callboard.engine.NewTasks;
import dev.callboard.engine.StartMessages;
import dev.callboard.engine.StartMessages.TaskMade;
import dev.callboard.executors.Executors;
import dev.callboard.palette.EntryType;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Origin;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.Ports;
import dev.callboard.palette.SecretSource;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageLibraries;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.EndRules;
import dev.callboard.pipelines.PluginCatalog;
import dev.callboard.problem.ProblemException;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageRegistration;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.Outbound;
import dev.callboard.stages.CoreStages;
import dev.callboard.store.BlobFolder;
import dev.callboard.store.DataFolder;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.CreateTask;
import dev.callboard.tasks.TaskMessages.GetTask;
import dev.callboard.tasks.TaskStagesVerticle;
import dev.callboard.testing.Databases;
import dev.callboard.testing.PaletteEntries;
import dev.callboard.testing.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that tasks need, without the web: a data folder, pipelines and stages made in the test. */
public final class TaskServer implements AutoCloseable {
    private final Path dir;
    private final Map<String, StageResolver.Resolved> stages = new ConcurrentHashMap<>();
    ExecutionVerticle.Options options =
            new ExecutionVerticle.Options(4, Duration.ofSeconds(30), Duration.ofMillis(200));
    public Clock clock = Clock.systemUTC();
    /** What pipelines that need plugins find when they start; null for what the server finds itself. */
    @Nullable
    public PluginCatalog plugins;

    Vertx vertx;
    public Bus bus;
    BlobFolder blobs;
    long maxOutput = 1_000_000;
    private DataFolder folder;
    public Database database;

    public TaskServer(Path dir) throws IOException {
        this.dir = dir;
        Files.createDirectories(dir.resolve("pipelines"));
    }

    public TaskServer stage(String type, Stage code) {
        return stage(
                type,
                () -> code,
                List.of(),
                StageMetadata.builder(type).stateKey(type).build());
    }

    public TaskServer stage(String type, Supplier<Stage> factory, List<Setting> settings, StageMetadata metadata) {
        stages.put(
                type,
                new StageResolver.Resolved(
                        entry(type, ExecutorType.JAVA, settings, null), new StageRegistration(metadata, factory)));
        return this;
    }

    /** An entry of the palette with ports. */
    public TaskServer entry(String id, EntryType kind, Ports ports, @Nullable Stage code) {
        PaletteEntry entry = PaletteEntries.of(id, kind, ports, ExecutorType.JAVA, List.of(), Origin.BUILTIN, null);
        stages.put(
                id,
                code == null
                        ? new StageResolver.Resolved(entry, null)
                        : new StageResolver.Resolved(
                                entry,
                                new StageRegistration(StageMetadata.builder(id).build(), () -> code)));
        return this;
    }

    /** The palette's entry of that id. */
    public Optional<PaletteEntry> palette(String id) {
        return resolver().resolve(id).map(StageResolver.Resolved::entry);
    }

    /** The stages that the server brings along. */
    public TaskServer coreStages() {
        for (StageRegistration own : new CoreStages().stages()) {
            String type = own.metadata().stageType();
            stages.put(type, new StageResolver.Resolved(entry(type, ExecutorType.JAVA, List.of(), null), own));
        }
        return this;
    }

    public TaskServer manual(String type) {
        stages.put(
                type,
                new StageResolver.Resolved(entry(type, ExecutorType.MANUAL, List.of(), "no person's work yet"), null));
        return this;
    }

    /** A stage that workers do. */
    TaskServer worker(String type) {
        stages.put(type, new StageResolver.Resolved(entry(type, ExecutorType.WORKER, List.of(), null), null));
        return this;
    }

    private static PaletteEntry entry(
            String type, ExecutorType executor, List<Setting> settings, @Nullable String unavailable) {
        return PaletteEntries.of(type, EntryType.STAGE, Ports.NONE, executor, settings, Origin.BUILTIN, unavailable);
    }

    public TaskServer pipeline(String yaml) throws IOException {
        String name = yaml.lines().findFirst().orElseThrow().replace("name: ", "");
        Files.writeString(dir.resolve("pipelines").resolve(name + ".yaml"), yaml);
        return this;
    }

    /** A plain list of stages, each named by its type. */
    public TaskServer chain(String name, String... types) throws IOException {
        StringBuilder yaml = new StringBuilder("name: " + name + "\nstages:\n");
        for (String type : types) {
            yaml.append("  - {name: ")
                    .append(type)
                    .append(", type: ")
                    .append(type)
                    .append("}\n");
        }
        return pipeline(yaml.toString());
    }

    public TaskServer start() throws IOException {
        TaskStagesVerticle tasks = startTasks();
        PluginCatalog found = plugins == null ? tasks.plugins() : plugins;
        EngineParts parts = new EngineParts(
                bus,
                database,
                blobs,
                resolver(),
                Executors.unconfigured(),
                SecretSource.NONE,
                () -> AddressRules.PUBLIC,
                Outbound.DIRECT,
                StageLibraries.NONE,
                maxOutput,
                clock);
        get(vertx.deployVerticle(new ExecutionVerticle(parts, found, options)));
        return this;
    }

    StageResolver resolver() {
        return type -> Optional.ofNullable(stages.get(type));
    }

    /** Takes tasks, and starts none: those that are to start find their pipeline lacking a plugin. */
    public void startWithoutEngine() throws IOException {
        startTasks();
        NewTasks made = TestCommands.made(this);
        Availability.Lack lack =
                Availability.plugin(ProblemException.illegalState(Availability.PIPELINE, "There is no engine."));
        bus.answer(StartMessages.MAKE, ask -> made.make(ask, lack, false)
                .map(task -> new TaskMade(task.id(), task.again(), null)));
    }

    private TaskStagesVerticle startTasks() throws IOException {
        vertx = Vertx.vertx();
        bus = Bus.on(vertx);
        folder = DataFolder.open(dir.resolve("data"));
        blobs = BlobFolder.of(folder, BlobFolder.DEFAULT_LIMIT);
        blobs.removeLeftovers();
        database = get(Databases.open(vertx, folder));
        TaskStagesVerticle tasks = new TaskStagesVerticle(
                bus, database, blobs, resolver(), SecretSource.NONE, EndRules.NONE, dir.resolve("pipelines"), clock);
        get(vertx.deployVerticle(tasks));
        return tasks;
    }

    /** Serves the web too; answers the port. */
    public int http() throws ConfigException {
        return get(ServedTasks.serve(dir, vertx, bus, database, blobs, clock));
    }

    /** Stops in good order. */
    @Override
    public void close() throws IOException {
        for (String id : List.copyOf(vertx.deploymentIDs())) {
            get(vertx.undeploy(id));
        }
        get(database.close());
        get(vertx.close());
        folder.close();
    }

    /** Stops as if the process had been killed, as far as one process can: nothing is put back. */
    void crash() throws IOException {
        get(database.close());
        get(vertx.close().otherwiseEmpty());
        folder.close();
    }

    public TaskView create(Map<String, Object> request) {
        return ask(TaskMessages.CREATE, new CreateTask(request)).task();
    }

    TaskView run(String pipeline) {
        return create(Map.of("title", "T", "pipeline", pipeline, "auto_start", true));
    }

    public TaskView task(String id) {
        return ask(TaskMessages.GET, new GetTask(id)).task();
    }

    public TaskView until(String id, String status) {
        await().until(() -> task(id).status().equals(status));
        return task(id);
    }

    List<ExecutionView> executions(String taskId) {
        return ask(ExecutionMessages.LIST, new ListExecutions(taskId, 0)).executions();
    }

    <Q extends Record, R extends Record> R ask(Address<Q, R> address, Q question) {
        return get(bus.ask(address, question));
    }

    public static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof RuntimeException expected
                    ? expected
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
