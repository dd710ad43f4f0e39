package dev.callboard.documents.parse;

import dev.callboard.documents.input.Payload;
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
                + ((List<?>) document.get("sections")).size() + " sections, "
                + ((List<?>) document.get("blocks")).size() + " blocks, " + meta.get("paragraphs") + " paragraphs, "
                + meta.get("references") + " references"
                + (left == 0 ? "." : "; " + left + " characters are left out, see left_out.");
    }
}
