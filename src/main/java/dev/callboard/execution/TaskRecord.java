package dev.callboard.execution;

import dev.callboard.execution.StageOutcome.StoredJson;
import dev.callboard.json.Json;
import dev.callboard.pipelines.PipelineSink;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.Policy;
import dev.callboard.taskmodel.TaskStatus;
import dev.callboard.taskmodel.TaskTrigger;
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
    private final Given given;
    private final ProjectRecord project;
    private final StageSelection selection;
    private final Attempts attempts;
    private final Map<String, StateValue> values;
    private final Map<String, LedgerValue> ledger;
    private final Set<String> leftOut;

    private TaskRecord(
            TaskRow row,
            Given given,
            ProjectRecord project,
            StageSelection selection,
            Attempts attempts,
            Map<String, StateValue> values,
            Map<String, LedgerValue> ledger,
            Set<String> leftOut) {
        this.row = row;
        this.given = given;
        this.project = project;
        this.selection = selection;
        this.attempts = attempts;
        this.values = values;
        this.ledger = ledger;
        this.leftOut = leftOut;
    }

    /**
     * A task.
     *
     * @param selection template id to sort order, none for all stages
     * @param attempts all of them by id, in the order in which they were made
     * @param gathered what its stages gave
     * @param leftOut the names of deleted stages that the timeline says were left out
     */
    static TaskRecord of(
            TaskRow row,
            Given given,
            ProjectRecord project,
            Map<String, Integer> selection,
            Map<String, AttemptRow> attempts,
            Gathered gathered,
            Set<String> leftOut) {
        return new TaskRecord(
                row,
                given,
                project,
                StageSelection.of(project, selection),
                Attempts.of(attempts, project),
                Collections.unmodifiableMap(gathered.values()),
                Collections.unmodifiableMap(gathered.ledger()),
                Set.copyOf(leftOut));
    }

    /**
     * What was given with a task and stays.
     *
     * @param title short
     * @param input where its input is: {@code {blob, size, media_type, name}} maps
     * @param settings the task's own settings: template id to key to value
     * @param labels as JSON text
     * @param createdBy an unverified name
     * @param trigger what started it by itself, null when somebody made it
     */
    record Given(
            String title,
            String description,
            List<Object> input,
            Map<String, @Nullable Object> settings,
            String labels,
            String createdBy,
            @Nullable TaskTrigger trigger,
            Instant createdAt) {}

    /**
     * What the stages of a task gave.
     *
     * @param values state key to value
     * @param ledger ledger key to value
     */
    record Gathered(Map<String, StateValue> values, Map<String, LedgerValue> ledger) {}

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

    String id() {
        return row.id();
    }

    /** What the engine changes of it. */
    TaskRow row() {
        return row;
    }

    /** What it is about. */
    About about() {
        return new About(given.title(), given.description(), row.userInput(), given.createdAt());
    }

    /** What was given with it. */
    Given given() {
        return given;
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

    ProjectRecord project() {
        return project;
    }

    /** The project whose stage templates and policies it has. */
    String projectId() {
        return project.id();
    }

    List<Object> input() {
        return given.input();
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
        return selection.rows();
    }

    /** All attempts by id, in the order in which they were made. */
    Map<String, AttemptRow> attempts() {
        return attempts.rows();
    }

    /** The latest attempt of each stage by template id. */
    Map<String, Attempt> latest() {
        return attempts.latest();
    }

    /** The latest attempt of a stage, with all that is stored of it. */
    Optional<AttemptRow> latestRow(String templateId) {
        return Optional.ofNullable(latest().get(templateId))
                .map(attempt -> attempts().get(attempt.id()));
    }

    /** The highest fence of any attempt, 0 when there is none. */
    long lastFence() {
        return attempts.lastFence();
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
        return new TaskRecord(row, given, project, selection, attempts, values, ledger, Set.copyOf(names));
    }

    /** The order of all stage templates of its project, deleted ones too. */
    StageOrder all() {
        return selection.all();
    }

    /** The order of all stages that are not deleted. */
    StageOrder alive() {
        return selection.alive();
    }

    /** The order of the selected stages. */
    StageOrder order() {
        return selection.order();
    }

    /** The same task with another selection. */
    TaskRecord select(Map<String, Integer> chosen) {
        StageSelection selected = StageSelection.of(project, chosen);
        return new TaskRecord(row, given, project, selected, attempts, values, ledger, leftOut);
    }

    /** The same task with another row. */
    TaskRecord with(TaskRow changed) {
        return new TaskRecord(changed, given, project, selection, attempts, values, ledger, leftOut);
    }

    /** The same task with an attempt that is new or was changed. */
    TaskRecord with(AttemptRow attempt) {
        Attempts changed = attempts.with(attempt, project);
        return new TaskRecord(row, given, project, selection, changed, values, ledger, leftOut);
    }

    /** The same task with other values. */
    TaskRecord withValues(Map<String, StateValue> changed) {
        Map<String, StateValue> now = Collections.unmodifiableMap(changed);
        return new TaskRecord(row, given, project, selection, attempts, now, ledger, leftOut);
    }

    /** The same task with another ledger. */
    TaskRecord withLedger(Map<String, LedgerValue> changed) {
        Map<String, LedgerValue> now = Collections.unmodifiableMap(changed);
        return new TaskRecord(row, given, project, selection, attempts, values, now, leftOut);
    }

    /** The task as the rules see it. */
    Engine.State state() {
        StageOrder order = order();
        Map<String, Engine.Stage> stages = new LinkedHashMap<>();
        for (String key : order.keys()) {
            Attempt attempt = latest().get(key);
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
        if (given.settings().get(template.id()) instanceof Map<?, ?> own) {
            own.forEach((key, value) -> config.put(String.valueOf(key), value));
        }
        return config;
    }

    /** The stage's policy. */
    Policy policy(Template template) {
        return project.policy(template.policy());
    }

    /** Why the task failed: the first failed stage and its reason. */
    Optional<String> failure() {
        return order().keys().stream()
                .map(key -> latest().get(key))
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
