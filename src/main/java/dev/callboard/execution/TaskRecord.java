package dev.callboard.execution;

import dev.callboard.model.ExecutionStatus;
import dev.callboard.model.StageOrder;
import dev.callboard.model.TaskStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task as the engine reads it from the database.
 *
 * @param settings the task's own settings: template id to key to value
 * @param policies the pipeline's policies by name
 * @param order the order of the selected stages
 * @param templates the selected stage templates by id
 * @param latest the latest attempt of each stage by template id
 * @param lastFence the highest fence of any attempt, 0 when there is none
 */
record TaskRecord(
        String id,
        TaskStatus status,
        long revision,
        List<Object> input,
        Map<String, @Nullable Object> settings,
        Map<String, @Nullable Object> policies,
        StageOrder order,
        Map<String, Template> templates,
        Map<String, Attempt> latest,
        long lastFence) {

    /** A stage template of the task's project. */
    record Template(
            String id,
            String name,
            String type,
            Map<String, @Nullable Object> config,
            @Nullable String policy,
            Map<String, @Nullable Object> overrides) {}

    /**
     * One attempt.
     *
     * @param number from 1
     * @param fence grows with each attempt of the task
     */
    record Attempt(
            String id,
            String taskId,
            String templateId,
            int number,
            long fence,
            ExecutionStatus status,
            @Nullable String error) {}

    Template template(String templateId) {
        return Objects.requireNonNull(templates.get(templateId), "unknown template");
    }

    /** The task as the rules see it. */
    Engine.State state() {
        Map<String, Engine.Stage> stages = new LinkedHashMap<>();
        for (String key : order.keys()) {
            Attempt attempt = latest.get(key);
            stages.put(key, attempt == null ? Engine.Stage.OPEN : stage(attempt.status()));
        }
        return new Engine.State(status, order, stages);
    }

    private static Engine.Stage stage(ExecutionStatus status) {
        return switch (status) {
            case PENDING, RUNNING -> Engine.Stage.ACTIVE;
            case AWAITING_APPROVAL -> Engine.Stage.WAITING;
            case APPROVED, COMPLETED -> Engine.Stage.DONE;
            case FAILED -> Engine.Stage.FAILED;
            case CANCELLED, STALE -> Engine.Stage.OPEN;
        };
    }

    /** The settings of a stage: the template's with the task's own over them. */
    Map<String, @Nullable Object> configOf(Template template) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>(template.config());
        if (settings.get(template.id()) instanceof Map<?, ?> own) {
            own.forEach((key, value) -> config.put(String.valueOf(key), value));
        }
        return config;
    }

    /** A number of the stage's policy. */
    Optional<Number> policyNumber(Template template, String key) {
        return template.policy() != null
                        && policies.get(template.policy()) instanceof Map<?, ?> policy
                        && policy.get(key) instanceof Number number
                ? Optional.of(number)
                : Optional.empty();
    }

    /** Whether a stage must not run a second time by itself. */
    boolean atMostOnce(Template template) {
        return policyNumber(template, "max_attempts")
                .filter(n -> n.intValue() == 1)
                .isPresent();
    }

    /** Why the task failed: the first failed stage and its reason. */
    Optional<String> failure() {
        return order.keys().stream()
                .map(latest::get)
                .filter(Objects::nonNull)
                .filter(attempt -> attempt.status() == ExecutionStatus.FAILED)
                .findFirst()
                .map(attempt -> "Stage '" + template(attempt.templateId()).name() + "' failed: "
                        + Objects.requireNonNullElse(attempt.error(), "no reason was given"));
    }
}
