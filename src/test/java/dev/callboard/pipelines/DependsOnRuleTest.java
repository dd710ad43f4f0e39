package dev.callboard.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a stage comes after that does not say {@code depends_on} (fault H13). */
class DependsOnRuleTest {
    private static final List<Map<String, Object>> MIXED =
            List.of(stage("in"), stage("left", List.of("in")), stage("right"), stage("out", List.of("left", "right")));

    private static Map<String, Object> stage(String name) {
        return Map.of("name", name, "type", "t");
    }

    private static Map<String, Object> stage(String name, List<String> dependsOn) {
        return Map.of("name", name, "type", "t", "depends_on", dependsOn);
    }

    private static PipelineReader.Result read(List<Map<String, Object>> stages, DependsOnRule rule) {
        return PipelineReader.read(Map.of("name", "p", "stages", stages), rule);
    }

    private static StageOrder order(List<Map<String, Object>> stages, DependsOnRule rule) {
        Pipeline pipeline = read(stages, rule).pipeline();
        assertThat(pipeline).isNotNull();
        return pipeline.order();
    }

    @Test
    void aStageThatSaysNothingFollowsTheOneBeforeItWhateverOthersSay() {
        StageOrder mixed = order(MIXED, DependsOnRule.PREVIOUS);
        assertThat(mixed.previous("right")).containsExactly("left");
        assertThat(read(MIXED, DependsOnRule.PREVIOUS).warnings()).isEmpty();
        StageOrder plain = order(List.of(stage("a"), stage("b"), stage("c")), DependsOnRule.PREVIOUS);
        assertThat(plain.previous("c")).containsExactly("b");
        assertThat(plain.select(List.of("a", "c")).previous("c")).containsExactly("a");
    }

    @Test
    void anEmptyListFollowsNone() {
        List<Map<String, Object>> stages = List.of(stage("a"), stage("b", List.of()), stage("c", List.of()));
        StageOrder order = order(stages, DependsOnRule.PREVIOUS);
        assertThat(order.previous("b")).isEmpty();
        assertThat(order.previous("c")).isEmpty();
    }

    @Test
    void whatThePreviousOneNeedsDoesNotFollowIt() {
        List<Map<String, Object>> stages = List.of(stage("a"), stage("late", List.of("early")), stage("early"));
        StageOrder order = order(stages, DependsOnRule.PREVIOUS);
        assertThat(order.keys()).containsExactly("a", "early", "late");
        assertThat(order.previous("early")).containsExactly("a");
    }

    @Test
    void aFileThatWasThereBeforeKeepsItsMeaningAndIsWarnedOf() {
        PipelineReader.Result result = read(MIXED, DependsOnRule.NONE_WHERE_OTHERS_SAY);
        assertThat(order(MIXED, DependsOnRule.NONE_WHERE_OTHERS_SAY).previous("right"))
                .isEmpty();
        assertThat(result.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.pointer()).isEqualTo("/stages");
            assertThat(warning.detail()).contains("'right'").doesNotContain("'in'");
        });
    }

    @Test
    void aListOfEmptyListsWasAChain() {
        List<Map<String, Object>> stages = new ArrayList<>(List.of(stage("a"), stage("b", List.of())));
        assertThat(order(stages, DependsOnRule.NONE_WHERE_OTHERS_SAY).previous("b"))
                .containsExactly("a");
        assertThat(read(stages, DependsOnRule.NONE_WHERE_OTHERS_SAY).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.detail()).contains("'b'"));
    }

    @Test
    void whereBothRulesAgreeNothingIsSaid() {
        List<Map<String, Object>> plain = List.of(stage("a"), stage("b"));
        List<Map<String, Object>> graph = List.of(stage("a"), stage("b", List.of("a")), stage("c", List.of("a")));
        assertThat(read(plain, DependsOnRule.NONE_WHERE_OTHERS_SAY).warnings()).isEmpty();
        assertThat(read(graph, DependsOnRule.NONE_WHERE_OTHERS_SAY).warnings()).isEmpty();
    }
}
