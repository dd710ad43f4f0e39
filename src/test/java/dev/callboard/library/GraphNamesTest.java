package dev.callboard.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.library.LibraryMessages.FindNodes;
import dev.callboard.library.LibraryMessages.GetGraph;
import dev.callboard.library.LibraryMessages.GraphReply;
import dev.callboard.library.LibraryMessages.NodeView;
import dev.callboard.spi.Library;
import dev.callboard.spi.Library.Edge;
import dev.callboard.spi.Library.Node;
import dev.callboard.spi.Library.Place;
import dev.callboard.spi.Library.Statements;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes are found by their names, and know how many edges they have. */
class GraphNamesTest extends LibraryFixture {
    private static final Place HERE = new Place(3, 9, "dictionary", "exact");

    private GraphWalk walk;

    @BeforeEach
    void begin() throws IOException {
        walk = new GraphWalk(new GraphQueryRepository(database), libraries.counts());
    }

    private Library library(String project) {
        return libraries.library(project, "task", line -> {});
    }

    private static Node node(String id, String label) {
        return new Node(id, id.substring(0, id.indexOf(':')), label, Map.of());
    }

    private static Edge edge(String source, String target) {
        return new Edge(source, "mentioned_with", target, HERE);
    }

    private static Statements said(List<Node> nodes, Edge... edges) {
        return new Statements(nodes, List.of(), List.of(edges));
    }

    private List<String> found(String name, String type, String project) {
        return await(walk.find(new FindNodes(name, type, 10, project))).nodes().stream()
                .map(NodeView::id)
                .toList();
    }

    private List<String> found(String name) {
        return found(name, null, null);
    }

    private Map<String, Long> degrees(String project) {
        Map<String, Long> degrees = new java.util.TreeMap<>();
        await(walk.around(new GetGraph(null, 1, null, 100, project)))
                .nodes()
                .forEach(node -> degrees.put(node.id(), node.degree()));
        return degrees;
    }

    @Test
    void aNodeIsFoundByTheBeginningsOfItsWordsInAnyCase() throws IOException {
        library("p")
                .say(
                        "one",
                        said(
                                List.of(
                                        node("disease:rvf", "Rift Valley fever"),
                                        node("disease:fever", "Fever"),
                                        node("disease:dengue", "Dengue-fever (severe)"),
                                        node("place:strasse", "Straße des 17. Juni"),
                                        node("virus:x", "裂谷热病毒"),
                                        node("doi:10.1371/journal.pntd.0002065", "A paper")),
                                edge("disease:rvf", "disease:dengue"),
                                edge("disease:dengue", "virus:x")));
        assertThat(found("fever")).containsExactly("disease:fever", "disease:dengue", "disease:rvf");
        assertThat(found("FEV")).containsExactly("disease:dengue", "disease:rvf", "disease:fever");
        assertThat(found("fever ri")).containsExactly("disease:rvf");
        assertThat(found("dengue-fever")).containsExactly("disease:dengue");
        assertThat(found("STRASSE 17")).containsExactly("place:strasse");
        assertThat(found("裂谷")).containsExactly("virus:x");
        assertThat(found("doi:10.1371/JOURNAL")).containsExactly("doi:10.1371/journal.pntd.0002065");
        assertThat(found("ever")).isEmpty();
        assertThat(found("fever%")).hasSize(3);
        assertThat(found("fever", "disease", "p")).hasSize(3);
        assertThat(found("fever", "virus", "p")).isEmpty();
        assertThat(found("fever", null, "")).isEmpty();
        assertThatThrownBy(() -> found("?!")).hasMessageContaining("no letter or digit");
    }

    @Test
    void theTotalCountsAllThatMatchAndNotWhatIsShown() throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            nodes.add(node((i % 3 == 0 ? "place:rift-" : "virus:rift-") + i, "Rift rift number " + i));
        }
        nodes.add(node("rift:x", "Another"));
        library("p").say("one", said(nodes));
        library("q").say("one", said(nodes));
        GraphReply reply = await(walk.find(new FindNodes("rift", null, 10, null)));
        assertThat(reply.nodes()).hasSize(10);
        assertThat(reply.total()).as("each once, in two projects").isEqualTo(31);
        assertThat(await(walk.find(new FindNodes("rift", "place", 4, "p"))).total())
                .isEqualTo(10);
        assertThat(await(walk.find(new FindNodes("virus:rift-1", null, 4, "p"))).total())
                .as("ids and words together")
                .isEqualTo(8);
        assertThat(await(walk.find(new FindNodes("nothing", null, 4, "p"))).total())
                .isZero();
    }

    @Test
    void anotherLabelAnotherNameAndARemovedNodeNone() throws IOException {
        library("p").say("one", said(List.of(node("gene:a", "Old name"))));
        library("q").say("one", said(List.of(node("gene:a", "Old name"))));
        library("p").say("one", said(List.of(node("gene:a", "New name"))));
        assertThat(found("old", null, "p")).isEmpty();
        assertThat(found("new", null, "p")).containsExactly("gene:a");
        assertThat(found("name")).as("in two projects").containsExactly("gene:a");
        library("p").say("one", said(List.of(node("gene:b", "Another"))));
        assertThat(found("new")).isEmpty();
        assertThat(found("old")).containsExactly("gene:a");
    }

    @Test
    void aNodeKnowsHowManyEdgesItHas() throws IOException {
        List<Node> nodes = List.of(node("a:1", "A"), node("b:2", "B"), node("c:3", "C"));
        library("p").say("one", said(nodes, edge("a:1", "b:2"), edge("a:1", "c:3"), edge("a:1", "b:2")));
        library("p").say("two", said(nodes, edge("b:2", "b:2")));
        library("q").say("one", said(nodes, edge("a:1", "b:2")));
        assertThat(degrees("p")).isEqualTo(Map.of("a:1", 2L, "b:2", 3L, "c:3", 1L));
        assertThat(degrees(null)).isEqualTo(Map.of("a:1", 3L, "b:2", 4L, "c:3", 1L));
        library("p").say("one", said(nodes, edge("c:3", "b:2")));
        library("p").say("one", said(nodes, edge("c:3", "b:2")));
        assertThat(degrees("p")).isEqualTo(Map.of("a:1", 0L, "b:2", 3L, "c:3", 1L));
        library("p").say("two", said(List.of()));
        assertThat(degrees("p")).isEqualTo(Map.of("a:1", 0L, "b:2", 1L, "c:3", 1L));
    }

    private long total(String project, String type) {
        return await(walk.around(new GetGraph(null, 1, type, 1, project))).total();
    }

    @Test
    void allNodesAreCountedAnewAfterEachWriteAndNotBefore() throws IOException {
        List<Node> nodes = List.of(node("a:1", "A"), node("b:2", "B"));
        library("p").say("one", said(nodes));
        library("q").say("one", said(nodes));
        assertThat(total(null, null)).as("the same in two projects is one").isEqualTo(2);
        assertThat(total("p", "a")).isEqualTo(1);
        await(
                database.write(
                        transaction -> transaction.execute(
                                "INSERT INTO graph_nodes (project_id, node_id, node_type, label, facts) VALUES ('p', 'a:3', 'a', 'C', '{}')")));
        assertThat(total(null, null)).as("written by nobody that is known").isEqualTo(2);
        library("q").say("one", said(List.of()));
        assertThat(total(null, null)).isEqualTo(3);
        assertThat(total("p", "a")).isEqualTo(2);
        assertThat(total("q", null)).isZero();
    }

    @Test
    void theMostConnectedComeFirstAndThoseThatAreEquallyConnectedByTheirIds() throws IOException {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            nodes.add(node("n:" + (char) ('a' + i), "Node " + i));
            edges.add(edge("n:" + (char) ('a' + i), i % 2 == 0 ? "n:t" : "n:a"));
        }
        library("p").say("one", said(nodes, edges.toArray(Edge[]::new)));
        for (String project : new String[] {"p", null}) {
            assertThat(await(walk.around(new GetGraph(null, 1, "n", 4, project)))
                            .nodes())
                    .extracting(NodeView::id)
                    .containsExactly("n:a", "n:t", "n:b", "n:c");
        }
    }

    @Test
    void nodesOfAnEarlierVersionGetTheirNames() throws IOException {
        library("p").say("one", said(List.of(node("gene:a", "Alpha"), node("gene:b", "Beta"))));
        await(database.write(transaction -> transaction
                .execute("DELETE FROM graph_node_words WHERE node_id = ?", Tuple.of("gene:a"))
                .compose(gone -> transaction.execute(
                        "UPDATE graph_nodes SET named_by = 0 WHERE node_id = ?", Tuple.of("gene:a")))));
        assertThat(found("alpha")).isEmpty();
        GraphNameRepository names = new GraphNameRepository(database);
        assertThat(await(names.fill())).isFalse();
        assertThat(found("alpha")).containsExactly("gene:a");
        assertThat(found("beta")).containsExactly("gene:b");
        await(database.write(transaction -> transaction
                .execute("DELETE FROM graph_node_words", Tuple.tuple())
                .compose(gone -> transaction.execute("UPDATE graph_nodes SET named_by = 0", Tuple.tuple()))));
        library("p").say("one", said(List.of(node("gene:a", "Alpha"))));
        assertThat(found("alpha")).as("said again before").containsExactly("gene:a");
    }

    @Test
    void theFirstTextAfterAllThatBeginSo() {
        assertThat(GraphNames.after("AB")).isEqualTo("AC");
        assertThat(GraphNames.after("A\uD7FF")).isEqualTo("A\uE000");
        assertThat(GraphNames.after("\uD83E\uDD9F")).isEqualTo("\uD83E\uDDA0");
        assertThat(GraphNames.asked("a".repeat(300))).containsExactly("A".repeat(100));
        assertThat(GraphNames.asked(" -- ")).isEmpty();
    }
}
