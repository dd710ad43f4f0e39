package dev.callboard.spi;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The documents of one project, beyond the tasks that read them: what stages keep of each, and the graph of what these documents
 * say. All is kept by the server's database; what is written is on the disk when a call returns, and writing the same again
 * changes nothing. Calls block.
 *
 * @since 1.2
 */
public interface Library {
    /** Has nothing and keeps nothing, as in a trial of a stage. */
    Library NONE = new NoLibrary();

    /**
     * What is kept of a document under a name.
     *
     * @param docId the document, at most 200 characters
     * @param name of the part, of the form {@link Forms#STATE_KEY}, such as {@code chunks}
     * @param facts shown to people beside the document, those of all parts side by side; JSON-shaped, at most 20,000 characters
     * @param blob the SHA-256 of the rest, which is kept as long as the part is; null when the facts are all
     */
    record Part(String docId, String name, Map<String, Object> facts, String blob) {
        /** Copies the facts. */
        public Part {
            Objects.requireNonNull(docId, "docId is null");
            Objects.requireNonNull(name, "name is null");
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }
    }

    /**
     * A thing that documents speak of.
     *
     * @param id the same wherever the same thing is meant, such as {@code gene:brca1}; at most 300 characters
     * @param type such as {@code gene}
     * @param label what people call it, at most 500 characters
     * @param facts JSON-shaped, at most 5,000 characters; those of the last document that wrote it are kept
     */
    record Node(String id, String type, String label, Map<String, Object> facts) {
        /** Copies the facts. */
        public Node {
            Objects.requireNonNull(id, "id is null");
            Objects.requireNonNull(type, "type is null");
            Objects.requireNonNull(label, "label is null");
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }
    }

    /**
     * Where a document says something.
     *
     * @param start code point offset into the document's text, or -1 when it is no part of the text
     * @param end offset after its last code point, or -1
     * @param method how it was found, such as {@code dictionary}
     * @param confidence a class, such as {@code exact}
     */
    record Place(int start, int end, String method, String confidence) {
        /** Checks that all are there. */
        public Place {
            Objects.requireNonNull(method, "method is null");
            Objects.requireNonNull(confidence, "confidence is null");
        }
    }

    /**
     * A node is spoken of.
     *
     * @param node the id of one of the nodes that are put with it
     */
    record Mention(String node, Place place) {}

    /**
     * A node stands in a relation to another.
     *
     * @param source the id of one of the nodes that are put with it
     * @param predicate such as {@code mentioned_with}
     * @param target as {@code source}
     */
    record Edge(String source, String predicate, String target, Place place) {}

    /**
     * All that one document says.
     *
     * @param nodes each id once
     */
    record Statements(List<Node> nodes, List<Mention> mentions, List<Edge> edges) {
        /** Copies the lists. */
        public Statements {
            nodes = List.copyOf(nodes);
            mentions = List.copyOf(mentions);
            edges = List.copyOf(edges);
        }
    }

    /**
     * Keeps a part of a document, instead of what it had under that name. Of a document that somebody removed after the task
     * began nothing is kept, and the task's log says so.
     *
     * @throws IllegalArgumentException when it is not as {@link Part} says
     */
    void put(Part part) throws IOException;

    /** A part of a document. */
    Optional<Part> part(String docId, String name) throws IOException;

    /** The parts of that name, of all documents, in the order of their ids. */
    List<Part> parts(String name) throws IOException;

    /** Another number after each change of a part and each removal of a document; what was made of parts can be compared by it. */
    long revision() throws IOException;

    /**
     * Keeps what a document says, instead of all that it said before. A node that no document mentions any more is gone. Of a
     * document that was removed after the task began nothing is kept, as with {@link #put}.
     *
     * @throws IllegalArgumentException when it is not as {@link Statements} says
     */
    void say(String docId, Statements statements) throws IOException;
}
