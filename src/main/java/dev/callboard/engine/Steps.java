package dev.callboard.engine;

import dev.callboard.bus.Caller;
import dev.callboard.engine.Engine.Step;
import dev.callboard.json.Json;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of a step of the rules what it means for the attempts and the row of a task. Pure. */
public final class Steps {
    private Steps() {}

    /**
     * Who made it happen.
     *
     * @param touched attempts that the event itself changed
     * @param userInput what a person adds to the new attempt at a stage, by template id
     * @param turns when the new attempts at stages that go on by themselves may start, by template id
     */
    record Cause(Caller by, List<String> touched, Map<String, String> userInput, Map<String, AttemptSchedule> turns) {
        Cause(Caller by, List<String> touched, Map<String, String> userInput) {
            this(by, touched, userInput, Map.of());
        }

        static Cause engine(String... touched) {
            return new Cause(Caller.ENGINE, List.of(touched), Map.of());
        }

        /** The engine makes another attempt by itself. */
        static Cause again(Attempt failed, AttemptSchedule turn) {
            return new Cause(Caller.ENGINE, List.of(failed.id()), Map.of(), Map.of(failed.templateId(), turn));
        }
    }

    /**
     * The last part of a decision that changes how attempts look, and leaves the task where it is.
     *
     * @param touched the attempts that it changed, by their ids
     */
    public static StoredTransition touch(TaskDraft draft, String... touched) {
        return take(draft, new Step(draft.task().state(), List.of(), false), Cause.engine(touched));
    }

    /** Takes a step: the last part of each decision about a task. */
    static StoredTransition take(TaskDraft draft, Step step, Cause cause) {
        TaskRecord task = draft.task();
        List<String> touched = new ArrayList<>(cause.touched());
        for (String templateId : step.outdated()) {
            Attempt attempt = task.latest().get(templateId);
            // A failure that is tried again now stays one in the history.
            boolean triedAgain = attempt != null
                    && attempt.status() == ExecutionStatus.FAILED
                    && step.attempts().contains(templateId);
            if (attempt != null && !triedAgain && AttemptRules.outdate(draft, attempt, cause.by())) {
                touched.add(attempt.id());
            }
        }
        List<Attempt> ended = new ArrayList<>();
        if (step.closeActive()) {
            task.latest().values().stream()
                    .filter(attempt -> AttemptRules.cancel(draft, attempt, cause.by()))
                    .forEach(ended::add);
        }
        List<String> added = new ArrayList<>();
        for (String templateId : step.attempts()) {
            added.add(AttemptRules.add(
                            draft,
                            templateId,
                            inputOf(task, templateId),
                            userInput(task, templateId, cause),
                            cause.turns().getOrDefault(templateId, AttemptSchedule.FIRST))
                    .id());
        }
        leftOut(draft, task, step);
        move(draft, task, step);
        draft.deliver(SinkFirings.of(task, step));
        touched.addAll(added);
        ended.forEach(attempt -> touched.add(attempt.id()));
        return transition(draft, added, ended, touched);
    }

    private static StoredTransition transition(
            TaskDraft draft, List<String> added, List<Attempt> ended, List<String> touched) {
        TaskRecord now = draft.task();
        return new StoredTransition(
                now.id(),
                now.status(),
                draft.before().revision() + 1,
                added.stream()
                        .map(id -> Objects.requireNonNull(now.attempts().get(id), "an attempt"))
                        .map(row -> Objects.requireNonNull(now.latest().get(row.templateId()), "an attempt"))
                        .toList(),
                Optional.empty(),
                ended,
                touched.stream()
                        .map(id -> ExecutionViews.of(
                                now, Objects.requireNonNull(now.attempts().get(id), "an attempt"), draft.now()))
                        .toList(),
                now.row().ledgerRevision() != draft.before().row().ledgerRevision());
    }

    /** Why the task failed is what the attempts said before the step. */
    private static void move(TaskDraft draft, TaskRecord task, Step step) {
        TaskStatus status = step.state().status();
        String error = status == TaskStatus.FAILED ? failure(task).orElse(null) : null;
        draft.put(draft.task().row().moved(status, Engine.current(step.state()), error, draft.now()));
        if (status != task.status() && !status.open() && status != TaskStatus.CANCELLED) {
            draft.note(status.word(), error == null ? "" : error, Caller.ENGINE);
        }
    }

    /** Why the task failed: the first failed stage and its reason. */
    private static Optional<String> failure(TaskRecord task) {
        return task.order().keys().stream()
                .map(key -> task.latest().get(key))
                .filter(Objects::nonNull)
                .filter(attempt -> attempt.status() == ExecutionStatus.FAILED)
                .findFirst()
                .map(attempt -> "Stage '" + task.template(attempt.templateId()).name() + "' failed: "
                        + Objects.requireNonNullElse(attempt.error(), "no reason was given"));
    }

    /** Notes the stages whose turn has come and that were deleted from the project since the task was made. */
    private static void leftOut(TaskDraft draft, TaskRecord task, Step step) {
        task.templates().values().stream()
                .filter(template -> wasDeleted(task, template) && hasPassed(task, step, template.id()))
                .forEach(template -> draft.leftOut(template.name()));
    }

    private static boolean wasDeleted(TaskRecord task, Template template) {
        return template.deletedAt() != null
                && template.deletedAt().isAfter(task.about().createdAt())
                && (task.rows().isEmpty() || task.rows().containsKey(template.id()))
                && !task.latest().containsKey(template.id());
    }

    private static boolean hasPassed(TaskRecord task, Step step, String templateId) {
        return step.state().status() == TaskStatus.COMPLETED
                || step.attempts().stream().anyMatch(next -> task.all().isBefore(templateId, next));
    }

    /** A stage that is tried again after a failure keeps what a person added. */
    private static @Nullable String userInput(TaskRecord task, String templateId, Cause cause) {
        Attempt last = task.latest().get(templateId);
        String kept =
                last != null && (last.status() == ExecutionStatus.FAILED || last.status() == ExecutionStatus.RUNNING)
                        ? last.userInput()
                        : null;
        return cause.userInput().getOrDefault(templateId, kept);
    }

    /** Where the input of a stage comes from, as JSON. */
    private static String inputOf(TaskRecord task, String templateId) {
        Map<String, Object> sources = new LinkedHashMap<>();
        for (String before : task.order().previous(templateId)) {
            Attempt attempt = task.latest().get(before);
            if (attempt != null) {
                sources.put(task.template(before).name(), attempt.id());
            }
        }
        return Json.write(sources.isEmpty() ? Map.of("task_input", true) : Map.of("executions", sources));
    }
}
