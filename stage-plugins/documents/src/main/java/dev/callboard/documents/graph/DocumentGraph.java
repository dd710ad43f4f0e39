package dev.callboard.documents.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.Library.Edge;
import dev.callboard.spi.Library.Mention;
import dev.callboard.spi.Library.Node;
import dev.callboard.spi.Library.Place;
import dev.callboard.spi.Library.Statements;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one document says, as nodes, mentions and edges:
 *
 * <ul>
 *   <li>a node for the document itself, {@code document:<doc_id>}, and one for each entity;
 *   <li>a mention of each node for each of its places; an entity of a field, and the document itself, is mentioned at no place;
 *   <li>an edge {@code mentions} from the document to each entity of its text, at the first place;
 *   <li>an edge for each claim, at the place of its quote. A claim about an entity that is not there is dropped and counted.
 * </ul>
 */
final class DocumentGraph {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MENTIONS = "mentions";
    private static final String DOCUMENT = "document";
    private static final Place NOWHERE = new Place(-1, -1, "structured", "exact");

    /** As {@link Node} has them. */
    private static final int LONGEST_ID = 300;

    private static final int LONGEST_LABEL = 500;
    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_FACTS = 5_000;

    /** Nodes, mentions and edges of one document, which the server writes at once. */
    static final int MOST_STATEMENTS = 100_000;

    private final String docId;
    private final String itself;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<Place>> places = new LinkedHashMap<>();
    private final List<Edge> claims = new ArrayList<>();
    private long dropped;
    private long unmentioned;

    DocumentGraph(String docId) {
        this.docId = docId;
        this.itself = DOCUMENT + ":" + docId;
    }

    String docId() {
        return docId;
    }

    /** How many claims were dropped, once {@link #statements} was asked. */
    long dropped() {
        return dropped;
    }

    /** How many mentions were left out, for a document may say so much and no more, once {@link #statements} was asked. */
    long unmentioned() {
        return unmentioned;
    }

    /** Adds an entity, or places of one that is there. */
    void addEntity(Map<?, ?> entity) throws StageFailure {
        String id = Extracted.text(entity, "id", "entity");
        String type = word(Extracted.text(entity, "type", "entity"));
        if (id.length() > LONGEST_ID || id.indexOf('\0') >= 0) {
            throw StageFailure.permanent(
                    "invalid_entities",
                    "The entity " + shown(id) + " cannot become a node: its id has more than " + LONGEST_ID
                            + " characters, or one that is none.");
        }
        String label = entity.get("label") instanceof String given && !given.isBlank() ? given : id;
        nodes.putIfAbsent(id, new Node(id, type, shortened(label), facts(entity.get("facts"))));
        List<Place> own = places.computeIfAbsent(id, key -> new ArrayList<>());
        if (entity.get("places") instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> place) {
                    own.add(place(place));
                }
            }
        }
    }

    /** Adds a claim. */
    void addClaim(Map<?, ?> claim) throws StageFailure {
        claims.add(new Edge(
                Extracted.text(claim, "subject", "claim"),
                word(Extracted.text(claim, "predicate", "claim")),
                Extracted.text(claim, "object", "claim"),
                place(claim)));
    }

    /**
     * All that the document says, each statement once.
     *
     * @param title of the document as the library knows it, possibly empty
     */
    Statements statements(String title) throws StageFailure {
        Node own = nodes.get(itself);
        String label = !title.isBlank() ? title : own == null ? docId : own.label();
        nodes.put(itself, new Node(itself, DOCUMENT, shortened(label), own == null ? Map.of() : own.facts()));
        Set<Edge> edges = new LinkedHashSet<>();
        dropped = 0;
        for (Edge claim : claims) {
            if (nodes.containsKey(claim.source()) && nodes.containsKey(claim.target())) {
                edges.add(claim);
            } else {
                dropped++;
            }
        }
        Set<String> related = related(edges);
        for (String id : nodes.keySet()) {
            Place first = firstInText(id);
            if (!id.equals(itself) && (first != null || !related.contains(id))) {
                edges.add(new Edge(
                        itself, MENTIONS, id, first == null ? placesOf(id).get(0) : first));
            }
        }
        int room = MOST_STATEMENTS - nodes.size() - edges.size();
        if (room < nodes.size()) {
            throw StageFailure.permanent(
                    "too_many_entities",
                    docId + " has " + nodes.size() + " entities and " + edges.size()
                            + " relations, too many for one document: lower max_entities or max_pairs of the stage extract.");
        }
        return new Statements(List.copyOf(nodes.values()), List.copyOf(mentions(room)), List.copyOf(edges));
    }

    /** The mentions of all nodes; where there is no room for all, the first of each, of all the same number at most. */
    private Set<Mention> mentions(int room) {
        int few = 1;
        int many = places.values().stream().mapToInt(List::size).max().orElse(1);
        while (few < many) {
            int most = few + (many - few + 1) / 2;
            if (mentions(most, null) <= room) {
                few = most;
            } else {
                many = most - 1;
            }
        }
        Set<Mention> mentions = new LinkedHashSet<>();
        long all = mentions(Integer.MAX_VALUE, null);
        unmentioned = all - mentions(few, mentions);
        return mentions;
    }

    /**
     * Counts mentions, at most so many of each node.
     *
     * @param taken takes them, or null
     */
    private long mentions(int most, Set<Mention> taken) {
        long count = 0;
        for (String id : nodes.keySet()) {
            List<Place> own = placesOf(id);
            List<Place> first = own.subList(0, Math.min(most, own.size()));
            count += first.size();
            if (taken != null) {
                first.forEach(place -> taken.add(new Mention(id, place)));
            }
        }
        return count;
    }

    /** Where a node is spoken of; at no place where nothing says it. */
    private List<Place> placesOf(String id) {
        List<Place> own = places.getOrDefault(id, List.of());
        return own.isEmpty() ? List.of(NOWHERE) : own;
    }

    private Place firstInText(String id) {
        return placesOf(id).stream()
                .filter(place -> place.start() >= 0)
                .findFirst()
                .orElse(null);
    }

    /** The nodes that an edge leads to from the document itself. */
    private Set<String> related(Set<Edge> edges) {
        Set<String> related = new HashSet<>();
        for (Edge edge : edges) {
            if (edge.source().equals(itself)) {
                related.add(edge.target());
            }
        }
        return related;
    }

    private static Place place(Map<?, ?> map) throws StageFailure {
        boolean inText = map.get("start") instanceof Number start
                && map.get("end") instanceof Number end
                && start.longValue() >= 0
                && end.longValue() >= start.longValue();
        return new Place(
                inText ? ((Number) map.get("start")).intValue() : -1,
                inText ? ((Number) map.get("end")).intValue() : -1,
                map.get("method") instanceof String method ? word(method) : "unknown",
                map.get("confidence") instanceof String confidence ? word(confidence) : "unknown");
    }

    /** Facts that fit into a node; those that would make it too large are left out, the last first. */
    private static Map<String, Object> facts(Object given) {
        Map<String, Object> facts = new LinkedHashMap<>();
        int length = 4;
        if (given instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> fact : map.entrySet()) {
                int own = String.valueOf(fact.getKey()).length()
                        + json(fact.getValue()).length()
                        + 4;
                if (length + own <= LONGEST_FACTS) {
                    facts.put(String.valueOf(fact.getKey()), fact.getValue());
                    length += own;
                }
            }
        }
        return facts;
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a fact is not JSON-shaped", e);
        }
    }

    private static String shortened(String label) {
        String plain = label.replaceAll("[\\s\\p{Cc}]+", " ").strip();
        if (plain.length() <= LONGEST_LABEL) {
            return plain.isEmpty() ? "?" : plain;
        }
        int end = Character.isHighSurrogate(plain.charAt(LONGEST_LABEL - 1)) ? LONGEST_LABEL - 1 : LONGEST_LABEL;
        return plain.substring(0, end);
    }

    /** A type, predicate, method or confidence class, as the library takes it. */
    private static String word(String word) throws StageFailure {
        if (word.isBlank() || word.length() > LONGEST_WORD || word.indexOf('\0') >= 0) {
            throw StageFailure.permanent(
                    "invalid_entities",
                    "'" + shown(word) + "' cannot be a type, predicate, method or confidence: it must have from 1 to "
                            + LONGEST_WORD + " characters.");
        }
        return word;
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_WORD ? text : text.substring(0, LONGEST_WORD) + "…";
    }
}
