package dev.callboard.execution;

import dev.callboard.pipelines.PipelineSink;
import dev.callboard.pipelines.PolicyReader;
import dev.callboard.pipelines.PortInput;
import dev.callboard.pipelines.SelectionRules;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.pipelines.StagePrompt;
import dev.callboard.taskmodel.ApprovalRule;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.Policy;
import dev.callboard.taskmodel.TaskStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task as the engine reads it from the database.
 *
 * @param projectId the project whose stage templates and policies it has
 * @param about what the task is about
 * @param settings the task's own settings: template id to key to value
 * @param policies the pipeline's policies by name
 * @param plugins what the pipeline says of plugins, empty when it needs none
 * @param sinks where results go, none in most
 * @param all the order of all stage templates of its project, deleted ones too
 * @param rows its selection: template id to sort order, none for all stages
 * @param templates all stage templates by id, deleted ones too
 * @param latest the latest attempt of each stage by template id
 * @param lastFence the highest fence of any attempt, 0 when there is none
 */
record TaskRecord(
        String id,
        String projectId,
        About about,
        TaskStatus status,
        long revision,
        long selectionRevision,
        List<Object> input,
        Map<String, @Nullable Object> settings,
        Map<String, @Nullable Object> policies,
        Map<String, @Nullable Object> plugins,
        List<PipelineSink> sinks,
        StageOrder all,
        Map<String, Integer> rows,
        Map<String, Template> templates,
        Map<String, Attempt> latest,
        long lastFence) {

    /**
     * What a task is about.
     *
     * @param userInput what the person who started it added
     */
    record About(String title, String description, @Nullable String userInput, Instant createdAt) {}

    /**
     * A stage template of the task's project.
     *
     * @param inputs port to what feeds it, stages by their ids
     */
    record Template(
            String id,
            String name,
            String type,
            int sortOrder,
            boolean followsPrevious,
            List<String> dependsOn,
            Map<String, PortInput> inputs,
            Map<String, @Nullable Object> config,
            @Nullable String policy,
            ApprovalRule approval,
            boolean locked,
            StagePrompt prompt,
            Map<String, @Nullable Object> overrides,
            @Nullable Instant deletedAt) {}

    /**
     * One attempt.
     *
     * @param number from 1
     * @param fence grows with each attempt of the task
     * @param userInput what a person added to this attempt
     * @param waits whether its stage said that it can go on only later; its status is running then
     * @param turn when it may start
     */
    record Attempt(
            String id,
            String taskId,
            String templateId,
            int number,
            long fence,
            ExecutionStatus status,
            @Nullable String userInput,
            @Nullable String error,
            boolean waits,
            AttemptSchedule turn) {
        /** The same, as one that runs and waits. */
        Attempt waiting() {
            return new Attempt(
                    id, taskId, templateId, number, fence, ExecutionStatus.RUNNING, userInput, error, true, turn);
        }
    }

    /**
     * When an attempt may start.
     *
     * @param tries which attempt it is since a person started the stage, from 1
     * @param notBefore it waits until then, null when it need not
     * @param policy the policy that may hold it back, null when there is none
     */
    record AttemptSchedule(int tries, @Nullable Instant notBefore, @Nullable PolicyUse policy) {
        /** The first attempt after a person's word. */
        static final AttemptSchedule FIRST = new AttemptSchedule(1, null, null);

        AttemptSchedule with(@Nullable PolicyUse use) {
            return new AttemptSchedule(tries, notBefore, use);
        }
    }

    /** A policy of a project. */
    record PolicyUse(String projectId, String name, Policy policy) {}

    Template template(String templateId) {
        return Objects.requireNonNull(templates.get(templateId), "unknown template");
    }

    /** The order of all stages that are not deleted. */
    StageOrder alive() {
        return all.select(templates.values().stream()
                .filter(template -> template.deletedAt() == null)
                .map(Template::id)
                .toList());
    }

    /** The order of the selected stages. */
    StageOrder order() {
        return SelectionRules.effective(alive(), rows.keySet());
    }

    /** The same task with another selection. */
    TaskRecord select(Map<String, Integer> selection) {
        return new TaskRecord(
                id,
                projectId,
                about,
                status,
                revision,
                selectionRevision,
                input,
                settings,
                policies,
                plugins,
                sinks,
                orderOf(templates, selection),
                selection,
                templates,
                latest,
                lastFence);
    }

    static StageOrder orderOf(Map<String, Template> templates, Map<String, Integer> selection) {
        return StageOrder.of(templates.values().stream()
                .map(template -> new StageOrder.Node(
                        template.id(),
                        selection.getOrDefault(template.id(), template.sortOrder()),
                        template.followsPrevious(),
                        template.dependsOn()))
                .toList());
    }

    /** The task as the rules see it. */
    Engine.State state() {
        StageOrder order = order();
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

    /** The selected stages that were started and whose attempt counts. */
    Set<String> started() {
        Set<String> started = new LinkedHashSet<>();
        state().stages().forEach((key, stage) -> {
            if (stage != Engine.Stage.OPEN) {
                started.add(key);
            }
        });
        return started;
    }

    /** The settings of a stage: the template's with the task's own over them. */
    Map<String, @Nullable Object> configOf(Template template) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>(template.config());
        if (settings.get(template.id()) instanceof Map<?, ?> own) {
            own.forEach((key, value) -> config.put(String.valueOf(key), value));
        }
        return config;
    }

    /** The stage's policy. */
    Policy policy(Template template) {
        return template.policy() == null ? Policy.NONE : PolicyReader.stored(policies.get(template.policy()));
    }

    /** The stage's policy, if it may keep attempts from starting. */
    static @Nullable PolicyUse limits(String projectId, Map<String, @Nullable Object> policies, @Nullable String name) {
        if (name == null) {
            return null;
        }
        Policy policy = PolicyReader.stored(policies.get(name));
        return policy.limits() ? new PolicyUse(projectId, name, policy) : null;
    }

    /** Why the task failed: the first failed stage and its reason. */
    Optional<String> failure() {
        return order().keys().stream()
                .map(latest::get)
                .filter(Objects::nonNull)
                .filter(attempt -> attempt.status() == ExecutionStatus.FAILED)
                .findFirst()
                .map(attempt -> "Stage '" + template(attempt.templateId()).name() + "' failed: "
                        + Objects.requireNonNullElse(attempt.error(), "no reason was given"));
    }

    /** The names of its selected stages, in order. */
    String selectedNames() {
        return String.join(
                ", ", order().keys().stream().map(key -> template(key).name()).toList());
    }
}
