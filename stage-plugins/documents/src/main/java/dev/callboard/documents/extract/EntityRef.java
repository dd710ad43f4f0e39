package dev.callboard.documents.extract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A thing that documents speak of, wherever they do.
 *
 * @param id a natural key, see {@link EntityIds}
 * @param type what is before the id's colon, such as {@code person}
 * @param label what people call it, at most 500 characters
 * @param facts what else is known of it; JSON-shaped
 */
record EntityRef(String id, String type, String label, Map<String, Object> facts) {
    private static final int LONGEST_LABEL = 500;
    private static final String DOCUMENT = "document";

    EntityRef {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(type, "type is null");
        label = EntityIds.atMost(
                EntityIds.wellFormed(label).replaceAll("[\\s\\p{Cc}]+", " ").strip(), LONGEST_LABEL);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** A thing known by its name alone; empty when the name has no visible character. */
    static Optional<EntityRef> named(String type, String label) {
        String id = EntityIds.normalised(label);
        return id.isEmpty() ? Optional.empty() : Optional.of(new EntityRef(type + ":" + id, type, label, Map.of()));
    }

    /** A thing known by an identifier, which must have a visible character. */
    static EntityRef identified(String type, String identifier, String label, Map<String, Object> facts) {
        return new EntityRef(type + ":" + EntityIds.identifier(identifier), type, label, facts);
    }

    /** A document itself. */
    static EntityRef document(String docId, String title, Map<String, Object> facts) {
        return new EntityRef(documentId(docId), DOCUMENT, title.isBlank() ? docId : title, facts);
    }

    /** The id of a document as an entity. */
    static String documentId(String docId) {
        return DOCUMENT + ":" + docId;
    }
}
