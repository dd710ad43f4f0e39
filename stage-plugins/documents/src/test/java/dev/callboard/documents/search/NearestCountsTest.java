package dev.callboard.documents.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.documents.search.Shelf.Doc;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted, where the nearest vectors are found whatever is asked. */
class NearestCountsTest {
    @TempDir
    Path folder;

    private Shelf shelf;

    @BeforeEach
    void aShelf() {
        shelf = new Shelf(folder);
    }

    /** Two documents of so many chunks each, whose vectors go round a quarter of a circle in turn; every tenth has the word. */
    private void index(int each) throws Exception {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        for (int i = 0; i < each; i++) {
            vectors.put("a-" + i, at(2 * i, 2 * each));
            vectors.put("b-" + i, at(2 * i + 1, 2 * each));
        }
        String[] texts = IntStream.range(0, each)
                .mapToObj(i -> i % 10 == 0 ? "Goats." : "Sheep.")
                .toArray(String[]::new);
        shelf.index(vectors, Doc.of("a", texts), Doc.of("b", texts).in("pt"));
    }

    private static float[] at(int i, int all) {
        double angle = Math.PI / 2 * i / all;
        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }

    private Map<String, Object> ask(String mode, String q, Map<String, List<String>> facets) throws Exception {
        Map<String, Object> question = new HashMap<>(Map.of("q", q, "mode", mode, "limit", 20));
        question.put("vector", Shelf.base64(1, 0));
        if (!facets.isEmpty()) {
            question.put("facets", facets);
        }
        return shelf.ask(question);
    }

    private Map<String, Object> ask(String mode, String q) throws Exception {
        return ask(mode, q, Map.of());
    }

    /** Asks with each value that an answer counts; says how many passages more than counted are found in all. */
    private int more(String mode, String q) throws Exception {
        int more = 0;
        for (Map.Entry<String, Object> facet :
                Shelf.map(ask(mode, q).get("facets")).entrySet()) {
            for (Object counted : (List<?>) facet.getValue()) {
                Map<String, Object> value = Shelf.map(counted);
                Map<String, Object> narrowed =
                        ask(mode, q, Map.of(facet.getKey(), List.of((String) value.get("value"))));
                int beyond = (int) narrowed.get("total") - (int) value.get("count");
                assertThat(beyond).as("%s of %s", value, facet.getKey()).isNotNegative();
                more += beyond;
            }
        }
        return more;
    }

    @Test
    void theHundredNearestAreNamedAsSuch() throws Exception {
        index(150);
        assertThat(ask("vector", "nonsense"))
                .containsEntry("total", 100)
                .containsEntry("nearest", 100)
                .containsEntry("counts_exact", false);
        assertThat(ask("hybrid", "nonsense")).containsEntry("total", 100).containsEntry("nearest", 100);
        // 30 have the word, of which 10 are among the 100 nearest.
        assertThat(ask("hybrid", "goats"))
                .containsEntry("total", 120)
                .containsEntry("nearest", 90)
                .containsEntry("counts_exact", false);
        assertThat(ask("text", "goats"))
                .containsEntry("total", 30)
                .containsEntry("nearest", 0)
                .containsEntry("counts_exact", true);
    }

    @Test
    void aFilterFindsWhatIsCountedOrMoreWhereThereAreMoreThanTheNearest() throws Exception {
        index(150);
        assertThat(more("text", "goats")).isZero();
        assertThat(more("vector", "goats")).isPositive();
        assertThat(more("hybrid", "goats")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "vector", "hybrid"})
    void aFilterFindsWhatIsCountedWhereAllAreCompared(String mode) throws Exception {
        index(49);
        assertThat(ask(mode, "goats")).containsEntry("counts_exact", true);
        assertThat(more(mode, "goats")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "vector", "hybrid"})
    void wordsWithoutALetterOrDigitFindNothing(String mode) throws Exception {
        index(10);
        Map<String, Object> answer = ask(mode, "!!!");
        assertThat(answer).containsEntry("total", 0).containsEntry("nearest", 0);
        assertThat(Shelf.items(answer)).isEmpty();
        assertThat(Shelf.warnings(answer)).containsExactly("The question has no letters or digits to look for.");
    }
}
