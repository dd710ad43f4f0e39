package dev.callboard.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.pipelines.SelectionRules.Stage;
import dev.callboard.pipelines.StageOrder.Node;
import dev.callboard.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The rule of selections, over any graph. */
class SelectionRulesTest {
    /** A graph whose stages have one of four types and need some of them. */
    private record Choice(StageOrder order, Map<String, Stage> stages, SelectionRules rules, List<String> wanted) {
        Stage stage(String key) {
            return Objects.requireNonNull(stages.get(key));
        }

        boolean lacks(String key, List<String> selected) {
            return stage(key).needs().stream().anyMatch(type -> {
                List<String> candidates = order.keys().stream()
                        .filter(other -> stage(other).type().equals(type) && order.isBefore(other, key))
                        .toList();
                return !candidates.isEmpty() && candidates.stream().noneMatch(selected::contains);
            });
        }
    }

    private static Choice choice(int size, long seed) {
        Random random = new Random(seed);
        List<Node> nodes = new ArrayList<>();
        Map<String, Stage> stages = new LinkedHashMap<>();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<String> dependsOn = new ArrayList<>();
            List<String> needs = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                if (random.nextInt(3) == 0) {
                    dependsOn.add("s" + j);
                }
            }
            if (random.nextInt(2) == 0) {
                needs.add("t" + random.nextInt(4));
            }
            nodes.add(new Node("s" + i, random.nextInt(5), dependsOn));
            stages.put("s" + i, new Stage("S" + i, "t" + random.nextInt(4), random.nextInt(6) == 0, needs));
            if (random.nextBoolean()) {
                wanted.add("s" + i);
            }
        }
        StageOrder order = StageOrder.of(nodes);
        return new Choice(order, stages, new SelectionRules(order, stages), wanted);
    }

    @Property
    void anAcceptedSelectionNeverLacksANeedAndKeepsTheOrder(
            @ForAll @IntRange(min = 1, max = 9) int size, @ForAll long seed) {
        Choice choice = choice(size, seed);
        Set<String> whole = new HashSet<>(choice.wanted());
        choice.stages().forEach((key, stage) -> {
            if (stage.locked()) {
                whole.add(key);
            }
        });
        List<String> inOrder =
                choice.order().keys().stream().filter(whole::contains).toList();
        boolean possible = !whole.isEmpty() && inOrder.stream().noneMatch(key -> choice.lacks(key, inOrder));
        List<String> accepted = null;
        try {
            accepted = choice.rules().accept(choice.wanted(), choice.order().keys(), Set.of(), "/stages");
        } catch (ProblemException e) {
            assertThat(e.problem().code()).isEqualTo("invalid_selection");
            assertThat(e.problem().violations()).isNotEmpty();
        }
        assertThat(accepted != null).isEqualTo(possible);
        if (accepted != null) {
            assertThat(accepted).isEqualTo(inOrder);
        }
    }

    @Property
    void whatIsCompletedIsAcceptedAndSaysWhy(@ForAll @IntRange(min = 1, max = 9) int size, @ForAll long seed) {
        Choice choice = choice(size, seed);
        Map<String, String> completed = choice.rules().completed(choice.wanted());
        assertThat(completed.keySet()).containsAll(choice.wanted());
        completed.forEach((key, reason) ->
                assertThat(reason.isEmpty()).isEqualTo(choice.wanted().contains(key)));
        if (!completed.isEmpty()) {
            assertThat(choice.rules()
                            .accept(
                                    List.copyOf(completed.keySet()),
                                    choice.order().keys(),
                                    Set.of(),
                                    "/stages"))
                    .isEqualTo(List.copyOf(completed.keySet()));
        }
    }

    @Property
    void noSelectionIsTheWholePipeline(@ForAll @IntRange(min = 1, max = 9) int size, @ForAll long seed) {
        StageOrder order = choice(size, seed).order();
        assertThat(SelectionRules.effective(order, List.of())).isSameAs(order);
        assertThat(order.keys()).hasSize(size);
    }

    @Property
    void onAPlainListPreviousIsTheNearestSelectedStage(
            @ForAll @IntRange(min = 1, max = 9) int size, @ForAll long seed) {
        Random random = new Random(seed);
        List<Node> nodes = new ArrayList<>();
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(Node.following("s" + i, i * 10));
            if (random.nextBoolean()) {
                selected.add("s" + i);
            }
        }
        StageOrder order = StageOrder.of(nodes).select(selected);
        for (int i = 0; i < selected.size(); i++) {
            assertThat(order.previous(selected.get(i))).isEqualTo(i == 0 ? List.of() : List.of(selected.get(i - 1)));
        }
    }

    @Example
    void whatWasStartedStaysAndNothingNewComesBeforeIt() {
        StageOrder order =
                StageOrder.of(List.of(Node.following("a", 0), Node.following("b", 1), Node.following("c", 2)));
        Map<String, Stage> stages = new LinkedHashMap<>();
        order.keys().forEach(key -> stages.put(key, new Stage(key, key, false, List.of())));
        SelectionRules rules = new SelectionRules(order, stages);
        assertThat(rules.accept(List.of("c"), List.of("b", "c"), Set.of("b"), "/stages"))
                .containsExactly("b", "c");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> rules.accept(List.of("a", "b"), List.of("b"), Set.of("b"), "/stages")))
                .hasMessageContaining("'a' comes before 'b'");
    }
}
