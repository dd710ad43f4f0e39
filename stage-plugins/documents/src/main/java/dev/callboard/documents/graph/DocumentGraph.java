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
    private static final int LONGEST_FACTS = 5_000;

    private final String docId;
    private final String itself;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<Place>> places = new LinkedHashMap<>();
    private final List<Edge> claims = new ArrayList<>();
    private long dropped;

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

    /** Adds an entity, or places of one that is there. */
    void addEntity(Map<?, ?> entity) throws StageFailure {
        String id = Extracted.text(entity, "id", "entity");
        String type = Extracted.text(entity, "type", "entity");
        if (id.length() > LONGEST_ID) {
            throw StageFailure.permanent(
                    "invalid_entities",
                    "The entity " + id.substring(0, 60) + "… cannot become a node: its id has more than " + LONGEST_ID
                            + " characters.");
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
                Extracted.text(claim, "predicate", "claim"),
                Extracted.text(claim, "object", "claim"),
                place(claim)));
    }

    /**
     * All that the document says, each statement once.
     *
     * @param title of the document as the library knows it, possibly empty
     */
    Statements statements(String title) {
        Node own = nodes.get(itself);
        String label = !title.isBlank() ? title : own == null ? docId : own.label();
        nodes.put(itself, new Node(itself, DOCUMENT, shortened(label), own == null ? Map.of() : own.facts()));
        Set<Mention> mentions = new LinkedHashSet<>();
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
            List<Place> found = places.getOrDefault(id, List.of());
            List<Place> inText =
                    found.stream().filter(place -> place.start() >= 0).toList();
            (found.isEmpty() ? List.of(NOWHERE) : found).forEach(place -> mentions.add(new Mention(id, place)));
            if (!id.equals(itself) && !inText.isEmpty()) {
                edges.add(new Edge(itself, MENTIONS, id, inText.get(0)));
            } else if (!id.equals(itself) && !related.contains(id)) {
                edges.add(new Edge(itself, MENTIONS, id, found.isEmpty() ? NOWHERE : found.get(0)));
            }
        }
        return new Statements(List.copyOf(nodes.values()), List.copyOf(mentions), List.copyOf(edges));
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

    private static Place place(Map<?, ?> map) {
        boolean inText = map.get("start") instanceof Number start
                && map.get("end") instanceof Number end
                && start.longValue() >= 0
                && end.longValue() >= start.longValue();
        return new Place(
                inText ? ((Number) map.get("start")).intValue() : -1,
                inText ? ((Number) map.get("end")).intValue() : -1,
                map.get("method") instanceof String method ? method : "unknown",
                map.get("confidence") instanceof String confidence ? confidence : "unknown");
    }

    /** Facts that fit into a node; those that would make it too large are left out, the last first. */
    private static Map<String, Object> facts(Object given) {
        Map<String, Object> facts = new LinkedHashMap<>();
        int length = 2;
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
        if (label.length() <= LONGEST_LABEL) {
            return label;
        }
        int end = Character.isHighSurrogate(label.charAt(LONGEST_LABEL - 1)) ? LONGEST_LABEL - 1 : LONGEST_LABEL;
        return label.substring(0, end);
    }
}
