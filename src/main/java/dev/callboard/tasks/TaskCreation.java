package dev.callboard.tasks;

import dev.callboard.bus.Bus;
import dev.callboard.engine.StartMessages;
import dev.callboard.engine.StartMessages.MakeTask;
import dev.callboard.engine.StartMessages.TaskMade;
import dev.callboard.palette.StageResolver;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.Pipelines;
import dev.callboard.problem.Ids;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.projects.ProjectRepository;
import dev.callboard.store.Database;
import dev.callboard.tasks.TaskMessages.CreateTask;
import dev.callboard.tasks.TaskMessages.TaskCreated;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Makes tasks of requests. */
final class TaskCreation {
    /** Longer than usual: under a burst of tasks each takes its turn. */
    private static final long MAKE_MS = 20_000;

    private final Vertx vertx;
    private final Database database;
    private final TaskInputs inputs;
    private final Pipelines pipelines;
    private final StageResolver resolver;
    private final Ids ids;
    private final Bus bus;
    private final SnapshotRepository repository;
    private final Snapshots snapshots;
    private final ProjectRepository projects = new ProjectRepository();

    TaskCreation(
            Vertx vertx,
            Bus bus,
            Database database,
            SnapshotRepository repository,
            TaskInputs inputs,
            Pipelines pipelines,
            StageResolver resolver,
            Ids ids,
            Clock clock) {
        this.vertx = vertx;
        this.database = database;
        this.inputs = inputs;
        this.pipelines = pipelines;
        this.resolver = resolver;
        this.ids = ids;
        this.bus = bus;
        this.repository = repository;
        this.snapshots = new Snapshots(database, repository, clock);
    }

    /**
     * What was made.
     *
     * @param again it had been made before
     * @param warnings settings of the task that no schema describes, and why it has not started although it was to
     */
    record Created(String id, boolean again, List<Violation> warnings) {}

    /** Checks everything, then has the task made; one that is there already stays as it is. */
    Future<Created> create(CreateTask ask) {
        NewTask task = NewTask.read(ask.request());
        String id = ask.id();
        return id == null
                ? create(ask, task, ids.next())
                : database.read(transaction -> repository.exists(transaction, id))
                        .compose(there -> there
                                ? Future.succeededFuture(new Created(id, true, List.of()))
                                : create(ask, task, id));
    }

    private Future<Created> create(CreateTask ask, NewTask task, String id) {
        return input(task).compose(input -> pipeline(task, input)
                .compose(pipeline -> aside(task, () -> TaskFit.of(pipeline, ask, task, resolver))
                        .compose(fit -> owner(task, pipeline)
                                .compose(projectId -> bus.ask(
                                        StartMessages.MAKE, request(id, projectId, task, input, fit, ask), MAKE_MS))
                                .map(made -> created(made, fit)))));
    }

    private Future<List<Map<String, Object>>> input(NewTask task) {
        return task.input().isEmpty()
                ? Future.succeededFuture(List.of())
                : aside(task, () -> inputs.store(task.input()));
    }

    /** Side by side: a task with a thousand texts holds up nobody else's. A small one is not worth a change of threads. */
    private <T> Future<T> aside(NewTask task, Callable<T> work) {
        if (!task.input().isEmpty() || !task.settings().isEmpty()) {
            return vertx.executeBlocking(work, false);
        }
        try {
            return Future.succeededFuture(work.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    /** Whose stage templates a task goes through. */
    private Future<String> owner(NewTask task, Pipeline pipeline) {
        return task.project() == null ? snapshots.of(pipeline) : Future.succeededFuture(task.project());
    }

    private static MakeTask request(
            String id, String projectId, NewTask task, List<Map<String, Object>> input, TaskFit fit, CreateTask ask) {
        return new MakeTask(
                id,
                projectId,
                task.title(),
                task.description(),
                task.labels(),
                input,
                task.settings(),
                task.userInput(),
                fit.selected(),
                task.autoStart(),
                ask.firing());
    }

    private static Created created(TaskMade made, TaskFit fit) {
        List<Violation> warnings = new ArrayList<>(fit.warnings());
        if (made.lack() != null) {
            warnings.add(new Violation(TaskCreated.NOT_STARTED, "did not start the task. " + made.lack()));
        }
        return new Created(made.id(), made.again(), warnings);
    }

    private Future<Pipeline> pipeline(NewTask task, List<Map<String, Object>> input) {
        String id = task.project();
        if (id == null) {
            return pipelines.choose(task.pipeline(), GivenInputs.kinds(task.input()), input);
        }
        return database.read(transaction -> projects.get(transaction, id))
                .recover(failure ->
                        Future.failedFuture(failure instanceof ProblemException ? unknownProject(id) : failure))
                .map(project -> {
                    if (project.view().archivedAt() != null) {
                        throw unknownProject(id);
                    }
                    if (task.pipeline() != null
                            && !task.pipeline().equals(project.view().pipeline())) {
                        throw ProblemException.invalid(
                                "invalid_task",
                                "The project has stages of its own; leave pipeline out.",
                                List.of(new Violation(
                                        "/pipeline", "must be left out: the project has its own stages")));
                    }
                    return project.pipeline();
                });
    }

    private static ProblemException unknownProject(String id) {
        String detail = "there is no open project '" + id + "'";
        return ProblemException.invalid(
                "unknown_project",
                "The task cannot be created: " + detail + ".",
                List.of(new Violation("/project", detail)));
    }
}
