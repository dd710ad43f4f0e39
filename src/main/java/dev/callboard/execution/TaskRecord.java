package dev.callboard.execution;

import dev.callboard.execution.StageOutcome.StoredJson;
import dev.callboard.json.Json;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A task with all that the rules need of it: its row, its project, its selection, its attempts, and the values that it has
 * gathered. Never changes; what a command makes of it is another one.
 */
final class TaskRecord {
    private final TaskRow row;
    private final About about;
    private final Project project;
    private final List<Object> input;
    private final Map<String, @Nullable Object> settings;
    private final Map<String, Integer> selection;
    private final Map<String, AttemptRow> attempts;
    private final Map<String, StateValue> values;
    private final Map<String, LedgerValue> ledger;
    private final Set<String> leftOut;

    private final StageOrder all;
    private final Map<String, Attempt> latest = new LinkedHashMap<>();
    private final long lastFence;
    private @Nullable StageOrder alive;
    private @Nullable StageOrder order;

    /**
     * A task.
     *
     * @param settings the task's own settings: template id to key to value
     * @param selection template id to sort order, none for all stages
     * @param attempts all of them by id, in the order in which they were made
     * @param values state key to value
     * @param ledger ledger key to value
     * @param leftOut the names of deleted stages that the timeline says were left out
     */
    TaskRecord(
            TaskRow row,
            About about,
            Project project,
            List<Object> input,
            Map<String, @Nullable Object> settings,
            Map<String, Integer> selection,
            Map<String, AttemptRow> attempts,
            Map<String, StateValue> values,
            Map<String, LedgerValue> ledger,
            Set<String> leftOut) {
        this.row = row;
        this.about = about;
        this.project = project;
        this.input = input;
        this.settings = settings;
        this.selection = Collections.unmodifiableMap(selection);
        this.attempts = Collections.unmodifiableMap(attempts);
        this.values = Collections.unmodifiableMap(values);
        this.ledger = Collections.unmodifiableMap(ledger);
        this.leftOut = Set.copyOf(leftOut);
        this.all = orderOf(project.templates(), selection);
        long fence = 0;
        for (AttemptRow attempt : attempts.values()) {
            Template of = project.templates().get(attempt.templateId());
            latest.put(
                    attempt.templateId(),
                    attempt.attempt(limits(project.id(), project.policies(), of == null ? null : of.policy())));
            fence = Math.max(fence, attempt.fence());
        }
        this.lastFence = fence;
    }

    /**
     * The project of a task, as it is at one moment.
     *
     * @param policies the pipeline's policies by name
     * @param plugins what the pipeline says of plugins, empty when it needs none
     * @param sinks where results go, none in most
     * @param templates all stage templates by id in their order, deleted ones too
     */
    record Project(
            String id,
            Map<String, @Nullable Object> policies,
            Map<String, @Nullable Object> plugins,
            List<PipelineSink> sinks,
            Map<String, Template> templates) {}

    /**
     * A value of a task's state.
     *
     * @param executionId the attempt that gave it
     */
    record StateValue(String executionId, StoredJson value) {}

    /**
     * A value of a task's ledger.
     *
     * @param json the value as JSON text
     * @param by the execution whose stage wrote it, or a person's name
     */
    record LedgerValue(String json, String by, Instant at) {}

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

    String id() {
        return row.id();
    }

    /** What the engine changes of it. */
    TaskRow row() {
        return row;
    }

    /** What it is about. */
    About about() {
        return new About(about.title(), about.description(), row.userInput(), about.createdAt());
    }

    TaskStatus status() {
        return row.status();
    }

    long revision() {
        return row.revision();
    }

    long selectionRevision() {
        return row.selectionRevision();
    }

    Project project() {
        return project;
    }

    /** The project whose stage templates and policies it has. */
    String projectId() {
        return project.id();
    }

    List<Object> input() {
        return input;
    }

    /** Where its results go. */
    List<PipelineSink> sinks() {
        return project.sinks();
    }

    /** All stage templates by id, deleted ones too. */
    Map<String, Template> templates() {
        return project.templates();
    }

    Template template(String templateId) {
        return Objects.requireNonNull(templates().get(templateId), "unknown template");
    }

    /** Its own selection: template id to sort order, none for all stages. */
    Map<String, Integer> rows() {
        return selection;
    }

    /** All attempts by id, in the order in which they were made. */
    Map<String, AttemptRow> attempts() {
        return attempts;
    }

    /** The latest attempt of each stage by template id. */
    Map<String, Attempt> latest() {
        return Collections.unmodifiableMap(latest);
    }

    /** The latest attempt of a stage, with all that is stored of it. */
    Optional<AttemptRow> latestRow(String templateId) {
        return Optional.ofNullable(latest.get(templateId)).map(attempt -> attempts.get(attempt.id()));
    }

    /** The highest fence of any attempt, 0 when there is none. */
    long lastFence() {
        return lastFence;
    }

    /** State key to value. */
    Map<String, StateValue> values() {
        return values;
    }

    /** Ledger key to value. */
    Map<String, LedgerValue> ledger() {
        return ledger;
    }

    /** The values of its ledger, JSON-shaped, by their keys in order. */
    Map<String, @Nullable Object> ledgerValues() {
        Map<String, @Nullable Object> parsed = new LinkedHashMap<>();
        new TreeMap<>(ledger).forEach((key, value) -> parsed.put(key, Json.read(value.json(), Object.class)));
        return parsed;
    }

    /** The names of deleted stages that the timeline says were left out. */
    Set<String> leftOut() {
        return leftOut;
    }

    /** The same task, of which the timeline says that a stage was left out. */
    TaskRecord withLeftOut(String stage) {
        Set<String> names = new LinkedHashSet<>(leftOut);
        names.add(stage);
        return new TaskRecord(row, about, project, input, settings, selection, attempts, values, ledger, names);
    }

    /** The order of all stage templates of its project, deleted ones too. */
    StageOrder all() {
        return all;
    }

    /** The order of all stages that are not deleted. */
    StageOrder alive() {
        StageOrder known = alive;
        if (known == null) {
            known = all.select(templates().values().stream()
                    .filter(template -> template.deletedAt() == null)
                    .map(Template::id)
                    .toList());
            alive = known;
        }
        return known;
    }

    /** The order of the selected stages. */
    StageOrder order() {
        StageOrder known = order;
        if (known == null) {
            known = SelectionRules.effective(alive(), selection.keySet());
            order = known;
        }
        return known;
    }

    /** The same task with another selection. */
    TaskRecord select(Map<String, Integer> chosen) {
        return new TaskRecord(row, about, project, input, settings, chosen, attempts, values, ledger, leftOut);
    }

    /** The same task with another row. */
    TaskRecord with(TaskRow changed) {
        return new TaskRecord(changed, about, project, input, settings, selection, attempts, values, ledger, leftOut);
    }

    /** The same task with an attempt that is new or was changed. */
    TaskRecord with(AttemptRow attempt) {
        Map<String, AttemptRow> changed = new LinkedHashMap<>(attempts);
        changed.put(attempt.id(), attempt);
        return new TaskRecord(row, about, project, input, settings, selection, changed, values, ledger, leftOut);
    }

    /** The same task with other values. */
    TaskRecord withValues(Map<String, StateValue> changed) {
        return new TaskRecord(row, about, project, input, settings, selection, attempts, changed, ledger, leftOut);
    }

    /** The same task with another ledger. */
    TaskRecord withLedger(Map<String, LedgerValue> changed) {
        return new TaskRecord(row, about, project, input, settings, selection, attempts, values, changed, leftOut);
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
        return new Engine.State(status(), order, stages);
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
        return template.policy() == null
                ? Policy.NONE
                : PolicyReader.stored(project.policies().get(template.policy()));
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
