package dev.callboard.execution;

import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.model.PipelineRules;
import dev.callboard.model.PluginCatalog;
import dev.callboard.model.PluginNeed;
import dev.callboard.model.ProblemException;
import dev.callboard.model.SecretSource;
import dev.callboard.model.SecretSource.MissingSecretException;
import dev.callboard.model.StageDefinition;
import dev.callboard.model.StageResolver;
import dev.callboard.model.StageSecrets;
import dev.callboard.store.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses to start a task that would come to a stage that cannot run, or whose pipeline lacks a plugin. */
final class Availability {
    private final Vertx vertx;
    private final Database database;
    private final TaskRecordRepository records = new TaskRecordRepository();
    private final StageResolver resolver;
    private final PluginCatalog plugins;
    private final SecretSource secrets;

    Availability(Vertx vertx, Database database, StageResolver resolver, PluginCatalog plugins, SecretSource secrets) {
        this.vertx = vertx;
        this.database = database;
        this.resolver = resolver;
        this.plugins = plugins;
        this.secrets = secrets;
    }

    /** Throws {@code stage_unavailable} or {@code secret_missing}. Never blocks, for use inside of a transaction. */
    void requireStages(TaskRecord task) {
        for (String key : task.order().keys()) {
            Template template = task.template(key);
            Optional<StageResolver.Resolved> found = resolver.resolve(template.type());
            Optional<String> reason = found.isEmpty()
                    ? Optional.of("is not in the palette")
                    : PipelineRules.unavailable(found.get(), template.prompt().template());
            reason.ifPresent(why -> {
                throw ProblemException.illegalState(
                        "stage_unavailable",
                        "The stage '" + template.name() + "' (" + template.type() + ") " + why + ".");
            });
            requireSecrets(task, template, found.orElseThrow().entry().definition());
        }
    }

    private void requireSecrets(TaskRecord task, Template template, StageDefinition definition) {
        try {
            StageSecrets.values(definition.settingsSchema(), task.configOf(template), secrets, task.projectId());
        } catch (MissingSecretException e) {
            throw ProblemException.illegalState(
                    "secret_missing", "The stage '" + template.name() + "' cannot run: " + e.getMessage());
        }
    }

    /**
     * Fails with {@code pipeline_unavailable}; a task that cannot be started anyway is not looked at. For use before a
     * transaction: what is named by a class is looked for in the plugins' jars, which takes as long as it takes.
     */
    Future<Void> requirePlugins(String taskId) {
        return database.read(connection -> records.neededPlugins(connection, taskId))
                .compose(needed -> needed.isEmpty()
                        ? Future.succeededFuture()
                        : vertx.executeBlocking(() -> {
                            require(needed);
                            return null;
                        }));
    }

    private void require(Map<String, @Nullable Object> needed) {
        PluginNeed.unmet(needed, plugins).ifPresent(reason -> {
            throw ProblemException.illegalState(
                    "pipeline_unavailable", "The task cannot start: its pipeline " + reason + ".");
        });
    }
}
