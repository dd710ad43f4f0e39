package dev.callboard.http;

import dev.callboard.json.Json;
import dev.callboard.model.ExecutionView;
import dev.callboard.model.Pipeline;
import dev.callboard.model.TaskView;
import dev.callboard.tasks.TaskMessages.ServedPipeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks, executions and pipelines as clients get them: members without a value are there, as null. */
final class TaskBody {
    private static final List<String> TASK_NULLS = List.of(
            "current_stage_id", "user_input", "waiting_for", "error", "started_at", "completed_at", "archived_at");
    private static final List<String> STAGE_NULLS =
            List.of("number", "reason", "execution_id", "output_count", "started_at", "duration_ms");
    private static final List<String> EXECUTION_NULLS = List.of(
            "input",
            "output",
            "output_ref",
            "output_count",
            "user_input",
            "decision",
            "error",
            "error_code",
            "progress",
            "started_at",
            "completed_at",
            "duration_ms");

    private TaskBody() {}

    static Map<String, @Nullable Object> task(TaskView view) {
        Map<String, @Nullable Object> task = plain(view, TASK_NULLS);
        task.put(
                "stages",
                view.stages().stream().map(stage -> plain(stage, STAGE_NULLS)).toList());
        return task;
    }

    /** A task for lists. */
    static Map<String, @Nullable Object> summary(TaskView view) {
        Map<String, @Nullable Object> task = task(view);
        task.remove("ledger");
        task.remove("input");
        return task;
    }

    static Map<String, @Nullable Object> execution(ExecutionView view) {
        return plain(view, EXECUTION_NULLS);
    }

    static Map<String, @Nullable Object> pipeline(ServedPipeline served) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        Pipeline pipeline = served.pipeline();
        body.put("name", served.name());
        body.put("version", pipeline == null ? "" : pipeline.version());
        body.put("description", pipeline == null ? "" : description(pipeline));
        body.put("applicable_sources", pipeline == null ? List.of() : pipeline.applicableSources());
        body.put(
                "available",
                pipeline != null
                        && served.errors().isEmpty()
                        && served.unavailable().isEmpty());
        body.put("stages", pipeline == null ? List.of() : pipeline.stages());
        if (!served.errors().isEmpty()) {
            body.put("errors", served.errors());
        }
        if (!served.unavailable().isEmpty()) {
            body.put("unavailable", served.unavailable());
        }
        return body;
    }

    private static String description(Pipeline pipeline) {
        return pipeline.description().isEmpty() && pipeline.metadata().get("description") instanceof String text
                ? text
                : pipeline.description();
    }

    /** A list as all lists are answered. */
    static Map<String, @Nullable Object> page(List<?> items, @Nullable Object next) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("items", items);
        body.put("next", next);
        return body;
    }

    private static Map<String, @Nullable Object> plain(Record view, List<String> nulls) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (Json.plain(view) instanceof Map<?, ?> members) {
            members.forEach((key, value) -> map.put(String.valueOf(key), value));
        }
        nulls.forEach(key -> map.putIfAbsent(key, null));
        return map;
    }
}
