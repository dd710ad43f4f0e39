package dev.callboard.documents.ir;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A work that the document cites. Only {@code id} and {@code text} are always there.
 *
 * @param id unique in the document
 * @param label as printed, such as {@code 12}, or null
 * @param title of the cited work, or null
 * @param doi without a resolver's address, or null
 * @param pmid digits, or null
 * @param source journal or book, or null
 * @param year as printed, or null
 * @param text the whole citation
 */
public record Reference(
        String id, String label, String title, String doi, String pmid, String source, String year, String text) {
    /** Checks what must be there. */
    public Reference {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(text, "text is null");
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        putIfThere(map, "label", label);
        putIfThere(map, "title", title);
        putIfThere(map, "doi", doi);
        putIfThere(map, "pmid", pmid);
        putIfThere(map, "source", source);
        putIfThere(map, "year", year);
        map.put("text", text);
        return map;
    }

    private static void putIfThere(Map<String, Object> map, String key, String value) {
        if (value != null && !value.isEmpty()) {
            map.put(key, value);
        }
    }
}
