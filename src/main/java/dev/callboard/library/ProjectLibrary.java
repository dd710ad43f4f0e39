package dev.callboard.library;

import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.spi.Forms;
import dev.callboard.spi.Library;
import dev.callboard.store.BlobFolder;
import dev.callboard.store.Blocking;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The library of one project, for the threads of stages: checks what they give and waits for the database. */
final class ProjectLibrary implements Library {
    private static final int MAX_DOC_ID = 200;
    private static final int MAX_NODE_ID = 300;
    private static final int MAX_WORD = 64;
    private static final int MAX_LABEL = 500;
    private static final int MAX_FACTS = 20_000;
    private static final int MAX_NODE_FACTS = 5_000;

    /** What one document may say, so that it is written in one transaction that others can wait for. */
    private static final int MAX_STATEMENTS = 100_000;

    private final DocumentRepository documents;
    private final GraphRepository graph;
    private final String project;
    private final String taskId;
    private final Consumer<String> log;
    private final Clock clock;

    ProjectLibrary(
            DocumentRepository documents,
            GraphRepository graph,
            String project,
            String taskId,
            Consumer<String> log,
            Clock clock) {
        this.documents = documents;
        this.graph = graph;
        this.project = project;
        this.taskId = taskId;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void put(Part part) throws IOException {
        require(part.docId(), "the document's id", MAX_DOC_ID);
        if (!Forms.STATE_KEY.matcher(part.name()).matches()) {
            throw new IllegalArgumentException("the part '" + part.name() + "' does not match " + Forms.STATE_KEY);
        }
        if (part.blob() != null && !BlobFolder.isSha256(part.blob())) {
            throw new IllegalArgumentException("the blob of the part '" + part.name() + "' is no SHA-256");
        }
        boolean kept = Blocking.await(documents.put(
                project,
                taskId,
                new Part(part.docId(), part.name(), facts(part.facts(), MAX_FACTS, "of the part"), part.blob()),
                clock.instant()));
        if (!kept) {
            removed(part.docId(), "its part '" + part.name() + "'");
        }
    }

    private void removed(String docId, String what) {
        log.accept("The document '" + docId + "' was removed after this task began: " + what
                + " is not kept. A new task can read it again.");
    }

    private static void require(String text, String what, int most) {
        if (text.isBlank() || text.length() > most || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " must have from 1 to " + most + " characters and no NUL");
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // A map is copied to a map.
    private static Map<String, Object> facts(Map<String, Object> facts, long most, String whose) {
        try {
            return (Map<String, Object>) JsonShape.copy(facts, most);
        } catch (WrongShapeException e) {
            throw new IllegalArgumentException("the facts " + whose + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Part> part(String docId, String name) throws IOException {
        return Blocking.await(documents.part(project, docId, name));
    }

    @Override
    public List<Part> parts(String name) throws IOException {
        return Blocking.await(documents.parts(project, name));
    }

    @Override
    public long revision() throws IOException {
        return Blocking.await(documents.revision(project));
    }

    @Override
    public void say(String docId, Statements statements) throws IOException {
        require(docId, "the document's id", MAX_DOC_ID);
        int all = statements.nodes().size()
                + statements.mentions().size()
                + statements.edges().size();
        if (all > MAX_STATEMENTS) {
            throw new IllegalArgumentException(
                    "a document may say at most " + MAX_STATEMENTS + " nodes, mentions and edges, and not " + all);
        }
        Set<String> ids = new HashSet<>();
        for (Node node : statements.nodes()) {
            require(node.id(), "a node's id", MAX_NODE_ID);
            require(node.type(), "a node's type", MAX_WORD);
            require(node.label(), "a node's label", MAX_LABEL);
            if (!ids.add(node.id())) {
                throw new IllegalArgumentException("the node '" + node.id() + "' is a duplicate");
            }
        }
        statements.mentions().forEach(mention -> {
            requireNode(ids, mention.node());
            require(mention.place());
        });
        for (Edge edge : statements.edges()) {
            requireNode(ids, edge.source());
            requireNode(ids, edge.target());
            require(edge.predicate(), "a predicate", MAX_WORD);
            require(edge.place());
        }
        List<Node> nodes = statements.nodes().stream()
                .map(node -> new Node(
                        node.id(), node.type(), node.label(), facts(node.facts(), MAX_NODE_FACTS, "of a node")))
                .toList();
        boolean kept = Blocking.await(
                graph.say(project, taskId, docId, new Statements(nodes, statements.mentions(), statements.edges())));
        if (!kept) {
            removed(docId, "what it says");
        }
    }

    private static void requireNode(Set<String> ids, String id) {
        if (!ids.contains(id)) {
            throw new IllegalArgumentException("the node '" + id + "' is not among those that are put with it");
        }
    }

    private static void require(Place place) {
        require(place.method(), "a method", MAX_WORD);
        require(place.confidence(), "a confidence class", MAX_WORD);
    }
}
