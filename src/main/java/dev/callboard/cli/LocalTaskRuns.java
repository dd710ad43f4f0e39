package dev.callboard.cli;

import dev.callboard.Callboard;
import dev.callboard.bus.Address;
import dev.callboard.config.ConfigException;
import dev.callboard.engine.ExecutionMessages;
import dev.callboard.engine.ExecutionMessages.ApproveTask;
import dev.callboard.engine.ExecutionMessages.CancelTask;
import dev.callboard.engine.ExecutionMessages.GetOutput;
import dev.callboard.engine.ExecutionMessages.ListExecutions;
import dev.callboard.engine.ExecutionMessages.OutputReply;
import dev.callboard.json.Json;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteEntry;
import dev.callboard.palette.Setting;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.PipelineMessages.GetPipeline;
import dev.callboard.pipelines.SourceConfig.Given;
import dev.callboard.problem.FileFaults;
import dev.callboard.registry.RegistryMessages;
import dev.callboard.registry.RegistryMessages.GetPalette;
import dev.callboard.sinks.SinksMessages;
import dev.callboard.sinks.SinksMessages.DeliveryView;
import dev.callboard.sinks.SinksMessages.ListDeliveries;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.CreateTask;
import dev.callboard.tasks.TaskMessages.GetTask;
import dev.callboard.tasks.TaskMessages.TaskCreated;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs tasks in the folders of this machine, as long as no server holds them. */
final class LocalTaskRuns implements TaskRuns {
    private final Callboard callboard;
    private final AtomicBoolean closed = new AtomicBoolean();

    LocalTaskRuns(FolderOptions folders) throws ConfigException, ExecutionException, InterruptedException {
        callboard = Callboard.start(folders.load(), false);
    }

    private <Q extends Record, R extends Record> R ask(Address<Q, R> address, Q request)
            throws ExecutionException, InterruptedException {
        return callboard
                .bus()
                .ask(address, request)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @Override
    public List<String> stageNames(String pipeline) throws ExecutionException, InterruptedException {
        Pipeline found = pipeline(pipeline);
        return found == null ? List.of() : found.order().keys();
    }

    private @Nullable Pipeline pipeline(String name) throws ExecutionException, InterruptedException {
        return ask(PipelineMessages.GET, new GetPipeline(name)).pipeline().pipeline();
    }

    @Override
    public Optional<List<String>> settings(String pipeline, String stage)
            throws ExecutionException, InterruptedException {
        Pipeline found = pipeline(pipeline);
        Palette palette = ask(RegistryMessages.PALETTE_GET, new GetPalette()).palette();
        return Optional.ofNullable(found)
                .flatMap(known -> known.stage(stage))
                .flatMap(template -> palette.entry(template.type()))
                .map(PaletteEntry::definition)
                .flatMap(definition -> RunSettings.declared(
                        definition.executor().word(),
                        definition.settingsSchema().stream().map(Setting::key).toList()));
    }

    @Override
    public Set<Given> takes(String pipeline) throws ExecutionException, InterruptedException {
        Pipeline found = pipeline(pipeline);
        return found == null ? EnumSet.allOf(Given.class) : found.takes();
    }

    @Override
    public String store(InputStream bytes, String name) {
        try {
            return callboard.blobs().put(bytes);
        } catch (IOException e) {
            throw RunRequest.unreadable(name, FileFaults.reason(e));
        }
    }

    @Override
    public Map<?, ?> create(Map<String, Object> request) throws ExecutionException, InterruptedException {
        Pipeline pipeline = pipeline(String.valueOf(request.get("pipeline")));
        if (pipeline != null) {
            NoWorkers.require(
                    pipeline,
                    ask(RegistryMessages.PALETTE_GET, new GetPalette()).palette(),
                    request.get("stages") instanceof List<?> stages
                            ? stages.stream().map(String::valueOf).toList()
                            : List.of());
        }
        TaskCreated created = ask(TaskMessages.CREATE, new CreateTask(request));
        Map<String, @Nullable Object> task = Json.whole(created.task());
        task.put("warnings", created.warnings().stream().map(Json::whole).toList());
        return TaskRuns.warned(task);
    }

    @Override
    public Map<?, ?> task(String id) throws ExecutionException, InterruptedException {
        return Json.whole(ask(TaskMessages.GET, new GetTask(id)).task());
    }

    @Override
    public List<?> executions(String taskId) throws ExecutionException, InterruptedException {
        return ask(ExecutionMessages.LIST, new ListExecutions(taskId, 0)).executions().stream()
                .map(Json::whole)
                .toList();
    }

    @Override
    public @Nullable Object output(String executionId) throws ExecutionException, InterruptedException, IOException {
        OutputReply reply = ask(ExecutionMessages.OUTPUT, new GetOutput(executionId));
        if (reply.blob() != null) {
            try (InputStream bytes = callboard.blobs().open(reply.blob())) {
                return Json.parse(bytes.readAllBytes());
            }
        }
        return reply.json() == null ? null : Json.parse(reply.json());
    }

    @Override
    public void approve(String taskId, Map<String, Object> body) throws ExecutionException, InterruptedException {
        List<String> selected = body.get("selected_stage_ids") instanceof List<?> ids
                ? ids.stream().map(String::valueOf).toList()
                : null;
        ask(ExecutionMessages.APPROVE, new ApproveTask(taskId, (String) body.get("execution_id"), selected, null));
    }

    @Override
    public void cancel(String taskId) throws ExecutionException, InterruptedException {
        ask(ExecutionMessages.CANCEL, new CancelTask(taskId));
    }

    @Override
    public Optional<String> stuck(Map<?, ?> task) {
        return NoWorkers.reason(task);
    }

    @Override
    public void leave() {}

    @Override
    public Optional<String> stays(String taskId) {
        return Optional.empty();
    }

    @Override
    public List<DeliveryView> deliveries(String taskId) throws ExecutionException, InterruptedException {
        return ask(SinksMessages.LIST, new ListDeliveries(taskId)).deliveries();
    }

    @Override
    public void close() throws ExecutionException {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            callboard.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
