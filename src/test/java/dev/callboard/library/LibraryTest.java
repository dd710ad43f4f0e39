package dev.callboard.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.audit.AuditRepository;
import dev.callboard.library.LibraryMessages.DocumentView;
import dev.callboard.library.LibraryMessages.DocumentsReply;
import dev.callboard.library.LibraryMessages.FindPath;
import dev.callboard.library.LibraryMessages.GetGraph;
import dev.callboard.library.LibraryMessages.GraphReply;
import dev.callboard.library.LibraryMessages.ListDocuments;
import dev.callboard.library.LibraryMessages.NodeView;
import dev.callboard.problem.Ids;
import dev.callboard.problem.ProblemException;
import dev.callboard.spi.Library;
import dev.callboard.spi.Library.Edge;
import dev.callboard.spi.Library.Mention;
import dev.callboard.spi.Library.Node;
import dev.callboard.spi.Library.Part;
import dev.callboard.spi.Library.Place;
import dev.callboard.spi.Library.Statements;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stages keep of documents, and what lists and the graph show of it. */
class LibraryTest extends LibraryFixture {
    private static final String BLOB = "a".repeat(64);
    private static final Place HERE = new Place(3, 9, "dictionary", "exact");

    private GraphQueryRepository graph;

    @BeforeEach
    void begin() throws IOException {
        graph = new GraphQueryRepository(database);
    }

    private Library library(String project) {
        return libraries.library(project, "task-" + project, line -> {});
    }

    private static Part part(String docId, String name, Map<String, Object> facts) {
        return new Part(docId, name, facts, BLOB);
    }

    private DocumentsReply list(String text, String project, int limit, String after) {
        return await(new DocumentQueryRepository(database).list(new ListDocuments(text, project, limit, after)));
    }

    private List<String> listed(String text, String project) {
        return list(text, project, 50, null).documents().stream()
                .map(DocumentView::docId)
                .toList();
    }

    private void remove(String docId, String project) {
        await(libraries
                .documents()
                .remove(docId, project, new AuditRepository(bus, database, new Ids(clock)), clock.instant()));
    }

    @Test
    void whatStagesTellOfADocumentIsThereSideBySide() throws IOException {
        library("p").put(part("one", "document", Map.of("title", "Rift Valley fever", "media_type", "text/plain")));
        library("p").put(new Part("one", "chunks", Map.of("chunks", 12), null));
        DocumentView view = await(new DocumentQueryRepository(database).get("one", null));
        assertThat(view.facts()).containsEntry("title", "Rift Valley fever").containsEntry("chunks", 12);
        assertThat(view.parts()).containsEntry("document", BLOB).containsEntry("chunks", null);
        assertThat(view.project()).isEqualTo("p");
        assertThat(view.taskId()).isEqualTo("task-p");
        assertThat(library("p").part("one", "chunks").orElseThrow().facts()).isEqualTo(Map.of("chunks", 12));
        assertThat(library("").part("one", "chunks")).isEmpty();
    }

    @Test
    void theRevisionMovesWithChangesAlone() throws IOException {
        Library library = library("p");
        assertThat(library.revision()).isZero();
        library.put(part("one", "document", Map.of("title", "A")));
        long first = library.revision();
        library.put(part("one", "document", Map.of("title", "A")));
        assertThat(library.revision()).isEqualTo(first);
        library.put(part("one", "document", Map.of("title", "B")));
        long second = library.revision();
        assertThat(second).isNotEqualTo(first);
        assertThat(library("").revision()).isZero();
        remove("one", null);
        assertThat(library.revision()).isNotEqualTo(second);
    }

    @Test
    void documentsAreListedNewestFirstInPages() throws IOException {
        for (int i = 0; i < 5; i++) {
            library("").put(part("doc-" + i, "document", Map.of("title", "Paper number " + i)));
            clock.forward(Duration.ofSeconds(1));
        }
        library("p").put(part("doc-9", "document", Map.of("title", "Of a project")));
        DocumentsReply first = list(null, "", 2, null);
        assertThat(first.documents()).extracting(DocumentView::docId).containsExactly("doc-4", "doc-3");
        DocumentsReply second = list(null, "", 2, first.next());
        assertThat(second.documents()).extracting(DocumentView::docId).containsExactly("doc-2", "doc-1");
        DocumentsReply third = list(null, "", 2, second.next());
        assertThat(third.documents()).extracting(DocumentView::docId).containsExactly("doc-0");
        assertThat(third.next()).isNull();
        assertThat(listed("NUMBER 3", null)).containsExactly("doc-3");
        assertThat(listed(null, null)).hasSize(6);
        assertThatThrownBy(() -> list(null, null, 2, "?")).isInstanceOf(ProblemException.class);
    }

    private static Node node(String id) {
        return new Node(id, id.substring(0, id.indexOf(':')), id.toUpperCase(Locale.ROOT), Map.of());
    }

    private static Statements statements(List<String> nodes, List<Edge> edges) {
        return new Statements(
                nodes.stream().map(LibraryTest::node).toList(),
                nodes.stream().map(node -> new Mention(node, HERE)).toList(),
                edges);
    }

    private static Edge edge(String source, String target) {
        return new Edge(source, "mentioned_with", target, HERE);
    }

    private List<String> all(String project) {
        return around(new GetGraph(null, 1, null, 100, project)).nodes().stream()
                .map(NodeView::id)
                .sorted()
                .toList();
    }

    private GraphReply around(GetGraph ask) {
        return await(new GraphWalk(graph, libraries.counts()).around(ask));
    }

    @Test
    void sayingTheSameTwiceChangesNothingAndANodeThatNobodyMentionsIsGone() throws IOException {
        Library library = library("");
        Statements said = statements(List.of("gene:a", "gene:b"), List.of(edge("gene:a", "gene:b")));
        library.say("one", said);
        library.say("one", said);
        library.say("two", statements(List.of("gene:b", "drug:c"), List.of(edge("gene:b", "drug:c"))));
        GraphReply reply = around(new GetGraph(null, 1, null, 100, ""));
        assertThat(reply.nodes()).extracting(NodeView::id).containsExactly("gene:b", "drug:c", "gene:a");
        assertThat(reply.nodes().get(0).degree()).isEqualTo(2);
        assertThat(reply.nodes().get(0).documents()).isEqualTo(2);
        assertThat(reply.edges()).hasSize(2);
        assertThat(reply.edges().get(0).place()).isEqualTo(HERE);
        library.say("one", statements(List.of("gene:b"), List.of()));
        assertThat(all("")).containsExactly("drug:c", "gene:b");
        library.put(part("two", "document", Map.of()));
        remove("two", "");
        assertThat(all("")).containsExactly("gene:b");
        assertThat(around(new GetGraph(null, 1, null, 100, "")).edges()).isEmpty();
    }

    @Test
    void theGraphIsWalkedFromANode() throws IOException {
        Library library = library("p");
        library.say(
                "one",
                statements(
                        List.of("a:1", "b:2", "c:3", "d:4", "e:5"),
                        List.of(edge("a:1", "b:2"), edge("c:3", "b:2"), edge("c:3", "d:4"))));
        assertThat(around(new GetGraph("a:1", 1, null, 100, "p")).nodes())
                .extracting(NodeView::id)
                .containsExactlyInAnyOrder("a:1", "b:2");
        assertThat(around(new GetGraph("a:1", 3, "d", 100, null)).nodes())
                .extracting(NodeView::id)
                .containsExactlyInAnyOrder("a:1", "d:4");
        assertThat(around(new GetGraph("a:1", 3, null, 2, "p")).nodes()).hasSize(2);
        GraphReply way = await(new GraphWalk(graph, libraries.counts()).path(new FindPath("a:1", "d:4", null)));
        assertThat(way.nodes()).extracting(NodeView::id).containsExactly("a:1", "b:2", "c:3", "d:4");
        assertThat(way.edges()).hasSize(3);
        assertThat(await(new GraphWalk(graph, libraries.counts()).path(new FindPath("a:1", "e:5", "p")))
                        .nodes())
                .isEmpty();
        assertThatThrownBy(() -> around(new GetGraph("a:1", 1, null, 100, "")))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("There is no node 'a:1'");
    }

    @Test
    void aDocumentOfSeveralProjectsIsRemovedFromTheOneThatIsMeant() throws IOException {
        library("p").put(part("one", "document", Map.of()));
        library("q").put(part("one", "document", Map.of()));
        assertThatThrownBy(() -> remove("one", null)).hasMessageContaining("project=ID");
        remove("one", "p");
        assertThat(await(new DocumentQueryRepository(database).get("one", null)).project())
                .isEqualTo("q");
        assertThatThrownBy(() -> remove("one", "p")).hasMessageContaining("There is no document 'one'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x\0y"})
    void whatIsNoDocumentIsRefused(String docId) {
        assertThatThrownBy(() -> library("").put(part(docId, "document", Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNotLikeThatIsRefusedAndNothingOfItIsKept() {
        Library library = library("");
        assertThatThrownBy(() -> library.put(part("one", "not a name", Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> library.put(new Part("one", "document", Map.of(), "no hash")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> library.put(part("one", "document", Map.of("text", "x".repeat(30_000)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> library.say("one", statements(List.of("a:1", "a:1"), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("duplicate");
        assertThatThrownBy(() -> library.say("one", statements(List.of("a:1"), List.of(edge("a:1", "b:2")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'b:2'");
        assertThat(listed(null, null)).isEmpty();
        assertThat(all("")).isEmpty();
    }

    @Test
    void pluginsAndProjectsHaveFoldersOfTheirOwn() {
        assertThat(libraries.folder(null, "p")).isEmpty();
        assertThat(libraries.folder("documents", "").orElseThrow())
                .isEqualTo(dir.resolve("plugin-data/documents/shared"));
        assertThat(libraries.folder("../Up", "p").orElseThrow().toString()).doesNotContain("..");
        assertThat(libraries.folder("a b", "p")).isNotEqualTo(libraries.folder("a_b", "p"));
    }
}
