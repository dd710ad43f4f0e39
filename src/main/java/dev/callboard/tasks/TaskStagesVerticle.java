package dev.callboard.tasks;

import dev.callboard.audit.AuditRepository;
import dev.callboard.bus.Bus;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.ListExecutions;
import dev.callboard.engine.PolicyMessages;
import dev.callboard.engine.StartMessages;
import dev.callboard.engine.StartMessages.TasksEdited;
import dev.callboard.palette.SecretSource;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.EndRules;
import dev.callboard.pipelines.KnownPlugins;
import dev.callboard.pipelines.PipelineEdits;
import dev.callboard.pipelines.PipelineFolder;
import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.PipelineMessages.PipelineReply;
import dev.callboard.pipelines.PipelineMessages.PipelinesReply;
import dev.callboard.pipelines.PipelineStore;
import dev.callboard.pipelines.PipelineWatch;
import dev.callboard.pipelines.Pipelines;
import dev.callboard.pipelines.PluginCatalog;
import dev.callboard.problem.Ids;
import dev.callboard.projects.ProjectAudit;
import dev.callboard.projects.ProjectMessages;
import dev.callboard.projects.ProjectMessages.ProjectChanged;
import dev.callboard.projects.ProjectMessages.ProjectReply;
import dev.callboard.projects.ProjectMessages.ProjectView;
import dev.callboard.projects.ProjectMessages.ProjectsReply;
import dev.callboard.projects.Projects;
import dev.callboard.projects.ResearchUpgrade;
import dev.callboard.projects.TemplateRepository;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.spi.BlobStore;
import dev.callboard.store.Database;
import dev.callboard.tasks.TaskMessages.CreateTask;
import dev.callboard.tasks.TaskMessages.GetSnapshot;
import dev.callboard.tasks.TaskMessages.SnapshotReply;
import dev.callboard.tasks.TaskMessages.TaskCreated;
import dev.callboard.tasks.TaskMessages.TaskReply;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pipelines, tasks and their selections. It follows the pipelines folder, makes tasks of requests, and publishes how a
 * task looks after each change, its own or the engine's.
 */
public final class TaskStagesVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(TaskStagesVerticle.class);

    /** How often the pipelines folder is scanned, in milliseconds. */
    private static final long LOOK_EVERY_MS = 500;

    private final Bus bus;
    private final Database database;
    private final BlobStore blobs;
    private final StageResolver resolver;
    private final EndRules ends;
    private final Path pipelinesFolder;
    private final Clock clock;
    private final TaskViewRepository views;
    private final LiveTasks live;
    private final TaskLooks looks;
    private final TaskPublisher publisher;
    private final KnownPlugins plugins;
    private final SecretSource secrets;
    private boolean looking;

    /**
     * Names the parts; nothing is read before the verticle is deployed. The pipelines folder need not exist.
     *
     * @param secrets those that pipelines may name
     */
    public TaskStagesVerticle(
            Bus bus,
            Database database,
            BlobStore blobs,
            StageResolver resolver,
            SecretSource secrets,
            EndRules ends,
            Path pipelinesFolder,
            Clock clock) {
        this.secrets = secrets;
        this.bus = bus;
        this.database = database;
        this.blobs = blobs;
        this.resolver = resolver;
        this.ends = ends;
        this.pipelinesFolder = pipelinesFolder;
        this.clock = clock;
        this.views = new TaskViewRepository(resolver, clock);
        this.live = new LiveTasks(bus);
        this.looks = new TaskLooks(bus, live);
        this.publisher = new TaskPublisher(() -> vertx, bus, database, views, looks);
        this.plugins = new KnownPlugins(bus, resolver);
    }

    /** The plugins that are loaded, kept up to date while this verticle is deployed. */
    public PluginCatalog plugins() {
        return plugins;
    }

    @Override
    public Future<?> start() {
        PipelineFolder folder = new PipelineFolder(pipelinesFolder);
        Ids ids = new Ids(clock);
        AuditRepository audit = new AuditRepository(bus, database, ids);
        PipelineStore store = new PipelineStore(vertx, database, folder, audit, clock);
        Pipelines pipelines = new Pipelines(store, resolver, plugins, secrets, ends);
        TemplateRepository templates = new TemplateRepository(ids);
        SnapshotRepository repository = new SnapshotRepository(database, ids, templates);
        Projects projects = new Projects(database, pipelines, templates, resolver, new ProjectAudit(audit), ids, clock);
        TaskCreation creation = new TaskCreation(
                vertx, bus, database, repository, new TaskInputs(blobs), pipelines, resolver, ids, clock);
        PipelineWatch watch = new PipelineWatch(vertx, bus, pipelines, plugins);
        return store.start()
                .compose(read -> watch.start())
                .compose(read -> upgrade(templates))
                .onSuccess(upgraded -> {
                    store.onChange(watch::changed);
                    bus.listen(RegistryMessages.PALETTE_CHANGED, event -> watch.paletteChanged());
                    bus.listen(RegistryMessages.PLUGINS_CHANGED, event -> watch.changed());
                    bus.listen(StartMessages.SECRETS_CHANGED, event -> watch.changed());
                    vertx.setPeriodic(LOOK_EVERY_MS, timer -> lookAgain(store));
                    answerPipelines(pipelines, plugins, new PipelineEdits(vertx, folder, store, pipelines));
                    bus.answer(TaskMessages.CREATE, ask -> plugins.refresh().compose(fresh -> create(creation, ask)));
                    bus.answer(TaskMessages.GET, ask -> publisher.task(ask.id()).map(TaskReply::new));
                    new TaskBoard(bus, database, views, live, looks, new TaskEditRepository(database, audit), clock)
                            .answer();
                    bus.answer(TaskMessages.SNAPSHOT, this::snapshot);
                    bus.answer(
                            TaskMessages.SELECTION_GET,
                            ask -> database.read(transaction -> views.selection(transaction, ask.taskId())));
                    answerProjects(projects);
                    bus.answer(StageUsageMessages.GET, new StageUsageRepository(database, store)::usage);
                    bus.listen(ExecutionMessages.TASK_MOVED, publisher::moved);
                    bus.listen(PolicyMessages.HELD, event -> event.taskIds().forEach(publisher::changed));
                    bus.listen(TaskMessages.LOOK_AGAIN, event -> publisher.changed(event.taskId()));
                });
    }

    private void answerPipelines(Pipelines pipelines, KnownPlugins plugins, PipelineEdits edits) {
        bus.answer(PipelineMessages.LIST, ask -> plugins.refresh()
                .compose(fresh -> vertx.executeBlocking(pipelines::all))
                .map(PipelinesReply::new));
        bus.answer(PipelineMessages.GET, ask -> plugins.refresh()
                .compose(fresh -> vertx.executeBlocking(() -> pipelines.get(ask.name())))
                .map(PipelineReply::new));
        bus.answer(PipelineMessages.CHECK, ask -> plugins.refresh()
                .compose(fresh -> vertx.executeBlocking(() -> pipelines.judge().check(ask.text()))));
        bus.answer(PipelineMessages.READ, ask -> plugins.refresh().compose(fresh -> pipelines.read(ask)));
        bus.answer(PipelineMessages.PUT, ask -> plugins.refresh().compose(fresh -> edits.put(ask)));
        bus.answer(PipelineMessages.REMOVE, edits::remove);
        bus.answer(PipelineMessages.VERSIONS, pipelines::versions);
    }

    private void answerProjects(Projects projects) {
        bus.answer(ProjectMessages.LIST, ask -> projects.list(ask.archived()).map(ProjectsReply::new));
        bus.answer(ProjectMessages.CREATE, ask -> projects.create(ask).map(project -> published(project, true)));
        bus.answer(ProjectMessages.GET, ask -> projects.get(ask.id()).map(project -> new ProjectReply(project.view())));
        bus.answer(ProjectMessages.CHANGE, ask -> projects.change(ask).map(project -> published(project, false)));
        bus.answer(ProjectMessages.TEMPLATES, ask -> projects.templates(ask.projectId()));
        bus.answer(ProjectMessages.EDIT, ask -> projects.edit(ask).map(edited -> {
            edited.openTasks().forEach(publisher::changed);
            bus.publish(StartMessages.TASKS_EDITED, new TasksEdited(edited.openTasks()));
            published(edited.project(), false);
            return edited.reply();
        }));
    }

    private ProjectReply published(ProjectView project, boolean added) {
        bus.publish(ProjectMessages.CHANGED, new ProjectChanged(project, added));
        return new ProjectReply(project);
    }

    private Future<Void> upgrade(TemplateRepository templates) {
        return database.read(templates::hasFormer)
                .compose(former -> former
                        ? vertx.executeBlocking(ResearchUpgrade::shipped)
                                .compose(research ->
                                        database.write(transaction -> templates.upgrade(transaction, research)))
                        : Future.succeededFuture(0))
                .onSuccess(count -> {
                    if (count > 0) {
                        LOG.info("{} Research stages can suggest stages now", count);
                    }
                })
                .mapEmpty();
    }

    private void lookAgain(PipelineStore store) {
        if (!looking) {
            looking = true;
            store.queue(store::look)
                    .onFailure(failure -> LOG.warn("The pipelines folder cannot be read: {}", failure.toString()))
                    .onComplete(read -> looking = false);
        }
    }

    private Future<TaskCreated> create(TaskCreation creation, CreateTask ask) {
        return creation.create(ask)
                .compose(created -> (created.again() ? publisher.task(created.id()) : publisher.added(created.id()))
                        .map(view -> new TaskCreated(view, created.warnings())));
    }

    private Future<SnapshotReply> snapshot(GetSnapshot ask) {
        return publisher.task(ask.id()).compose(view -> bus.ask(
                        ExecutionMessages.LIST, new ListExecutions(ask.id(), ask.logLines()))
                .map(reply -> new SnapshotReply(view, reply.executions(), reply.log())));
    }
}
