package dev.callboard.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.Library.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Documents that the project has embedded before are not embedded again, as when a stage is redone for those that had failed. */
class EmbeddedBeforeTest {
    private final EmbedContext context = new EmbedContext();

    private static List<Map<String, Object>> chunks(String... documents) {
        List<Map<String, Object>> chunks = new ArrayList<>();
        for (String document : documents) {
            chunks.addAll(Chunks.many(4, document));
        }
        return chunks;
    }

    /** How many reports of progress the last run made: one at first, one for each chunk or document. */
    private long reports(List<Map<String, Object>> chunks) throws Exception {
        int before = context.reports().size();
        Map<String, Object> output = context.embed(chunks);
        assertThat(output).as("as if nothing had been there").isEqualTo(new EmbedContext().embed(chunks));
        return context.reports().size() - before;
    }

    @Test
    void onlyWhatIsNewIsEmbedded() throws Exception {
        assertThat(reports(chunks("d1", "d3"))).isEqualTo(1 + 8);
        assertThat(reports(chunks("d1", "d2", "d3"))).isEqualTo(1 + 1 + 4 + 1);
        assertThat(context.lines().get(1))
                .isEqualTo(
                        "12 vectors of 384 dimensions for 3 documents, by all-MiniLM-L6-v2-q; 2 documents were embedded"
                                + " before.");
        assertThat(reports(chunks("d2", "d1"))).isEqualTo(1 + 2);
    }

    @Test
    void otherChunksOrAnotherModelAreEmbeddedAnew() throws Exception {
        context.embed(chunks("d1"));
        List<Map<String, Object>> changed = chunks("d1");
        changed.get(2).put("text", "No goats at all.");
        assertThat(reports(changed)).isEqualTo(1 + 4);
        Part part = context.library().part("d1", "vectors").orElseThrow();
        Map<String, Object> facts = new HashMap<>(part.facts());
        facts.put("model_sha256", "another");
        context.library().put(new Part("d1", "vectors", facts, part.blob()));
        assertThat(reports(changed)).isEqualTo(1 + 4);
    }

    @Test
    void textsThatAreTooLongStayCounted() throws Exception {
        List<Map<String, Object>> chunks = List.of(
                Chunks.chunk("a", "d", "goat ".repeat(600)),
                Chunks.chunk("b", "d", "A goat."),
                Chunks.chunk("c", "e", "Two."));
        assertThat(context.embed(chunks)).containsEntry("truncated", 1);
        assertThat(context.embed(chunks)).containsEntry("truncated", 1);
    }
}
