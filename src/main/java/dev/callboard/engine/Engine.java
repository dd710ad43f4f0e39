package dev.callboard.engine;

import dev.callboard.pipelines.StageOrder;
import dev.callboard.taskmodel.ExecutionStatus;
import dev.callboard.taskmodel.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of a task's life: from a state and an event to a state and actions. Pure. */
public final class Engine {
    private Engine() {}

    /** Where a selected stage is, as its latest attempt says. */
    enum Stage {
        /** Not attempted yet. */
        OPEN,
        /** An attempt waits for a place or runs. */
        ACTIVE,
        /** An attempt waits for a person. */
        WAITING,
        DONE,
        FAILED;

        /** What the status of its latest attempt means. */
        static Stage of(ExecutionStatus status) {
            return switch (status) {
                case PENDING, RUNNING -> ACTIVE;
                case AWAITING_APPROVAL -> WAITING;
                case APPROVED, COMPLETED -> DONE;
                case FAILED -> FAILED;
                case CANCELLED, STALE -> OPEN;
            };
        }
    }

    /**
     * A task as the rules see it.
     *
     * @param order the order of the selected stages
     * @param stages each selected stage by its template id
     */
    record State(TaskStatus status, StageOrder order, Map<String, Stage> stages) {
        State {
            stages = Map.copyOf(stages);
        }

        private State with(TaskStatus newStatus) {
            return new State(newStatus, order, stages);
        }

        private State with(String templateId, Stage stage) {
            Map<String, Stage> changed = new LinkedHashMap<>(stages);
            changed.put(templateId, stage);
            return new State(status, order, changed);
        }

        private boolean any(Stage stage) {
            return stages.containsValue(stage);
        }
    }

    /** What happens to a task. */
    public sealed interface Event {
        /** Somebody starts it. */
        record Run() implements Event {}

        /** A stage gave its result. */
        record Completed(String templateId) implements Event {}

        /** A stage ended without one. */
        record Failed(String templateId) implements Event {}

        /** A running stage was cut off by the end of the process and may run again. */
        record CutOff(String templateId) implements Event {}

        /** A stage ended without a result and is attempted again by itself. */
        record TriedAgain(String templateId) implements Event {}

        /** A stage gave a result that a person must decide about, or waits for a person's result. */
        record Waits(String templateId) implements Event {}

        /** A person agreed to a stage's result. */
        record Approved(String templateId) implements Event {}

        /** Somebody wants a stage done again; what came after it is out of date then. */
        record Redo(String templateId) implements Event {}

        /** Somebody wants the failed stages tried again. */
        record Retry() implements Event {}

        /** Somebody ends it. */
        record Cancel() implements Event {}
    }

    /**
     * What follows.
     *
     * @param attempts stages to attempt now, in order
     * @param closeActive whether attempts that wait or run end with the task
     * @param outdated stages whose results are out of date now
     */
    record Step(State state, List<String> attempts, boolean closeActive, List<String> outdated) {
        Step {
            attempts = List.copyOf(attempts);
            outdated = List.copyOf(outdated);
        }

        Step(State state, List<String> attempts, boolean closeActive) {
            this(state, attempts, closeActive, List.of());
        }
    }

    /** The next step; nothing when the task's status does not allow the event. */
    static Optional<Step> step(State state, Event event) {
        if (event instanceof Event.Run) {
            return state.status() == TaskStatus.PENDING ? Optional.of(goOn(state)) : Optional.empty();
        }
        if (event instanceof Event.Cancel) {
            return state.status().open()
                    ? Optional.of(new Step(state.with(TaskStatus.CANCELLED), List.of(), true))
                    : Optional.empty();
        }
        if (event instanceof Event.Retry) {
            return state.status() == TaskStatus.FAILED ? Optional.of(retry(state)) : Optional.empty();
        }
        if (event instanceof Event.Redo redo) {
            return state.status() == TaskStatus.RUNNING || state.status() == TaskStatus.PENDING
                    ? Optional.empty()
                    : Optional.of(redo(state, redo.templateId()));
        }
        if (event instanceof Event.Approved approved) {
            return state.status() == TaskStatus.RUNNING || state.status() == TaskStatus.AWAITING_APPROVAL
                    ? Optional.of(goOn(state.with(approved.templateId(), Stage.DONE)))
                    : Optional.empty();
        }
        if (state.status() != TaskStatus.RUNNING) {
            return Optional.empty();
        }
        if (event instanceof Event.Waits waits) {
            return Optional.of(goOn(state.with(waits.templateId(), Stage.WAITING)));
        }
        if (event instanceof Event.Completed completed) {
            return Optional.of(goOn(state.with(completed.templateId(), Stage.DONE)));
        }
        if (event instanceof Event.Failed failed) {
            return Optional.of(goOn(state.with(failed.templateId(), Stage.FAILED)));
        }
        if (event instanceof Event.TriedAgain again) {
            return Optional.of(again(state, again.templateId()));
        }
        return Optional.of(goOn(state.with(((Event.CutOff) event).templateId(), Stage.OPEN)));
    }

    /** Where another stage has failed already it has failed too: nothing new starts there. */
    private static Step again(State state, String templateId) {
        Step step = goOn(state.with(templateId, Stage.OPEN));
        return step.attempts().contains(templateId) ? step : goOn(state.with(templateId, Stage.FAILED));
    }

    private static Step redo(State state, String templateId) {
        List<String> outdated = state.order().keys().stream()
                .filter(key -> key.equals(templateId) || state.order().isBefore(templateId, key))
                .toList();
        State reopened = state;
        for (String key : outdated) {
            reopened = reopened.with(key, Stage.OPEN);
        }
        Step step = retry(reopened);
        return new Step(step.state(), step.attempts(), false, outdated);
    }

    private static Step retry(State state) {
        State reopened = state;
        for (Map.Entry<String, Stage> entry : state.stages().entrySet()) {
            if (entry.getValue() == Stage.FAILED) {
                reopened = reopened.with(entry.getKey(), Stage.OPEN);
            }
        }
        return goOn(reopened);
    }

    /** Attempts what is ready. After a failure nothing new starts; what runs may still finish. */
    private static Step goOn(State state) {
        if (state.any(Stage.FAILED)) {
            return new Step(
                    state.with(state.any(Stage.ACTIVE) ? TaskStatus.RUNNING : TaskStatus.FAILED), List.of(), false);
        }
        List<String> ready = new ArrayList<>();
        State next = state;
        for (String key : state.order().keys()) {
            if (state.stages().get(key) == Stage.OPEN
                    && state.order().previous(key).stream()
                            .allMatch(before -> state.stages().get(before) == Stage.DONE)) {
                ready.add(key);
                next = next.with(key, Stage.ACTIVE);
            }
        }
        return new Step(next.with(status(next)), ready, false);
    }

    private static TaskStatus status(State state) {
        if (Set.of(Stage.DONE).containsAll(state.stages().values())) {
            return TaskStatus.COMPLETED;
        }
        return state.any(Stage.WAITING) && !state.any(Stage.ACTIVE) ? TaskStatus.AWAITING_APPROVAL : TaskStatus.RUNNING;
    }

    /** The stage to show as the present one: the first that is at work, waits or failed; none after the end. */
    static Optional<String> current(State state) {
        return state.order().keys().stream()
                .filter(key -> Set.of(Stage.ACTIVE, Stage.WAITING, Stage.FAILED)
                        .contains(state.stages().getOrDefault(key, Stage.OPEN)))
                .findFirst();
    }
}
