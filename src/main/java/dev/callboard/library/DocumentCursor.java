package dev.callboard.library;

import dev.callboard.problem.ProblemException;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The place of a document in a list that has the newest first. */
record DocumentCursor(Instant at, String project, String docId) {
    static DocumentCursor of(Row row) {
        return new DocumentCursor(
                row.getOffsetDateTime("last_at").toInstant(), row.getString("project_id"), row.getString("doc_id"));
    }

    /** As clients give it back. */
    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at.toEpochMilli() + " " + project + " " + docId).getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable DocumentCursor read(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 3);
            if (parts.length == 3) {
                return new DocumentCursor(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1], parts[2]);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static ProblemException invalid() {
        return ProblemException.invalid(
                "invalid_cursor", "'cursor' must be the 'next' of the page before, or be left out.");
    }
}
