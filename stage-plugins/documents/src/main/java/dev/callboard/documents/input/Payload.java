package dev.callboard.documents.input;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A blob that came in: {@code {sha256, size, media_type, name}}.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param size in bytes, or -1 when not known yet
 * @param mediaType such as {@code application/jats+xml}; from ingest on it says what the bytes are
 * @param name the file's name as given; {@code -} for standard input; only ever shown
 */
public record Payload(String sha256, long size, String mediaType, String name) {
    private static final int SHOWN_NAME = 120;
    private static final String UNKNOWN = "application/octet-stream";

    /** Checks that all are there. */
    public Payload {
        Objects.requireNonNull(sha256, "sha256 is null");
        Objects.requireNonNull(mediaType, "mediaType is null");
        Objects.requireNonNull(name, "name is null");
    }

    /** Whether a map names a blob, either as a task's input ({@code blob}) or as a payload ({@code sha256}). */
    static boolean isPayload(Map<?, ?> map) {
        return (map.get("blob") instanceof String || map.get("sha256") instanceof String)
                && !map.containsKey("blocks")
                && !map.containsKey("text");
    }

    /** Reads a map for which {@link #isPayload} holds. */
    static Payload from(Map<?, ?> map) {
        String sha256 = map.get("blob") instanceof String blob ? blob : (String) map.get("sha256");
        return new Payload(
                sha256,
                map.get("size") instanceof Number size ? size.longValue() : -1,
                map.get("media_type") instanceof String type ? type : UNKNOWN,
                map.get("name") instanceof String name ? name : "");
    }

    /** The JSON shape. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("sha256", sha256);
        map.put("size", size);
        map.put("media_type", mediaType);
        map.put("name", name);
        return map;
    }

    /** The name for a sentence: printable, at most 120 characters, and never empty. */
    public String shownName() {
        String printable = name.replaceAll("[\\p{C}\\u2028\\u2029]", "\uFFFD").strip();
        if (printable.isEmpty()) {
            return "The input " + sha256.substring(0, Math.min(12, sha256.length()));
        }
        if (printable.equals("-")) {
            return "Standard input";
        }
        return printable.codePointCount(0, printable.length()) <= SHOWN_NAME
                ? printable
                : printable.substring(0, printable.offsetByCodePoints(0, SHOWN_NAME)) + "…";
    }
}
