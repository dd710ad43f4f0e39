package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageWait;
import dev.callboard.taskmodel.AppliedOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stage whose code runs in a process of its plugin; its output is applied and counted there too. */
final class ForkedStage implements Stage, AppliedOutput {
    private final Workers workers;
    private final StageMetadata usual;
    private List<String> stateKeys;
    private @Nullable Frame completed;

    ForkedStage(Workers workers, StageMetadata usual) {
        this.workers = workers;
        this.usual = usual;
        this.stateKeys = usual.stateKeys();
    }

    @Override
    public StageMetadata metadata(List<String> keys) {
        stateKeys = List.copyOf(keys);
        return new StageMetadata(
                usual.stageType(),
                usual.stateKeys(),
                (ignored, output) -> state(output),
                output -> completed().number("count"),
                usual.description(),
                usual.dependencies());
    }

    @Override
    @SuppressWarnings("NullAway") // The SPI takes null for an output that is null.
    public Object execute(StageContext context, Object input) throws Exception {
        Worker worker = workers.take(context);
        Frame result;
        try {
            result = worker.execute(request(context, input), context);
        } finally {
            workers.giveBack(worker);
        }
        return switch (result.op()) {
            case "completed" -> {
                completed = result;
                yield result.head().get("output");
            }
            case "failed" -> throw failure(result);
            case "waits" -> throw waiting(result);
            case "interrupted" -> throw new InterruptedException("the stage was interrupted");
            default ->
                throw StageFailure.retryable(
                        "process_confused", "The plugin's process answered '" + result.op() + "'.", null);
        };
    }

    private Map<String, @Nullable Object> request(StageContext context, @Nullable Object input) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("type", usual.stageType());
        request.put("state_keys", stateKeys);
        request.put("task_id", context.taskId());
        request.put("project_id", context.projectId());
        request.put("folder", context.folder().map(Object::toString).orElse(""));
        request.put("stage_name", context.stageName());
        request.put("inputs", context.inputs());
        request.put("settings", context.settings());
        request.put("plugin_settings", context.pluginSettings());
        request.put("network", WireRules.map(context.network()));
        request.put("outbound", WireOutbound.map(context.outbound()));
        request.put("ledger", context.ledger());
        request.put("memory", context.memory());
        request.put("attempt", context.attempt());
        request.put("idempotency_key", context.idempotencyKey());
        request.put("retry_key", context.retryKey());
        request.put("deadline", context.deadline().map(Instant::toString).orElse(""));
        request.put("now", context.now().toString());
        request.put("input", input);
        return request;
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no cause and for no delay.
    private static StageFailure failure(Frame result) {
        boolean retryable = Boolean.TRUE.equals(result.head().get("retryable"));
        String delay = result.text("retry_after");
        return retryable
                ? StageFailure.retryable(
                        result.text("code"),
                        result.text("message"),
                        null,
                        delay.isEmpty() ? null : Duration.parse(delay))
                : StageFailure.permanent(result.text("code"), result.text("message"));
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no deadline.
    private static StageWait waiting(Frame result) {
        String deadline = result.text("deadline");
        return StageWait.until(
                result.text("reason"),
                Duration.parse(result.text("poll_interval")),
                deadline.isEmpty() ? null : Instant.parse(deadline),
                members(result.head().get("memory")));
    }

    private Frame completed() {
        if (completed == null) {
            throw new IllegalStateException("the stage has not completed");
        }
        return completed;
    }

    /** Null when the output handler gave null, which is for the engine to refuse. */
    @SuppressWarnings("NullAway") // The SPI takes null for a value that is null.
    private Map<String, Object> state(@Nullable Object output) {
        if (!(completed().head().get("state") instanceof Map<?, ?> applied)) {
            return null;
        }
        Map<String, Object> state = new LinkedHashMap<>();
        applied.forEach((name, value) -> {
            String key = String.valueOf(name);
            Map<?, ?> how = value instanceof Map<?, ?> map ? map : Map.of();
            if (how.containsKey("whole")) {
                state.put(key, output);
            } else if (how.containsKey("field")) {
                state.put(key, output instanceof Map<?, ?> map ? map.get(key) : null);
            } else {
                state.put(key, how.get("value"));
            }
        });
        return state;
    }

    @SuppressWarnings({"NullAway", "unchecked"})
    private static Map<String, Object> members(@Nullable Object value) {
        try {
            return value instanceof Map<?, ?>
                    ? (Map<String, Object>) JsonShape.copy(value, ChildRun.MAX_MEMORY)
                    : Map.of();
        } catch (WrongShapeException e) {
            throw new IllegalStateException("the stage's memory cannot be read: " + e.getMessage(), e);
        }
    }
}
