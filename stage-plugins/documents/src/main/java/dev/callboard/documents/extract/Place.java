package dev.callboard.documents.extract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where a document speaks of an entity.
 *
 * @param start code point offset into the document's text, or -1 when it is a field and no part of the text
 * @param end offset after the last code point, or -1
 * @param text the document's text from start to end, or the field's value
 */
record Place(int start, int end, String text, Method method, Confidence confidence) {
    Place {
        Objects.requireNonNull(text, "text is null");
        Objects.requireNonNull(method, "method is null");
        Objects.requireNonNull(confidence, "confidence is null");
    }

    /** A field's value. */
    static Place field(String value, Confidence confidence) {
        return new Place(-1, -1, value, Method.STRUCTURED, confidence);
    }

    boolean isInText() {
        return start >= 0;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("start", start);
        map.put("end", end);
        map.put("text", text);
        map.put("method", method.json());
        map.put("confidence", confidence.json());
        return map;
    }
}
