package dev.callboard.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.palette.GraphPlan;
import org.junit.jupiter.api.Test;

/** How a drawn pipeline would run. */
class GraphPlanTest extends DrawnGraph {
    @Test
    void theMainPathIsTheLongestFromASourceToASinkAndTheRestAreSideTaps() {
        source("s")
                .stage("tap", "words")
                .stage("a", "words")
                .stage("b", "words")
                .sink("t");
        edge("s.out", "a.in").edge("a.out", "b.in").edge("b.out", "t.in").edge("a.out", "tap.in");
        assertThat(check()).isEmpty();
        GraphPlan plan = GraphPlan.of(graph());
        assertThat(plan.mainPath()).containsExactly("s", "a", "b", "t");
        assertThat(plan.sideTaps()).containsExactly("tap");
        assertThat(plan.order()).containsExactlyInAnyOrder("s", "a", "b", "t", "tap");
        assertThat(plan.order().indexOf("a")).isLessThan(plan.order().indexOf("tap"));
    }

    @Test
    void withoutASinkTheMainPathEndsAtTheLastStage() {
        source("s").stage("a", "words").edge("s.out", "a.in");
        assertThat(GraphPlan.of(graph()).mainPath()).containsExactly("s", "a");
    }

    @Test
    void aChainOfTwoThousandNodesIsPlannedAtOnce() {
        source("s");
        String before = "s";
        for (int i = 0; i < 1_999; i++) {
            stage("n" + i, "words").edge(before + ".out", "n" + i + ".in");
            before = "n" + i;
        }
        assertThat(GraphPlan.of(graph()).mainPath()).hasSize(2_000);
    }
}
