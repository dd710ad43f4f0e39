package dev.callboard.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callboard.json.Json;
import dev.callboard.palette.GraphError;
import dev.callboard.palette.GraphReader;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import org.junit.jupiter.api.Test;

/** What is wrong with a drawn pipeline. */
class GraphRulesTest extends DrawnGraph {
    @Test
    void aSourceAStageAndASinkAreValid() {
        source("s").stage("a", "words").sink("t").edge("s.out", "a.in").edge("a.out", "t.in");
        assertThat(check()).isEmpty();
    }

    @Test
    void itNeedsASource() {
        stage("a", "words");
        assertThat(check()).containsExactly("no_source: The pipeline needs a source.");
    }

    @Test
    void anEmptyDrawingNeedsASourceToo() {
        assertThat(check()).containsExactly("no_source: The pipeline needs a source.");
    }

    @Test
    void anUnknownStage() {
        source("s").stage("a", "nothing");
        assertThat(errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("unknown_stage");
            assertThat(error.message()).contains("'nothing'");
            assertThat(error.pointer()).isEqualTo("/nodes/1/stage_id");
            assertThat(error.nodeId()).isEqualTo("a");
        });
    }

    @Test
    void aSourceThatCannotBeDrawnSaysWhereItStands() {
        node("s", "source", "source_type", "schedule", "");
        assertThat(check())
                .contains(
                        "unknown_stage: The palette has no source 'schedule': a graph holds what the palette has, and a source"
                                + " of that type stands under sources: of the pipeline.");
    }

    @Test
    void aStageThatNoEdgeTouchesIsNamed() {
        source("s").stage("a", "words").stage("b", "words").edge("s.out", "a.in");
        assertThat(check()).isEmpty();
        assertThat(GraphRules.warnings(PALETTE, graph())).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("not_connected");
            assertThat(warning.nodeId()).isEqualTo("b");
            assertThat(warning.pointer()).isEqualTo("/nodes/2");
        });
    }

    @Test
    void aStageIsNotASource() {
        node("s", "source", "source_type", "words", "");
        assertThat(check()).anyMatch(error -> error.startsWith("unknown_stage"));
    }

    @Test
    void anUnknownPort() {
        source("s").stage("a", "words").edge("s.nope", "a.in").edge("s.out", "a.nope");
        assertThat(check())
                .containsExactly(
                        "unknown_port: Node 's' has no output port 'nope'.",
                        "unknown_port: Node 'a' has no input port 'nope'.");
    }

    @Test
    void anEdgeFromNowhere() {
        source("s").stage("a", "words").edge("ghost.out", "a.in");
        assertThat(check()).containsExactly("unknown_node: There is no node 'ghost'.");
    }

    @Test
    void incompatibleTypesAreNamed() {
        source("s")
                .stage("a", "words")
                .stage("b", "counts")
                .edge("s.out", "a.in")
                .edge("a.out", "b.in");
        assertThat(check()).containsExactly("incompatible_types: 'b' takes number, but 'a' gives text.");
    }

    @Test
    void anyFitsEverything() {
        source("s")
                .stage("a", "anything")
                .stage("b", "counts")
                .edge("s.out", "a.in")
                .edge("a.out", "b.in");
        assertThat(check()).isEmpty();
    }

    @Test
    void twoEdgesIntoOneInputPort() {
        source("s").source("s2").stage("a", "words").edge("s.out", "a.in").edge("s2.out", "a.in");
        assertThat(errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("too_many_inputs");
            assertThat(error.message()).contains("2 inputs").contains("max 1");
            assertThat(error.nodeId()).isEqualTo("a");
        });
    }

    @Test
    void oneOutputMayFeedMany() {
        source("s")
                .stage("a", "words")
                .stage("b", "words")
                .edge("s.out", "a.in")
                .edge("s.out", "b.in");
        assertThat(check()).isEmpty();
    }

    @Test
    void aCycleNamesItsNodes() {
        source("s")
                .stage("a", "words")
                .stage("b", "words")
                .edge("a.out", "b.in")
                .edge("b.out", "a.in");
        assertThat(check()).singleElement().asString().startsWith("cycle").contains("a, b");
    }

    @Test
    void aNodeThatFeedsItselfIsACycle() {
        source("s").stage("a", "words").edge("a.out", "a.in");
        assertThat(check()).singleElement().asString().startsWith("cycle");
    }

    @Test
    void settingsAreCheckedAgainstTheSchema() {
        source("s");
        node("a", "stage", "stage_id", "sized", ",\"settings\":{\"size\":99,\"unknown\":1}");
        assertThat(errors()).extracting(GraphError::code).containsOnly("invalid_settings");
        assertThat(errors())
                .extracting(GraphError::pointer)
                .containsExactlyInAnyOrder("/nodes/1/settings/size", "/nodes/1/settings/unknown");
    }

    @Test
    void aRequiredSettingIsMissed() {
        source("s").stage("a", "sized");
        assertThat(check()).singleElement().asString().contains("'size' is required");
    }

    @Test
    void twoNodesOfOneIdAndTwoEdgesOfOneId() {
        source("s").stage("a", "words").stage("a", "words");
        edges.add(
                "{\"id\":\"e\",\"source_node\":\"s\",\"source_port\":\"out\",\"target_node\":\"a\",\"target_port\":\"in\"}");
        edges.add(
                "{\"id\":\"e\",\"source_node\":\"a\",\"source_port\":\"out\",\"target_node\":\"a\",\"target_port\":\"in\"}");
        assertThat(errors()).extracting(GraphError::code).contains("duplicate_node", "duplicate_edge");
    }

    @Test
    void everythingIsSaidAtOnce() {
        stage("a", "nothing").stage("b", "sized").edge("b.nope", "ghost.in");
        assertThat(errors())
                .extracting(GraphError::code)
                .contains("unknown_stage", "invalid_settings", "no_source", "unknown_port", "unknown_node");
    }

    @Test
    void aShapeThatCannotBeReadIsRefusedWithAllItsFaults() {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> GraphReader.read(Json.parse("{\"nodes\":[{\"type\":\"x\"},7],\"edges\":[{}]}")));
        assertThat(refused.problem().code()).isEqualTo("invalid_graph");
        assertThat(refused.problem().violations())
                .extracting(Violation::pointer)
                .contains("/nodes/0/type", "/nodes/0/id", "/nodes/1", "/edges/0/source_node", "/edges/0/target_port");
    }
}
