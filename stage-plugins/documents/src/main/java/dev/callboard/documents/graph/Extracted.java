package dev.callboard.documents.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.documents.input.StrictJson;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the stage extract found, document by document: as it came in the output, or stored, and then read when it is its turn.
 * Many documents in one task never are in memory together.
 */
final class Extracted {
    private static final String ENTITIES = "entities";
    private static final String CLAIMS = "claims";
    private static final int MAX_TEXT = 10 << 20;
    private static final ObjectMapper MAPPER = StrictJson.mapper(MAX_TEXT);

    private final StageContext context;
    private final Map<String, DocumentGraph> inline = new LinkedHashMap<>();
    private final Map<String, List<String>> stored = new LinkedHashMap<>();

    private Extracted(StageContext context) {
        this.context = context;
    }

    /**
     * Finds it in the previous stage's output, else in the state.
     *
     * @throws StageFailure {@code no_entities} when there is none, {@code invalid_entities} when it is something else
     */
    static Extracted find(StageContext context, Object input) throws StageFailure {
        Extracted found = new Extracted(context);
        if (!found.collect(input) && !found.collect(context.state())) {
            throw StageFailure.permanent(
                    "no_entities", "There are no entities to write: the stage extract must have run before.");
        }
        return found;
    }

    /** The ids of all documents, in order. */
    List<String> docIds() {
        List<String> ids = new ArrayList<>(inline.keySet());
        stored.keySet().stream().filter(id -> !inline.containsKey(id)).forEach(ids::add);
        return ids;
    }

    /**
     * What was found in a document.
     *
     * @throws StageFailure {@code invalid_entities} or {@code missing_blob} when what is stored cannot be read
     */
    DocumentGraph read(String docId) throws StageFailure, IOException {
        DocumentGraph graph = inline.getOrDefault(docId, new DocumentGraph(docId));
        for (String blob : stored.getOrDefault(docId, List.of())) {
            try (InputStream in = context.blobs().open(blob)) {
                if (!(MAPPER.readValue(in, Object.class) instanceof Map<?, ?> map)) {
                    throw invalid("what is stored for " + docId + " is no object");
                }
                for (Map<?, ?> entity : maps(map.get(ENTITIES), "entity")) {
                    graph.addEntity(entity);
                }
                for (Map<?, ?> claim : maps(map.get(CLAIMS), "claim")) {
                    graph.addClaim(claim);
                }
            } catch (FileNotFoundException e) {
                throw StageFailure.permanent(
                        "missing_blob",
                        "The entities of " + docId + " are not in the content store: run the stage extract again.");
            } catch (JsonProcessingException e) {
                throw invalid("what is stored for " + docId + " is not valid JSON");
            }
        }
        return graph;
    }

    /** Looks at a map, and one level below for outputs of several stages by name. */
    private boolean collect(Object value) throws StageFailure {
        if (!(value instanceof Map<?, ?> map)) {
            return false;
        }
        if (map.get(ENTITIES) instanceof List<?> list) {
            for (Map<?, ?> entity : maps(list, "entity")) {
                String docId = text(entity, "doc_id", "entity");
                if (entity.get("blob") instanceof String blob && entity.get(ENTITIES) instanceof Number) {
                    stored.computeIfAbsent(docId, id -> new ArrayList<>()).add(blob);
                } else {
                    inline.computeIfAbsent(docId, DocumentGraph::new).addEntity(entity);
                }
            }
            for (Map<?, ?> claim : maps(map.get(CLAIMS), "claim")) {
                inline.computeIfAbsent(text(claim, "doc_id", "claim"), DocumentGraph::new)
                        .addClaim(claim);
            }
            return true;
        }
        boolean given = false;
        for (Object inner : map.values()) {
            if (inner instanceof Map<?, ?> output && output.get(ENTITIES) instanceof List<?>) {
                given |= collect(output);
            }
        }
        return given;
    }

    private static List<Map<?, ?>> maps(Object value, String what) throws StageFailure {
        List<Map<?, ?>> maps = new ArrayList<>();
        for (Object element : value instanceof List<?> list ? list : List.of()) {
            if (!(element instanceof Map<?, ?> map)) {
                throw invalid(article(what) + " is not an object");
            }
            maps.add(map);
        }
        return maps;
    }

    /** A text that must be there. */
    static String text(Map<?, ?> map, String key, String what) throws StageFailure {
        if (map.get(key) instanceof String value && !value.isBlank()) {
            return value;
        }
        throw invalid(article(what) + " has no " + key);
    }

    private static String article(String what) {
        return (what.equals("entity") ? "an " : "a ") + what;
    }

    private static StageFailure invalid(String reason) {
        return StageFailure.permanent(
                "invalid_entities",
                "What is to become a graph is not what the stage extract puts out: " + reason + ".");
    }
}
