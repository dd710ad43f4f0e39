package dev.callboard.feed;

import dev.callboard.json.Json;
import dev.callboard.pipelines.Pipeline;
import dev.callboard.pipelines.PipelineMessages.ServedPipeline;
import dev.callboard.pipelines.PipelineSink;
import dev.callboard.taskmodel.ExecutionView;
import dev.callboard.taskmodel.TaskView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tasks, executions and pipelines as clients get them: members without a value are there, as null. */
public final class TaskBody {
    private static final Function<Record, String> SUMMARY = Json.writerWithout(TaskView.class, "ledger", "input");

    private TaskBody() {}

    /** A task with all that is known of it. */
    public static Map<String, @Nullable Object> task(TaskView view) {
        return Json.whole(view);
    }

    /** A task for lists: without ledger and input, long texts cut. */
    public static Map<String, @Nullable Object> summary(TaskView view) {
        Map<String, @Nullable Object> task = task(view);
        task.put("description", TaskView.listed(view.description()));
        task.put("user_input", TaskView.listed(view.userInput()));
        task.remove("ledger");
        task.remove("input");
        return task;
    }

    /** As {@link #summary}, as JSON text. */
    static String summaryText(TaskView view) {
        return SUMMARY.apply(view.listed());
    }

    /** An attempt at a stage. */
    public static Map<String, @Nullable Object> execution(ExecutionView view) {
        return Json.whole(view);
    }

    /** A pipeline as it is served. */
    public static Map<String, @Nullable Object> pipeline(ServedPipeline served) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        Pipeline pipeline = served.pipeline();
        body.put("name", served.name());
        body.put("revision", served.revision());
        body.put("version", pipeline == null ? "" : pipeline.version());
        body.put("description", pipeline == null ? "" : description(pipeline));
        body.put("applicable_sources", pipeline == null ? List.of() : pipeline.applicableSources());
        body.put("sources", pipeline == null ? List.of() : sources(pipeline));
        body.put("sinks", pipeline == null ? List.of() : sinks(pipeline));
        body.put("available", served.available());
        body.put("stages", pipeline == null ? List.of() : pipeline.stages());
        body.put("warnings", served.warnings());
        if (!served.errors().isEmpty()) {
            body.put("errors", served.errors());
        }
        if (served.lastGoodUsed()) {
            body.put("last_good_used", true);
        }
        if (!served.unavailable().isEmpty()) {
            body.put("unavailable", served.unavailable());
        }
        return body;
    }

    private static List<Map<String, Object>> sources(Pipeline pipeline) {
        return pipeline.sources().stream()
                .map(source -> Map.<String, Object>of(
                        "name",
                        source.name(),
                        "type",
                        source.type(),
                        "config",
                        source.config().members()))
                .toList();
    }

    private static List<Map<String, Object>> sinks(Pipeline pipeline) {
        return pipeline.sinks().stream().map(PipelineSink::members).toList();
    }

    private static String description(Pipeline pipeline) {
        return pipeline.description().isEmpty() && pipeline.metadata().get("description") instanceof String text
                ? text
                : pipeline.description();
    }

    /** A list as all lists are answered. */
    public static Map<String, @Nullable Object> page(List<?> items, @Nullable Object next) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("items", items);
        body.put("next", next);
        return body;
    }
}
