package dev.callboard.documents.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.callboard.documents.search.JudgedSet.JudgedQuestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search is as good as it was measured to be; the README has the figures. */
class JudgedSetTest {
    @TempDir
    Path folder;

    @Test
    void theSetIsLargeEnoughAndConsistent() throws Exception {
        JudgedSet judged = JudgedSet.read();
        assertThat(judged.passages()).hasSizeGreaterThanOrEqualTo(200);
        assertThat(judged.questions()).hasSizeGreaterThanOrEqualTo(40).allSatisfy(question -> {
            assertThat(judged.passages())
                    .containsKeys(question.grades().keySet().toArray(String[]::new));
            assertThat(question.grades().values()).contains(2).isSubsetOf(1, 2);
        });
        assertThat(judged.questions()).extracting(JudgedQuestion::text).doesNotHaveDuplicates();
    }

    @Test
    void gainsAreDiscountedByRank() {
        JudgedQuestion question = new JudgedQuestion("q", "words", "x", Map.of("a", 2, "b", 1));
        assertThat(question.ndcg(List.of("a", "b"))).isEqualTo(1);
        assertThat(question.ndcg(List.of())).isZero();
        double ideal = 3 + 1 / (Math.log(3) / Math.log(2));
        assertThat(question.ndcg(List.of("x", "b", "a")))
                .isCloseTo((1 / (Math.log(3) / Math.log(2)) + 3 / 2.0) / ideal, within(1e-9));
    }

    @Test
    void thePairedTestTellsChanceFromDifference() {
        double[] a = new double[40];
        double[] better = new double[40];
        double[] shuffled = new double[40];
        for (int i = 0; i < a.length; i++) {
            a[i] = i % 7 / 7.0;
            better[i] = a[i] + (i % 5 == 0 ? -0.05 : 0.1);
            shuffled[i] = a[i] + (i % 2 == 0 ? -0.1 : 0.1);
        }
        assertThat(RetrievalMeasure.pValue(a, a)).isEqualTo(1);
        assertThat(RetrievalMeasure.pValue(better, a)).isLessThan(0.001);
        assertThat(RetrievalMeasure.pValue(shuffled, a)).isGreaterThan(0.5);
    }

    @Test
    void wordsFindWhatHasThem() throws Exception {
        RetrievalMeasure measure = new RetrievalMeasure(folder, Optional.empty());
        assertThat(RetrievalMeasure.mean(measure.ndcg("text"))).isGreaterThan(0.48);
    }

    /** Where the packaged plugin embed is: the system property {@code callboard.embed.jar} has its path. */
    @Test
    void vectorsFindWhatHasOtherWords() throws Exception {
        Path jar = Path.of(System.getProperty("callboard.embed.jar", "no jar"));
        assumeTrue(Files.isRegularFile(jar), "no plugin embed");
        RetrievalMeasure measure = new RetrievalMeasure(folder, Optional.of(RetrievalMeasure.ofJar(jar)));
        double text = RetrievalMeasure.mean(measure.ndcg("text"));
        assertThat(RetrievalMeasure.mean(measure.ndcg("vector"))).isGreaterThan(text);
        assertThat(RetrievalMeasure.mean(measure.ndcg("hybrid"))).isGreaterThan(text);
    }
}
