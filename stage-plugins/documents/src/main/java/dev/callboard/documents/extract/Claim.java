package dev.callboard.documents.extract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An entity stands in a relation to another.
 *
 * @param subject an entity's id
 * @param predicate such as {@code cites}
 * @param object an entity's id
 * @param place the words that say it
 */
record Claim(String docId, String subject, String predicate, String object, Place place) {
    private static final int ID_BYTES = 12;

    Claim {
        Objects.requireNonNull(subject, "subject is null");
        Objects.requireNonNull(object, "object is null");
        Objects.requireNonNull(place, "place is null");
    }

    /** The same in every run: one relation of two entities has one claim in a document. */
    String id() {
        return EntityIds.hash(docId + "\n" + subject + "\n" + predicate + "\n" + object, ID_BYTES);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id());
        map.put("subject", subject);
        map.put("predicate", predicate);
        map.put("object", object);
        map.put("doc_id", docId);
        map.put("start", place.start());
        map.put("end", place.end());
        map.put("quote", place.text());
        map.put("method", place.method().json());
        map.put("confidence", place.confidence().json());
        return map;
    }
}
