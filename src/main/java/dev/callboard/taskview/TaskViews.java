package dev.callboard.taskview;

import dev.callboard.json.Json;
import dev.callboard.palette.StageResolver;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.taskmodel.TaskView.SuggestionView;
import dev.callboard.taskview.ViewedTask.Head;
import dev.callboard.taskview.ViewedTask.Stand;
import dev.callboard.taskview.ViewedTask.ViewedAttempt;
import dev.callboard.taskview.ViewedTask.ViewedValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes views of tasks, of one moment: what tasks of one project have in common is worked out once. Of one thread. */
public final class TaskViews {
    private final StageResolver resolver;
    private final Instant now;
    private final Map<Selected, ViewedStages> stages = new HashMap<>();

    private record Selected(ViewedProject project, Map<String, Integer> selection) {
        @Override
        public int hashCode() {
            return System.identityHashCode(project) * 31 + selection.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Selected that && project == that.project && selection.equals(that.selection);
        }
    }

    /** @param now what waits is seen from then */
    public TaskViews(StageResolver resolver, Instant now) {
        this.resolver = resolver;
        this.now = now;
    }

    /** A task. */
    public TaskView view(ViewedTask task) {
        ViewedProject project = task.project();
        ViewedStages its = stages.computeIfAbsent(
                new Selected(project, task.selection()),
                key -> ViewedStages.of(key.project(), key.selection(), resolver));
        Head head = task.head();
        Stand stand = task.stand();
        Map<?, ?> suggested = stand.suggestions() == null ? Map.of() : Json.read(stand.suggestions(), Map.class);
        Map<String, ViewedAttempt> latest = new LinkedHashMap<>();
        task.attempts().forEach(attempt -> latest.put(attempt.templateId(), attempt));
        List<TaskView.Stage> shown = its.of(latest, suggested);
        return new TaskView(
                head.id(),
                head.title(),
                head.description(),
                head.labels(),
                stand.status(),
                project.own() ? project.id() : null,
                project.id(),
                project.pipeline(),
                project.pipelineVersion(),
                stand.currentStageId(),
                shown,
                state(task.values()),
                ledger(task.ledger()),
                head.input(),
                stand.userInput(),
                ViewedWaits.first(shown, task.attempts(), latest, now).orElse(null),
                its.policies(),
                suggestion(suggested),
                stand.error(),
                head.trigger(),
                head.createdBy(),
                head.createdAt(),
                stand.updatedAt(),
                stand.statusSince(),
                stand.startedAt(),
                stand.completedAt(),
                head.archivedAt(),
                stand.revision());
    }

    private static @Nullable SuggestionView suggestion(Map<?, ?> kept) {
        return kept.get("unknown") instanceof List<?> unknown && kept.get("matched") instanceof Number matched
                ? new SuggestionView(
                        String.valueOf(kept.get("by")),
                        String.valueOf(kept.get("execution_id")),
                        matched.intValue(),
                        unknown.stream().map(String::valueOf).toList())
                : null;
    }

    private static Map<String, @Nullable Object> state(Map<String, ViewedValue> stored) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        stored.forEach((key, value) -> {
            if (value.json() != null && value.size() <= ViewedValue.SHOWN) {
                values.put(key, Json.read(value.json(), Object.class));
            } else {
                Map<String, Object> ref = new LinkedHashMap<>();
                ref.put("execution_id", value.executionId());
                ref.put("size", value.size());
                if (value.sha256() != null) {
                    ref.put("sha256", value.sha256());
                }
                values.put(key, Map.of("output_ref", ref));
            }
        });
        return values;
    }

    private static Map<String, @Nullable Object> ledger(Map<String, String> stored) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        stored.forEach((key, value) -> values.put(key, Json.read(value, Object.class)));
        return values;
    }
}
