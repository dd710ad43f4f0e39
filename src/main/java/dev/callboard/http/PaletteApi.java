package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.palette.Graph;
import dev.callboard.palette.GraphError;
import dev.callboard.palette.GraphPlan;
import dev.callboard.palette.GraphReader;
import dev.callboard.palette.StageDefinitionWriter;
import dev.callboard.pipelines.DrawnPipeline;
import dev.callboard.pipelines.GraphRules;
import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.PipelineMessages.ListPipelines;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.registry.RegistryMessages.AddStage;
import dev.callboard.registry.RegistryMessages.ExecutorView;
import dev.callboard.registry.RegistryMessages.GetExecutors;
import dev.callboard.registry.RegistryMessages.GetPalette;
import dev.callboard.registry.RegistryMessages.GetPlugins;
import dev.callboard.registry.RegistryMessages.RemoveStage;
import dev.callboard.registry.RegistryMessages.ReplaceStage;
import dev.callboard.registry.RegistryMessages.RestoreStagesFile;
import dev.callboard.registry.RegistryMessages.StageWritten;
import dev.callboard.registry.StagesFileStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of the palette. It decides nothing: the registry does. */
final class PaletteApi {
    private static final Logger LOG = LoggerFactory.getLogger(PaletteApi.class);

    private final Bus bus;
    private final String version;
    private final PaletteBytes bytes;

    PaletteApi(Vertx vertx, Bus bus, String version, Operations operations) {
        this.bus = bus;
        this.version = version;
        this.bytes = new PaletteBytes(vertx);
        operations.on("getServer", this::server);
        operations.stream("getPalette", this::palette);
        operations.on("addStage", this::add);
        operations.on("getStage", this::stage);
        operations.on("replaceStage", this::replace);
        operations.on("removeStage", this::remove);
        operations.on("validateGraph", context -> check(context, false));
        operations.on("compileGraph", context -> check(context, true));
        operations.on("restoreStagesFile", this::restore);
        operations.on("listPlugins", this::plugins);
        operations.on("listExecutors", this::executors);
    }

    private Future<Answer> server(RoutingContext context) {
        return bus.ask(RegistryMessages.PALETTE_GET, new GetPalette()).map(reply -> {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("version", version);
            body.put("status", "ready");
            body.put("message", message(reply.file()));
            body.put("revision", reply.palette().revision());
            body.put("epoch", reply.palette().epoch());
            body.put("stages_file", reply.file());
            return Answer.ok(body);
        });
    }

    private static String message(StagesFileStatus file) {
        if (file.removed()) {
            return "The palette is live. The stages file was removed; what it had can be restored.";
        }
        if (file.readable()) {
            return "The palette is live.";
        }
        return file.backup()
                ? "The stages file cannot be read; the last good state is shown."
                : "The stages file cannot be read and no good state of it is known; no custom stages are shown.";
    }

    private void palette(RoutingContext context) {
        bus.ask(RegistryMessages.PALETTE_GET, new GetPalette())
                .compose(reply -> bytes.of(reply.palette()))
                .onSuccess(newest -> {
                    context.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, Answer.JSON)
                            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
                    newest.send(context);
                })
                .onFailure(context::fail);
    }

    private Future<Answer> stage(RoutingContext context) {
        String id = context.pathParam("id");
        return bus.ask(RegistryMessages.PALETTE_GET, new GetPalette()).map(reply -> reply.palette()
                .entry(id)
                .map(entry -> Answer.ok(StageDefinitionWriter.entry(entry)).withEtag(Long.toString(entry.revision())))
                .orElseThrow(() -> ProblemException.notFound("unknown_stage", "There is no stage '" + id + "'.")));
    }

    private Future<Answer> add(RoutingContext context) {
        return bus.ask(RegistryMessages.STAGE_ADD, new AddStage(Requests.body(context)))
                .map(PaletteApi::written);
    }

    private Future<Answer> replace(RoutingContext context) {
        ReplaceStage request =
                new ReplaceStage(context.pathParam("id"), Requests.body(context), Requests.ifMatch(context));
        return bus.ask(RegistryMessages.STAGE_REPLACE, request).map(PaletteApi::written);
    }

    private Future<Answer> remove(RoutingContext context) {
        RemoveStage request = new RemoveStage(context.pathParam("id"), Requests.ifMatch(context));
        return bus.ask(RegistryMessages.STAGE_REMOVE, request).compose(removed -> users(removed.id())
                .map(warnings -> written(new StageWritten(removed.id(), removed.revision(), warnings))));
    }

    /** What the removal of a stage breaks. It is removed by now, so that whatever keeps this from being known is no failure. */
    private Future<List<Violation>> users(String id) {
        return bus.ask(PipelineMessages.LIST, new ListPipelines())
                .map(reply -> {
                    List<String> names = reply.pipelines().stream()
                            .filter(served -> served.pipeline() != null
                                    && served.pipeline().stages().stream()
                                            .anyMatch(stage -> stage.type().equals(id)))
                            .map(served -> "'" + served.name() + "'")
                            .sorted()
                            .toList();
                    return names.isEmpty()
                            ? List.<Violation>of()
                            : List.of(new Violation(
                                    "",
                                    "the stage '" + id
                                            + "' is still used, and tasks of these pipelines cannot run it any"
                                            + " more: " + String.join(", ", names)
                                            + ". Take it out of them, or add the stage again"));
                })
                .otherwise(failure -> {
                    LOG.warn("Which pipelines used the stage {} is not known: {}", id, failure.toString());
                    return List.of();
                });
    }

    private static Answer written(StageWritten written) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", true);
        body.put("id", written.id());
        body.put("revision", written.revision());
        if (!written.warnings().isEmpty()) {
            body.put("warnings", written.warnings());
        }
        return Answer.ok(body);
    }

    private Future<Answer> restore(RoutingContext context) {
        return bus.ask(RegistryMessages.FILE_RESTORE, new RestoreStagesFile())
                .map(restored -> Answer.ok(Map.of("ok", true, "revision", restored.revision())));
    }

    private Future<Answer> check(RoutingContext context, boolean compile) {
        Graph graph = GraphReader.read(Requests.body(context));
        return bus.ask(RegistryMessages.PALETTE_GET, new GetPalette()).map(reply -> {
            List<GraphError> errors = GraphRules.check(reply.palette(), graph);
            List<GraphError> warnings = new ArrayList<>(GraphRules.warnings(reply.palette(), graph));
            Map<String, @Nullable Object> pipeline = null;
            if (compile && errors.isEmpty()) {
                DrawnPipeline drawn = DrawnPipeline.of(graph, reply.palette()::entry);
                List<GraphError> faults = drawn.faults();
                pipeline = faults.isEmpty() ? drawn.definition() : null;
                warnings.addAll(faults);
                warnings.addAll(drawn.losses());
            }
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("valid", errors.isEmpty());
            body.put("errors", errors);
            if (!warnings.isEmpty()) {
                body.put("warnings", warnings);
            }
            if (compile) {
                body.put("plan", errors.isEmpty() ? GraphPlan.of(graph) : null);
                body.put("pipeline", pipeline);
            }
            return Answer.ok(Collections.unmodifiableMap(body));
        });
    }

    private Future<Answer> plugins(RoutingContext context) {
        return bus.ask(RegistryMessages.PLUGINS_GET, new GetPlugins()).map(reply -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("items", reply.plugins());
            body.put("next", null);
            return Answer.ok(body);
        });
    }

    private Future<Answer> executors(RoutingContext context) {
        return bus.ask(RegistryMessages.EXECUTORS_GET, new GetExecutors()).map(reply -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put(
                    "items",
                    reply.executors().stream().map(PaletteApi::executor).toList());
            body.put("next", null);
            return Answer.ok(body);
        });
    }

    private static Map<String, Object> executor(ExecutorView executor) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("executor", executor.executor());
        view.put("available", executor.reason() == null);
        if (executor.reason() != null) {
            view.put("reason", executor.reason());
        }
        if (executor.note() != null) {
            view.put("note", executor.note());
        }
        if (executor.noTry() != null) {
            view.put("no_try", executor.noTry());
        }
        view.put("custom", executor.custom());
        view.put("config_schema", StageDefinitionWriter.settings(executor.configSchema()));
        return view;
    }
}
