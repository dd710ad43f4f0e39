package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.spi.Library;
import dev.callboard.spi.Library.Edge;
import dev.callboard.spi.Library.Mention;
import dev.callboard.spi.Library.Node;
import dev.callboard.spi.Library.Place;
import dev.callboard.spi.Library.Statements;
import dev.callboard.spi.testing.MemoryLibrary;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnowledgeGraphStageTest {
    private final TestContext context = new TestContext();

    private static Map<String, Object> entity(String id, String docId, Object... places) {
        return Map.of("id", id, "type", id.split(":")[0], "label", id, "doc_id", docId, "places", List.of(places));
    }

    private static Map<String, Object> place(int start, int end, String method) {
        return Map.of("start", start, "end", end, "text", "x", "method", method, "confidence", "exact");
    }

    private static Map<String, Object> claim(String subject, String predicate, String object, int start) {
        return Map.of(
                "subject",
                subject,
                "predicate",
                predicate,
                "object",
                object,
                "doc_id",
                "d",
                "start",
                start,
                "end",
                start < 0 ? -1 : start + 5,
                "quote",
                "x",
                "method",
                "co_occurrence",
                "confidence",
                "low");
    }

    private Map<?, ?> write(List<?> entities, List<?> claims) throws Exception {
        return (Map<?, ?>) context.runOn(Map.of("entities", entities, "claims", claims), "knowledge-graph");
    }

    private Statements said(String docId) {
        return ((MemoryLibrary) context.library()).said(docId).orElseThrow();
    }

    private List<String> edges(String docId) {
        return said(docId).edges().stream()
                .map(edge -> edge.source() + " " + edge.predicate() + " " + edge.target() + " "
                        + edge.place().start())
                .toList();
    }

    @Test
    void entitiesBecomeNodesMentionsAndEdges() throws Exception {
        Map<?, ?> receipt = write(
                List.of(
                        entity("document:d", "d"),
                        entity("gene:a", "d", place(3, 8, "dictionary"), place(20, 25, "dictionary")),
                        entity("gene:b", "d", place(9, 12, "dictionary")),
                        entity("person:p", "d", place(-1, -1, "structured")),
                        entity("person:q", "d", place(-1, -1, "structured"))),
                List.of(
                        claim("gene:a", "mentioned_with", "gene:b", 0),
                        claim("document:d", "authored_by", "person:p", -1),
                        claim("gene:a", "mentioned_with", "gene:b", 0)));
        assertThat(edges("d"))
                .containsExactlyInAnyOrder(
                        "gene:a mentioned_with gene:b 0",
                        "document:d authored_by person:p -1",
                        "document:d mentions gene:a 3",
                        "document:d mentions gene:b 9",
                        "document:d mentions person:q -1");
        assertThat(said("d").mentions())
                .contains(
                        new Mention("gene:a", new Place(20, 25, "dictionary", "exact")),
                        new Mention("person:p", new Place(-1, -1, "structured", "exact")),
                        new Mention("document:d", new Place(-1, -1, "structured", "exact")))
                .hasSize(6);
        assertThat(receipt.get("nodes_written")).isEqualTo(5);
        assertThat(receipt.get("edges_written")).isEqualTo(5L);
        assertThat(receipt.get("mentions_written")).isEqualTo(6L);
        assertThat(receipt.get("documents")).isEqualTo(List.of(Map.of("doc_id", "d", "nodes", 5, "edges", 5)));
        assertThat(context.library().part("d", "graph").orElseThrow().facts())
                .isEqualTo(Map.of("nodes", 5, "edges", 5));
    }

    @Test
    void theDocumentHasItsTitle() throws Exception {
        context.library().put(new Library.Part("d", "document", Map.of("title", "Of tides"), null));
        write(List.of(entity("gene:a", "d", place(0, 1, "pattern"))), List.of());
        assertThat(said("d").nodes()).extracting(Node::label).contains("Of tides");
    }

    @Test
    void aSecondRunReplacesWhatTheFirstSaid() throws Exception {
        List<?> some = List.of(entity("document:d", "d"), entity("gene:a", "d", place(0, 1, "pattern")));
        write(some, List.of());
        Statements first = said("d");
        write(some, List.of());
        assertThat(said("d")).isEqualTo(first);
        write(List.of(entity("document:d", "d")), List.of());
        assertThat(said("d").nodes()).extracting(Node::id).containsExactly("document:d");
    }

    @Test
    void eachDocumentSaysItsOwnAndSharedNodesCountOnce() throws Exception {
        Map<?, ?> receipt = write(
                List.of(entity("gene:a", "d", place(0, 1, "pattern")), entity("gene:a", "e", place(0, 1, "pattern"))),
                List.of());
        assertThat(receipt.get("nodes_written")).isEqualTo(3);
        assertThat(edges("e")).containsExactly("document:e mentions gene:a 0");
    }

    @Test
    void claimsAboutNothingAreDroppedAndCounted() throws Exception {
        write(List.of(entity("gene:a", "d", place(0, 1, "pattern"))), List.of(claim("gene:a", "cites", "gene:z", 0)));
        assertThat(said("d").edges()).extracting(Edge::predicate).containsExactly("mentions");
        assertThat(context.lines()).last().asString().endsWith("1 claim about entities that are not there: left out.");
    }

    @Test
    void inputMayBeInTheStateOrByStage() throws Exception {
        context.state("entities", List.of(entity("gene:a", "d")));
        context.state("claims", List.of());
        context.runOn(Map.of("chunks_indexed", 3), "knowledge-graph");
        assertThat(said("d").nodes()).hasSize(2);
        context.runOn(
                Map.of(
                        "index",
                        Map.of("chunks_indexed", 3),
                        "extract",
                        Map.of("entities", List.of(entity("gene:b", "f")))),
                "knowledge-graph");
        assertThat(edges("f")).containsExactly("document:f mentions gene:b -1");
    }

    @Test
    void wrongInputIsRefusedWithASentence() {
        assertThatThrownBy(() -> context.runOn(null, "knowledge-graph")).hasMessageContaining("extract must have run");
        assertThatThrownBy(() -> write(List.of("x"), List.of())).hasMessageContaining("an entity is not an object");
        assertThatThrownBy(() -> write(List.of(Map.of("id", "a:b")), List.of())).hasMessageContaining("no doc_id");
        assertThatThrownBy(() -> write(List.of(entity("a:" + "b".repeat(300), "d")), List.of()))
                .hasMessageContaining("more than 300 characters");
        assertThatThrownBy(() -> write(List.of(entity("x".repeat(65) + ":a", "d")), List.of()))
                .hasMessageContaining("from 1 to 64 characters");
    }

    @Test
    void whatTheLibraryWouldRefuseIsShortened() throws Exception {
        Map<String, Object> large = Map.of("big", "x".repeat(6_000), "small", 1);
        write(
                List.of(Map.of("id", "a:b", "type", "a", "label", "🐟".repeat(400), "doc_id", "d", "facts", large)),
                List.of());
        Map<String, Node> nodes = said("d").nodes().stream().collect(Collectors.toMap(Node::id, Function.identity()));
        assertThat(nodes.get("a:b").label()).hasSize(500).endsWith("🐟");
        assertThat(nodes.get("a:b").facts()).isEqualTo(Map.of("small", 1));
    }

    @Test
    void aDocumentSaysNoMoreThanTheLibraryTakes() throws Exception {
        Object[] places = IntStream.range(0, 40_000)
                .mapToObj(i -> place(i, i + 1, "pattern"))
                .toArray();
        Map<?, ?> receipt = write(
                List.of(entity("a:1", "d", places), entity("a:2", "d", places), entity("a:3", "d", places)), List.of());
        assertThat(receipt.get("mentions_written")).isEqualTo(99_991L);
        assertThat(said("d").mentions())
                .filteredOn(mention -> mention.node().equals("a:3"))
                .hasSize(33_330);
        assertThat(context.lines()).last().asString().contains("20010 more mentions: left out");
        List<?> many =
                IntStream.range(0, 40_000).mapToObj(i -> entity("a:" + i, "d")).toList();
        assertThatThrownBy(() -> write(many, List.of())).hasMessageContaining("lower max_entities or max_pairs");
    }
}
