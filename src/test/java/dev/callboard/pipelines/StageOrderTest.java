package dev.callboard.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.pipelines.StageOrder.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StageOrderTest {
    /** A sound graph and some of its stages. */
    record Choice(List<Node> nodes, Set<String> selected) {}

    @Provide
    Arbitrary<Choice> choices() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.doubles().between(0, 0.6),
                        Arbitraries.longs())
                .as(StageOrderTest::choice);
    }

    private static Choice choice(int size, double density, long seed) {
        Random random = new Random(seed);
        List<Node> nodes = new ArrayList<>();
        Set<String> selected = new HashSet<>();
        for (int i = 0; i < size; i++) {
            List<String> dependsOn = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                if (random.nextDouble() < density) {
                    dependsOn.add("s" + j);
                }
            }
            nodes.add(new Node("s" + i, random.nextInt(5), dependsOn));
            if (random.nextBoolean()) {
                selected.add("s" + i);
            }
        }
        java.util.Collections.shuffle(nodes, random);
        return new Choice(nodes, selected);
    }

    @Property
    void eachStageComesAfterWhatItDependsOn(@ForAll("choices") Choice choice) {
        List<String> order = StageOrder.of(choice.nodes()).keys();
        assertThat(order).hasSameSizeAs(choice.nodes());
        for (Node node : choice.nodes()) {
            for (String dependency : node.dependsOn()) {
                assertThat(order.indexOf(dependency)).isLessThan(order.indexOf(node.key()));
            }
        }
    }

    @Property
    void selectingAllChangesNothing(@ForAll("choices") Choice choice) {
        StageOrder order = StageOrder.of(choice.nodes());
        StageOrder all = order.select(order.keys());
        assertThat(all.keys()).isEqualTo(order.keys());
        order.keys().forEach(key -> assertThat(all.previous(key)).isEqualTo(order.previous(key)));
    }

    @Property
    void aSelectionKeepsTheOrderAndWhatComesBeforeWhat(@ForAll("choices") Choice choice) {
        StageOrder order = StageOrder.of(choice.nodes());
        StageOrder selection = order.select(choice.selected());
        assertThat(selection.keys())
                .isEqualTo(order.keys().stream()
                        .filter(choice.selected()::contains)
                        .toList());
        for (String one : selection.keys()) {
            assertThat(selection.keys()).containsAll(selection.previous(one));
            for (String other : selection.keys()) {
                assertThat(selection.isBefore(one, other)).isEqualTo(order.isBefore(one, other));
            }
        }
    }

    @Property
    void previousAndNextAgree(@ForAll("choices") Choice choice) {
        StageOrder selection = StageOrder.of(choice.nodes()).select(choice.selected());
        for (String key : selection.keys()) {
            selection.previous(key).forEach(before -> assertThat(selection.next(before))
                    .contains(key));
            selection.next(key).forEach(after -> assertThat(selection.previous(after))
                    .contains(key));
        }
    }

    @Property
    void onAPlainListPreviousIsTheNearestLowerSortOrder(@ForAll("choices") Choice choice) {
        List<Node> list = new ArrayList<>();
        for (int i = 0; i < choice.nodes().size(); i++) {
            list.add(Node.following(choice.nodes().get(i).key(), i * 3));
        }
        StageOrder selection = StageOrder.of(list).select(choice.selected());
        for (Node node : list) {
            if (choice.selected().contains(node.key())) {
                List<String> expected = list.stream()
                        .filter(other -> other.sortOrder() < node.sortOrder())
                        .filter(other -> choice.selected().contains(other.key()))
                        .max(Comparator.comparingInt(Node::sortOrder))
                        .map(other -> List.of(other.key()))
                        .orElse(List.of());
                assertThat(selection.previous(node.key())).isEqualTo(expected);
            }
        }
    }

    @Example
    void sortOrderBreaksTies() {
        StageOrder order = StageOrder.of(List.of(
                new Node("join", 9, List.of("b", "a")),
                new Node("b", 2, List.of("root")),
                new Node("a", 3, List.of("root")),
                new Node("root", 5, List.of())));
        assertThat(order.keys()).containsExactly("root", "b", "a", "join");
        assertThat(order.previous("join")).containsExactly("b", "a");
        assertThat(order.select(List.of("root", "b", "join")).previous("join")).containsExactly("b");
        assertThat(order.select(List.of("root", "join")).previous("join")).containsExactly("root");
        assertThat(order.select(List.of("join")).previous("join")).isEmpty();
    }

    @Example
    void circlesAreNamed() {
        List<Node> nodes = List.of(
                new Node("in", 0, List.of()),
                new Node("a", 1, List.of("in", "b")),
                new Node("b", 2, List.of("a")),
                new Node("behind", 3, List.of("b")));
        assertThat(StageOrder.cycle(nodes)).containsExactly("a", "b");
        assertThatThrownBy(() -> StageOrder.of(nodes)).hasMessageContaining("circle");
    }
}
