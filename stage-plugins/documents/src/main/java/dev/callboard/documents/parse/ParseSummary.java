package dev.callboard.documents.parse;

import dev.callboard.documents.input.Payload;
import dev.callboard.spi.Plural;
import java.util.List;
import java.util.Map;

/** What was read of a payload, in one line of the log. */
final class ParseSummary {
    private ParseSummary() {}

    static String of(Payload payload, Map<String, Object> document) {
        Map<?, ?> meta = (Map<?, ?>) document.get("meta");
        long left = ((List<?>) document.get("left_out"))
                .stream()
                        .mapToLong(entry -> ((Number) ((Map<?, ?>) entry).get("chars")).longValue())
                        .sum();
        return payload.shownName() + ": " + document.get("media_type") + ", "
                + Plural.of(((List<?>) document.get("sections")).size(), "section") + ", "
                + Plural.of(((List<?>) document.get("blocks")).size(), "block") + ", "
                + Plural.of(number(meta, "paragraphs"), "paragraph") + ", "
                + Plural.of(number(meta, "references"), "reference")
                + (left == 0
                        ? "."
                        : "; " + Plural.of(left, "character is", "characters are") + " left out, see left_out.");
    }

    private static long number(Map<?, ?> meta, String name) {
        return meta.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
