package dev.callboard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.engine.Engine.Event;
import dev.callboard.engine.Engine.Stage;
import dev.callboard.engine.Engine.State;
import dev.callboard.engine.Engine.Step;
import dev.callboard.pipelines.StageOrder;
import dev.callboard.pipelines.StageOrder.Node;
import dev.callboard.taskmodel.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class EngineTest {
    private static State pending(List<Node> nodes) {
        StageOrder order = StageOrder.of(nodes);
        Map<String, Stage> stages = new LinkedHashMap<>();
        order.keys().forEach(key -> stages.put(key, Stage.OPEN));
        return new State(TaskStatus.PENDING, order, stages);
    }

    private static List<Node> graph(int size, double density, Random random) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<String> before = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                if (random.nextDouble() < density) {
                    before.add("s" + j);
                }
            }
            nodes.add(new Node("s" + i, i, before));
        }
        return nodes;
    }

    @Property
    void whateverHappensATaskEndsAndNoStageStartsTooEarly(
            @ForAll @IntRange(min = 1, max = 8) int size,
            @ForAll @DoubleRange(max = 0.7) double density,
            @ForAll @DoubleRange(max = 0.5) double failures,
            @ForAll long seed) {
        Random random = new Random(seed);
        State state = pending(graph(size, density, random));
        Set<String> active = new LinkedHashSet<>();
        Step step = Engine.step(state, new Event.Run()).orElseThrow();
        int retries = 0;
        int steps = 0;
        while (true) {
            assertThat(++steps).isLessThan(10_000);
            state = step.state();
            for (String started : step.attempts()) {
                assertThat(active.add(started)).isTrue();
                for (String before : state.order().previous(started)) {
                    assertThat(state.stages().get(before)).isEqualTo(Stage.DONE);
                }
            }
            if (!active.isEmpty()) {
                List<String> running = new ArrayList<>(active);
                String one = running.get(random.nextInt(running.size()));
                active.remove(one);
                step = Engine.step(state, outcome(one, random, failures)).orElseThrow();
            } else if (state.status() == TaskStatus.FAILED && retries++ < 5) {
                step = Engine.step(state, new Event.Retry()).orElseThrow();
            } else {
                break;
            }
        }
        boolean allDone = state.stages().values().stream().allMatch(stage -> stage == Stage.DONE);
        assertThat(state.status()).isEqualTo(allDone ? TaskStatus.COMPLETED : TaskStatus.FAILED);
    }

    private static Event outcome(String stage, Random random, double failures) {
        if (random.nextDouble() < failures) {
            return random.nextBoolean() ? new Event.Failed(stage) : new Event.TriedAgain(stage);
        }
        return random.nextInt(10) == 0 ? new Event.CutOff(stage) : new Event.Completed(stage);
    }

    /** Whatever people, stages and workers do, in any order. */
    @Property
    void whateverPeopleDoATaskStaysSound(
            @ForAll @IntRange(min = 1, max = 8) int size,
            @ForAll @DoubleRange(max = 0.7) double density,
            @ForAll long seed) {
        Random random = new Random(seed);
        State state = pending(graph(size, density, random));
        for (int i = 0; i < 100; i++) {
            State before = state;
            Event event = anything(before, random);
            Optional<Step> step = Engine.step(before, event);
            if (step.isPresent()) {
                state = ended(step.get());
                assertSound(before, event, step.get());
            }
        }
    }

    private static Event anything(State state, Random random) {
        List<String> keys = state.order().keys();
        String stage = keys.get(random.nextInt(keys.size()));
        return switch (state.stages().get(stage)) {
            case ACTIVE ->
                switch (random.nextInt(8)) {
                    case 0 -> new Event.Failed(stage);
                    case 1 -> new Event.TriedAgain(stage);
                    case 2 -> new Event.CutOff(stage);
                    case 3, 4 -> new Event.Waits(stage);
                    case 5 -> random.nextInt(5) == 0 ? new Event.Cancel() : new Event.Redo(stage);
                    default -> new Event.Completed(stage);
                };
            case WAITING -> random.nextInt(4) == 0 ? new Event.Redo(stage) : new Event.Approved(stage);
            default ->
                switch (random.nextInt(4)) {
                    case 0 -> new Event.Run();
                    case 1 -> new Event.Retry();
                    case 2 -> new Event.Redo(stage);
                    default -> random.nextInt(10) == 0 ? new Event.Cancel() : new Event.Run();
                };
        };
    }

    /** A step as it is read again: the stages whose attempts ended with their task are open. */
    private static State ended(Step step) {
        Map<String, Stage> stages = new LinkedHashMap<>(step.state().stages());
        if (step.closeActive()) {
            stages.replaceAll((key, stage) -> stage == Stage.ACTIVE || stage == Stage.WAITING ? Stage.OPEN : stage);
        }
        return new State(step.state().status(), step.state().order(), stages);
    }

    private static void assertSound(State before, Event event, Step step) {
        State after = step.state();
        Set<Stage> now = Set.copyOf(after.stages().values());
        for (String started : step.attempts()) {
            assertThat(after.stages().get(started)).isEqualTo(Stage.ACTIVE);
            assertThat(after.order().previous(started))
                    .allMatch(previous -> after.stages().get(previous) == Stage.DONE);
        }
        assertThat(now.contains(Stage.FAILED) && !step.attempts().isEmpty()).isFalse();
        if (event instanceof Event.Cancel) {
            assertThat(after.status()).isEqualTo(TaskStatus.CANCELLED);
            return;
        }
        boolean active = now.contains(Stage.ACTIVE);
        boolean failed = now.contains(Stage.FAILED);
        assertThat(after.status() == TaskStatus.RUNNING).isEqualTo(active);
        assertThat(after.status() == TaskStatus.FAILED).isEqualTo(failed && !active);
        assertThat(after.status() == TaskStatus.AWAITING_APPROVAL)
                .isEqualTo(now.contains(Stage.WAITING) && !active && !failed);
        assertThat(after.status() == TaskStatus.COMPLETED).isEqualTo(now.equals(Set.of(Stage.DONE)));
        assertThat(Engine.current(after).isPresent()).isEqualTo(active || failed || now.contains(Stage.WAITING));
        if (event instanceof Event.Redo redo) {
            assertThat(before.status()).isNotIn(TaskStatus.RUNNING, TaskStatus.PENDING);
            assertThat(step.outdated()).contains(redo.templateId());
            assertThat(step.outdated())
                    .allMatch(key ->
                            key.equals(redo.templateId()) || after.order().isBefore(redo.templateId(), key));
            after.order().keys().stream()
                    .filter(key -> after.order().isBefore(redo.templateId(), key))
                    .forEach(key -> {
                        assertThat(step.outdated()).contains(key);
                        assertThat(after.stages().get(key)).isEqualTo(Stage.OPEN);
                    });
        }
    }

    @Example
    void aTaskWaitsForAPersonOnlyWhenNothingRuns() {
        State state = pending(List.of(new Node("a", 0, List.of()), new Node("b", 1, List.of())));
        State running = Engine.step(state, new Event.Run()).orElseThrow().state();
        State one = Engine.step(running, new Event.Waits("a")).orElseThrow().state();
        assertThat(one.status()).isEqualTo(TaskStatus.RUNNING);
        State both = Engine.step(one, new Event.Completed("b")).orElseThrow().state();
        assertThat(both.status()).isEqualTo(TaskStatus.AWAITING_APPROVAL);
        assertThat(Engine.current(both)).contains("a");
    }

    @Example
    void anApprovalMayComeWhileAnotherBranchRuns() {
        State state = pending(
                List.of(new Node("a", 0, List.of()), new Node("b", 1, List.of()), new Node("c", 2, List.of("a"))));
        State running = Engine.step(state, new Event.Run()).orElseThrow().state();
        State waits = Engine.step(running, new Event.Waits("a")).orElseThrow().state();
        Step approved = Engine.step(waits, new Event.Approved("a")).orElseThrow();
        assertThat(approved.attempts()).containsExactly("c");
        assertThat(approved.state().status()).isEqualTo(TaskStatus.RUNNING);
    }

    @Example
    void statusesAllowOnlyTheirEvents() {
        State state = pending(List.of(new Node("a", 0, List.of())));
        assertThat(Engine.step(state, new Event.Retry())).isEmpty();
        assertThat(Engine.step(state, new Event.Completed("a"))).isEmpty();
        State running = Engine.step(state, new Event.Run()).orElseThrow().state();
        assertThat(Engine.step(running, new Event.Run())).isEmpty();
        Step cancelled = Engine.step(running, new Event.Cancel()).orElseThrow();
        assertThat(cancelled.closeActive()).isTrue();
        assertThat(Engine.step(cancelled.state(), new Event.Cancel())).isEmpty();
        assertThat(Engine.step(cancelled.state(), new Event.Completed("a"))).isEmpty();
    }

    @Example
    void aStageIsTriedAgainUnlessAnotherHasFailed() {
        State state = pending(List.of(Node.following("a", 0), Node.following("b", 1)));
        State running = Engine.step(state, new Event.Run()).orElseThrow().state();
        Step again = Engine.step(running, new Event.TriedAgain("a")).orElseThrow();
        assertThat(again.attempts()).containsExactly("a");
        assertThat(again.state().status()).isEqualTo(TaskStatus.RUNNING);
        State failed = Engine.step(running, new Event.Failed("b")).orElseThrow().state();
        Step ended = Engine.step(failed, new Event.TriedAgain("a")).orElseThrow();
        assertThat(ended.attempts()).isEmpty();
        assertThat(ended.state().status()).isEqualTo(TaskStatus.FAILED);
    }

    @Example
    void afterAFailureOnlyWhatRunsMayFinish() {
        State state = pending(List.of(
                new Node("a", 0, List.of()),
                new Node("b", 1, List.of()),
                new Node("c", 2, List.of("a")),
                new Node("d", 3, List.of("b"))));
        Step run = Engine.step(state, new Event.Run()).orElseThrow();
        assertThat(run.attempts()).containsExactly("a", "b");
        Step failed = Engine.step(run.state(), new Event.Failed("a")).orElseThrow();
        assertThat(failed.state().status()).isEqualTo(TaskStatus.RUNNING);
        Step finished = Engine.step(failed.state(), new Event.Completed("b")).orElseThrow();
        assertThat(finished.attempts()).isEmpty();
        assertThat(finished.state().status()).isEqualTo(TaskStatus.FAILED);
        assertThat(Engine.current(finished.state())).contains("a");
        Step retried = Engine.step(finished.state(), new Event.Retry()).orElseThrow();
        assertThat(retried.attempts()).containsExactly("a", "d");
    }
}
