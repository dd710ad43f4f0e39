package dev.callboard.library;

import dev.callboard.bus.Address;
import dev.callboard.bus.Topic;
import dev.callboard.spi.Library;
import dev.callboard.taskmodel.TaskStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the library answers and publishes. A project is an id, empty for tasks without one, null for all projects. */
public final class LibraryMessages {
    /** Lists documents. */
    public static final Address<ListDocuments, DocumentsReply> LIST =
            new Address<>("library.documents.list", ListDocuments.class, DocumentsReply.class);

    /** Reads a document. */
    public static final Address<GetDocument, DocumentReply> GET =
            new Address<>("library.document.get", GetDocument.class, DocumentReply.class);

    /** Removes a document. */
    public static final Address<RemoveDocument, DocumentRemoved> REMOVE =
            new Address<>("library.document.remove", RemoveDocument.class, DocumentRemoved.class);

    /** Searches. */
    public static final Address<Search, SearchReply> SEARCH =
            new Address<>("library.search", Search.class, SearchReply.class);

    /** Reads a part of the graph. */
    public static final Address<GetGraph, GraphReply> GRAPH =
            new Address<>("library.graph.get", GetGraph.class, GraphReply.class);

    /** Finds nodes by their names. */
    public static final Address<FindNodes, GraphReply> FIND =
            new Address<>("library.graph.find", FindNodes.class, GraphReply.class);

    /** Finds a way between two nodes. */
    public static final Address<FindPath, GraphReply> PATH =
            new Address<>("library.graph.path", FindPath.class, GraphReply.class);

    /** Reads the whole graph, piece by piece. */
    public static final Address<ReadGraph, GraphPiece> READ =
            new Address<>("library.graph.read", ReadGraph.class, GraphPiece.class);

    /** Documents of a project changed; stored before this is published. */
    public static final Topic<LibraryChanged> CHANGED = new Topic<>("library.changed", LibraryChanged.class);

    /** How long a search may take, in milliseconds: the first one starts the plugin's process and may make its index anew. */
    public static final long SEARCH_MS = 60_000;

    private LibraryMessages() {}

    /**
     * Asks for documents, newest first.
     *
     * @param text is in the id or in a text among the facts ({@link DocumentText})
     * @param after the {@code next} of the page before
     */
    public record ListDocuments(@Nullable String text, @Nullable String project, int limit, @Nullable String after) {}

    /** Documents. */
    public record DocumentsReply(List<DocumentView> documents, @Nullable String next) {
        /** Copies. */
        public DocumentsReply {
            documents = List.copyOf(documents);
        }
    }

    /** Asks for a document: the newest of that id. */
    public record GetDocument(String docId, @Nullable String project) {}

    /** A document. */
    public record DocumentReply(DocumentView document) {}

    /**
     * A document.
     *
     * @param taskId the task that wrote of it last
     * @param taskStatus where that task is; null when there is no such task
     * @param facts what its parts tell, side by side
     * @param parts name to blob, null when the facts are all
     */
    public record DocumentView(
            String docId,
            String project,
            String taskId,
            @Nullable TaskStatus taskStatus,
            Instant updatedAt,
            Map<String, @Nullable Object> facts,
            Map<String, @Nullable String> parts) {
        /** Copies. */
        public DocumentView {
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
            parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        }

        /** Whether the task that wrote of it last has done all that it was to do: else parts may be missing, or of an earlier task. */
        public boolean isComplete() {
            return taskStatus == null || taskStatus == TaskStatus.COMPLETED;
        }
    }

    /** Removes a document from search, lists and graph. */
    public record RemoveDocument(String docId, @Nullable String project) {}

    /** It is gone. */
    public record DocumentRemoved(String docId) {}

    /**
     * Searches.
     *
     * @param mode {@code hybrid}, {@code text} or {@code vector}
     * @param from how many passages to leave out
     * @param facets which passages are wanted: those that have one of the values of each facet that is named here
     */
    public record Search(
            String text, @Nullable String project, String mode, int from, int limit, Map<String, List<String>> facets) {
        /** Copies. */
        public Search {
            facets = Map.copyOf(facets);
        }
    }

    /**
     * Passages, the best first.
     *
     * @param items as the plugin gave them, with the task and the project of each
     * @param nearest how many of the total are there for their meaning alone
     * @param mode how it was searched
     * @param facets property of documents to its values, the most frequent first
     * @param countsExact false when a search with a value of a facet may find more than is counted of it here, never fewer
     */
    public record SearchReply(
            List<Map<String, @Nullable Object>> items,
            long total,
            long nearest,
            String mode,
            Map<String, List<Facet>> facets,
            boolean countsExact,
            List<String> warnings) {
        /** Copies. */
        public SearchReply {
            items = List.copyOf(items);
            facets = Map.copyOf(facets);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * How many passages have a value.
     *
     * @param title what people call the value, null when that is the value itself
     */
    public record Facet(String value, @Nullable String title, long count) {}

    /**
     * Asks for the surroundings of a node, or the most connected nodes.
     *
     * @param node null for the most connected
     * @param depth how many edges away
     * @param type of the nodes, null for any
     * @param limit the most nodes
     */
    public record GetGraph(
            @Nullable String node, int depth, @Nullable String type, int limit, @Nullable String project) {}

    /**
     * Finds nodes, without their edges.
     *
     * @param name the beginnings of words of the node's label, or of its id
     * @param type of the nodes, null for any
     * @param limit the most nodes
     */
    public record FindNodes(String name, @Nullable String type, int limit, @Nullable String project) {}

    /** Finds the shortest way along edges of any direction. */
    public record FindPath(String from, String to, @Nullable String project) {}

    /**
     * Nodes and the edges between them.
     *
     * @param total how many nodes there are to choose from: of a name, those that match
     */
    public record GraphReply(List<NodeView> nodes, List<EdgeView> edges, long total) {
        /** Copies. */
        public GraphReply {
            nodes = List.copyOf(nodes);
            edges = List.copyOf(edges);
        }
    }

    /**
     * A node.
     *
     * @param degree how many edges it has
     * @param documents how many documents speak of it
     */
    public record NodeView(
            String id, String type, String label, long degree, long documents, Map<String, @Nullable Object> facts) {
        /** Copies. */
        public NodeView {
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }
    }

    /** An edge, and where it was found. */
    public record EdgeView(String source, String predicate, String target, String docId, Library.Place place) {}

    /**
     * Asks for a piece of the graph.
     *
     * @param edges whether edges are meant, else nodes
     * @param after the {@code next} of the piece before
     */
    public record ReadGraph(boolean edges, @Nullable String project, @Nullable String after) {}

    /**
     * Nodes or edges; degrees and numbers of documents are not counted.
     *
     * @param next null at the end
     */
    public record GraphPiece(List<NodeView> nodes, List<EdgeView> edges, @Nullable String next) {
        /** Copies. */
        public GraphPiece {
            nodes = List.copyOf(nodes);
            edges = List.copyOf(edges);
        }
    }

    /** Documents of a project changed. */
    public record LibraryChanged(String project) {}
}
