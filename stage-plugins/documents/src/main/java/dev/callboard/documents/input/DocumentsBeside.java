package dev.callboard.documents.input;

import dev.callboard.spi.StageContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stage works on whose input is something made of documents, such as chunks or an index's receipt: the documents
 * themselves, where the task has them, and the chunks.
 */
public final class DocumentsBeside {
    private DocumentsBeside() {}

    /**
     * The documents: those in the input, else in the state, there also stored, else those that the input gives as stored.
     *
     * @return in order, possibly none
     */
    public static List<GivenDocument> documents(StageContext context, Object input) {
        Object state = context.state().get("document");
        List<Map<?, ?>> found = new ArrayList<>();
        for (Object place : Arrays.asList(input, state)) {
            StageInput.collectDocuments(place, found);
            if (!found.isEmpty()) {
                return found.stream()
                        .map(document -> GivenDocument.inline(context, document))
                        .toList();
            }
        }
        for (Object place : Arrays.asList(state, input)) {
            StageInput.collectReferences(place, found);
            if (!found.isEmpty()) {
                break;
            }
        }
        return found.stream()
                .map(reference -> GivenDocument.stored(context, reference))
                .toList();
    }

    /**
     * The chunks in the input, else in the state, document by document.
     *
     * @return in the order of their first chunks, possibly none
     */
    public static List<DocumentChunks> chunks(StageContext context, Object input) {
        Map<String, DocumentChunks> found = new LinkedHashMap<>();
        for (Object place : Arrays.asList(input, context.state().get("chunks"))) {
            if (found.isEmpty()) {
                collectChunks(context, place, found);
            }
        }
        return List.copyOf(found.values());
    }

    private static void collectChunks(StageContext context, Object value, Map<String, DocumentChunks> found) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collectChunks(context, element, found));
        } else if (value instanceof Map<?, ?> map && !StageInput.isDocument(map)) {
            if (DocumentChunks.isChunk(map) || DocumentChunks.isReference(map)) {
                found.computeIfAbsent((String) map.get("doc_id"), id -> new DocumentChunks(context, id))
                        .add(map);
            } else {
                map.values().stream()
                        .filter(element -> element instanceof List<?> || element instanceof Map<?, ?>)
                        .forEach(element -> collectChunks(context, element, found));
            }
        }
    }
}
