package dev.callboard.engine;

import dev.callboard.palette.SecretSource;
import dev.callboard.palette.SecretSource.MissingSecretException;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageResolver;
import dev.callboard.palette.StageSecrets;
import dev.callboard.pipelines.PipelineRules;
import dev.callboard.pipelines.PluginCatalog;
import dev.callboard.pipelines.PluginNeed;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.Database;
import dev.callboard.taskmodel.WaitingFor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses to start a task that would come to a stage that cannot run, or whose pipeline lacks a plugin. */
public final class Availability {
    /** The code of a pipeline that lacks a plugin. */
    public static final String PIPELINE = "pipeline_unavailable";

    private final Vertx vertx;
    private final Database database;
    private final TaskCommands tasks;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final StageResolver resolver;
    private final PluginCatalog plugins;
    private final SecretSource secrets;

    /**
     * Names the parts.
     *
     * @param resolver knows which stages there are
     * @param plugins those that pipelines may need
     * @param secrets says which secrets have a value
     */
    public Availability(
            Vertx vertx,
            Database database,
            TaskCommands tasks,
            StageResolver resolver,
            PluginCatalog plugins,
            SecretSource secrets) {
        this.vertx = vertx;
        this.database = database;
        this.tasks = tasks;
        this.resolver = resolver;
        this.plugins = plugins;
        this.secrets = secrets;
    }

    /**
     * What keeps a task from starting.
     *
     * @param kind a word of {@link WaitingFor}
     * @param stageId the stage that cannot run, null when it is the whole pipeline
     * @param problem {@code stage_unavailable}, {@code secret_missing} or {@code pipeline_unavailable}
     */
    public record Lack(String kind, @Nullable String stageId, ProblemException problem) {}

    /**
     * What keeps a task from starting, nothing when it can. Fails with {@code unknown_task}, with {@code wrong_status} for an
     * archived one, and with {@code pipeline_unavailable}. Only reads.
     */
    public Future<Optional<Lack>> look(String taskId) {
        return requirePlugins(taskId)
                .compose(met -> database.read(transaction -> records.loadOpen(transaction, taskId)))
                .map(this::lack);
    }

    /** Throws {@code stage_unavailable} or {@code secret_missing}. Never blocks, for use inside of a transaction. */
    public void requireStages(TaskRecord task) {
        lack(task).ifPresent(lack -> {
            throw lack.problem();
        });
    }

    /** What keeps a task from starting, nothing when it can. Never blocks, for use inside of a transaction. */
    public Optional<Lack> lack(TaskRecord task) {
        return task.order().keys().stream()
                .flatMap(key -> lack(task, task.template(key)).stream())
                .findFirst();
    }

    private Optional<Lack> lack(TaskRecord task, Template template) {
        Optional<StageResolver.Resolved> found = resolver.resolve(template.type());
        Optional<String> reason = found.isEmpty()
                ? Optional.of("is not in the palette")
                : PipelineRules.unavailable(found.get(), template.prompt().template());
        if (reason.isPresent()) {
            return Optional.of(new Lack(
                    WaitingFor.STAGE,
                    template.id(),
                    ProblemException.illegalState(
                            "stage_unavailable",
                            "The stage '" + template.name() + "' (" + template.type() + ") " + reason.get() + ".")));
        }
        return secret(task, template, found.orElseThrow().entry().definition());
    }

    private Optional<Lack> secret(TaskRecord task, Template template, StageDefinition definition) {
        try {
            StageSecrets.values(definition.settingsSchema(), task.configOf(template), secrets, task.projectId());
            return Optional.empty();
        } catch (MissingSecretException e) {
            return Optional.of(new Lack(
                    WaitingFor.SECRET,
                    template.id(),
                    ProblemException.illegalState(
                            "secret_missing", "The stage '" + template.name() + "' cannot run: " + e.getMessage())));
        }
    }

    /**
     * Fails with {@code pipeline_unavailable}; a task that cannot be started anyway is not looked at. For use before a
     * transaction: what is named by a class is looked for in the plugins' jars, which takes as long as it takes.
     */
    public Future<Void> requirePlugins(String taskId) {
        return tasks.known(taskId)
                .map(task -> Future.succeededFuture(task.project().plugins()))
                .orElseGet(() -> database.read(transaction -> records.neededPlugins(transaction, taskId)))
                .compose(needed -> needed.isEmpty()
                        ? Future.succeededFuture()
                        : vertx.executeBlocking(() -> {
                            require(needed);
                            return null;
                        }));
    }

    /** What the project of a new task lacks of plugins, nothing when it lacks none. */
    public Future<Optional<Lack>> plugins(String projectId) {
        return tasks.project(projectId)
                .map(ProjectRecord::plugins)
                .compose(needed -> needed.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : vertx.executeBlocking(() -> {
                            try {
                                require(needed);
                                return Optional.<Lack>empty();
                            } catch (ProblemException e) {
                                return Optional.of(plugin(e));
                            }
                        }));
    }

    /** That the pipeline lacks a plugin. */
    public static Lack plugin(ProblemException problem) {
        return new Lack(WaitingFor.PLUGIN, null, problem);
    }

    private void require(Map<String, @Nullable Object> needed) {
        PluginNeed.unmet(needed, plugins).ifPresent(reason -> {
            throw ProblemException.illegalState(PIPELINE, "The task cannot start: its pipeline " + reason + ".");
        });
    }
}
