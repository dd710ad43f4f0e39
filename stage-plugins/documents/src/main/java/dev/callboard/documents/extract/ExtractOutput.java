package dev.callboard.documents.extract;

import dev.callboard.documents.input.DocumentOutput;
import dev.callboard.documents.input.StoredJson;
import dev.callboard.spi.OutputCounter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the stage puts out: {@code {entities, claims}} as they are while they are of few documents and small, else in
 * {@code entities} for each document where the two are stored, {@code {doc_id, title, blob, media_type, entities, claims}}, the last
 * of them numbers, and no {@code claims}. What was found in one document alone is always put out as it is.
 */
final class ExtractOutput {
    private static final String ENTITIES = "entities";
    private static final String CLAIMS = "claims";

    private final List<Map<String, Object>> references = new ArrayList<>();
    private List<Map<String, Object>> entities = new ArrayList<>();
    private List<Map<String, Object>> claims = new ArrayList<>();
    private long count;
    private long bytes;

    /** Adds what was found in a document. */
    void add(SourceDocument document, Findings.Result result, StoredJson stored) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("doc_id", document.docId());
        reference.put("title", EntityIds.atMost(document.title(), 500));
        reference.put("blob", stored.blob());
        reference.put("media_type", StoredJson.MEDIA_TYPE);
        reference.put(ENTITIES, result.entities().size());
        reference.put(CLAIMS, result.claims().size());
        references.add(reference);
        count += result.entities().size();
        bytes += stored.size();
        if (isStored()) {
            entities = List.of();
            claims = List.of();
        } else {
            entities.addAll(result.entities());
            claims.addAll(result.claims());
        }
    }

    private boolean isStored() {
        return DocumentOutput.tooMuch(references.size(), bytes);
    }

    /** How many documents there are. */
    int documents() {
        return references.size();
    }

    /** How many entities of all documents there are. */
    long count() {
        return count;
    }

    /** The output. */
    Map<String, Object> toMap() {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put(ENTITIES, isStored() ? references : entities);
        output.put(CLAIMS, claims);
        return output;
    }

    /** How many entities and claims an output of the stage stands for. */
    static long countOf(Object output) {
        long sum = OutputCounter.sumOf(CLAIMS).count(output);
        if (output instanceof Map<?, ?> map && map.get(ENTITIES) instanceof List<?> list) {
            for (Object element : list) {
                boolean reference = element instanceof Map<?, ?> entity && entity.get(ENTITIES) instanceof Number;
                sum += reference ? OutputCounter.sumOf(ENTITIES, CLAIMS).count(element) : 1;
            }
        }
        return sum;
    }
}
