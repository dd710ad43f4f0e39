package dev.callboard.execution;

import dev.callboard.execution.TaskRecord.Template;
import dev.callboard.model.PipelineRules;
import dev.callboard.model.PluginCatalog;
import dev.callboard.model.PluginNeed;
import dev.callboard.model.ProblemException;
import dev.callboard.model.StageResolver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Refuses to start a task that would come to a stage that cannot run, or whose pipeline lacks a plugin. */
final class Availability {
    private final Vertx vertx;
    private final StageResolver resolver;
    private final PluginCatalog plugins;

    Availability(Vertx vertx, StageResolver resolver, PluginCatalog plugins) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.plugins = plugins;
    }

    /** Fails with {@code stage_unavailable} or {@code pipeline_unavailable}. */
    Future<Void> require(TaskRecord task) {
        requireStages(task);
        return task.plugins().isEmpty()
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    requirePlugins(task);
                    return null;
                });
    }

    private void requireStages(TaskRecord task) {
        for (String key : task.order().keys()) {
            Template template = task.template(key);
            Optional<StageResolver.Resolved> found = resolver.resolve(template.type());
            Optional<String> reason =
                    found.isEmpty() ? Optional.of("is not in the palette") : PipelineRules.unavailable(found.get());
            reason.ifPresent(why -> {
                throw ProblemException.illegalState(
                        "stage_unavailable",
                        "The stage '" + template.name() + "' (" + template.type() + ") " + why + ".");
            });
        }
    }

    /** Blocks: what is named by a class is looked for in the plugins' jars. */
    private void requirePlugins(TaskRecord task) {
        PluginNeed.unmet(task.plugins(), plugins).ifPresent(reason -> {
            throw ProblemException.illegalState(
                    "pipeline_unavailable", "The task cannot start: its pipeline " + reason + ".");
        });
    }
}
