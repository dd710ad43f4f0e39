package dev.callboard.engine;

import dev.callboard.engine.Gathered.LedgerValue;
import dev.callboard.engine.Gathered.StateValue;
import dev.callboard.pipelines.PipelineSink;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.taskmodel.Policy;
import dev.callboard.taskmodel.TaskStatus;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task with all that the rules need of it: its row, its project, its selection, its attempts, and the values that it has
 * gathered. Never changes; what a command makes of it is another one.
 */
public final class TaskRecord {
    private final TaskRow row;
    private final Given given;
    private final ProjectRecord project;
    private final StageSelection selection;
    private final Attempts attempts;
    private final Gathered gathered;
    private final Set<String> leftOut;

    private TaskRecord(
            TaskRow row,
            Given given,
            ProjectRecord project,
            StageSelection selection,
            Attempts attempts,
            Gathered gathered,
            Set<String> leftOut) {
        this.row = row;
        this.given = given;
        this.project = project;
        this.selection = selection;
        this.attempts = attempts;
        this.gathered = gathered;
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
                gathered,
                Set.copyOf(leftOut));
    }

    /** The task's id. */
    public String id() {
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

    /** The stage template of that id, which is one of the project's, deleted or not. */
    public Template template(String templateId) {
        return Objects.requireNonNull(templates().get(templateId), "unknown template");
    }

    /** Its own selection: template id to sort order, none for all stages. */
    Map<String, Integer> rows() {
        return selection.rows();
    }

    /** All attempts by id, in the order in which they were made. */
    public Map<String, AttemptRow> attempts() {
        return attempts.rows();
    }

    /** The latest attempt of each stage by template id. */
    public Map<String, Attempt> latest() {
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
        return gathered.values();
    }

    /** Ledger key to value. */
    Map<String, LedgerValue> ledger() {
        return gathered.ledger();
    }

    /** The values of its ledger, JSON-shaped, by their keys in order. */
    Map<String, @Nullable Object> ledgerValues() {
        return gathered.ledgerValues();
    }

    /** The names of deleted stages that the timeline says were left out. */
    Set<String> leftOut() {
        return leftOut;
    }

    /** The same task, of which the timeline says that a stage was left out. */
    TaskRecord withLeftOut(String stage) {
        Set<String> names = new LinkedHashSet<>(leftOut);
        names.add(stage);
        return new TaskRecord(row, given, project, selection, attempts, gathered, Set.copyOf(names));
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
        return new TaskRecord(row, given, project, selected, attempts, gathered, leftOut);
    }

    /** The same task with another row. */
    TaskRecord with(TaskRow changed) {
        return new TaskRecord(changed, given, project, selection, attempts, gathered, leftOut);
    }

    /** The same task with an attempt that is new or was changed. */
    TaskRecord with(AttemptRow attempt) {
        Attempts changed = attempts.with(attempt, project);
        return new TaskRecord(row, given, project, selection, changed, gathered, leftOut);
    }

    /** The same task with other values and another ledger. */
    TaskRecord with(Gathered changed) {
        return new TaskRecord(row, given, project, selection, attempts, changed, leftOut);
    }

    /** The task as the rules see it. */
    Engine.State state() {
        StageOrder order = order();
        Map<String, Engine.Stage> stages = new LinkedHashMap<>();
        for (String key : order.keys()) {
            Attempt attempt = latest().get(key);
            stages.put(key, attempt == null ? Engine.Stage.OPEN : Engine.Stage.of(attempt.status()));
        }
        return new Engine.State(status(), order, stages);
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
    public Policy policy(Template template) {
        return project.policy(template.policy());
    }

    /** The names of its selected stages, in order. */
    String selectedNames() {
        return String.join(
                ", ", order().keys().stream().map(key -> template(key).name()).toList());
    }
}
