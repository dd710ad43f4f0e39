package dev.callboard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** What every chunk must hold. */
public final class Chunks {
    private Chunks() {}

    /** Each is exactly what its offsets, in code points, cut out of its document, and together they have all words. */
    public static void cut(JsonNode chunks, JsonNode document) {
        String text = document.path("text").asText();
        StringBuilder all = new StringBuilder();
        int found = 0;
        for (JsonNode chunk : chunks) {
            if (!chunk.path("doc_id").equals(document.path("doc_id"))) {
                continue;
            }
            found++;
            int start = text.offsetByCodePoints(0, chunk.path("start").asInt());
            int end = text.offsetByCodePoints(0, chunk.path("end").asInt());
            assertThat(chunk.path("text").asText()).isEqualTo(text.substring(start, end));
            assertThat(chunk.path("tokens").asInt()).isPositive();
            all.append(chunk.path("text").asText()).append('\n');
        }
        assertThat(found).as("chunks of " + document.path("doc_id")).isPositive();
        assertThat(all.toString()).contains(text.strip().split("\\s+"));
    }
}
