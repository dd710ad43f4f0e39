package dev.callboard.documents.search;

import java.util.Objects;

/**
 * A chunk as the index has it.
 *
 * @param id the chunk's id
 * @param section the id of its section; empty when it stands in none
 * @param sectionTitle that section's title; empty when there is none
 * @param start code point offset into the document's text
 * @param end offset after its last code point
 * @param text the document's text from start to end
 * @param vector of length 1; {@link Vectors#NONE} when it has none
 */
record IndexedChunk(String id, String section, String sectionTitle, int start, int end, String text, float[] vector) {
    IndexedChunk {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(section, "section is null");
        Objects.requireNonNull(sectionTitle, "sectionTitle is null");
        Objects.requireNonNull(text, "text is null");
        Objects.requireNonNull(vector, "vector is null");
    }

    boolean hasVector() {
        return vector.length > 0;
    }
}
