package dev.callboard.documents.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.callboard.documents.search.Shelf.Doc;
import dev.callboard.spi.StageFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchVectorsTest {
    private static final float[] EAST = {1, 0};
    private static final float[] NORTH = {0, 1};
    private static final float[] BETWEEN = {0.6f, 0.8f};

    @TempDir
    Path folder;

    private Shelf shelf;

    @BeforeEach
    void aShelf() {
        shelf = new Shelf(folder);
    }

    private Map<String, Object> ask(String mode, String q, float... vector) throws Exception {
        return shelf.ask(Map.of(
                "q", q, "mode", mode, "vector", Shelf.base64(vector), "model", Shelf.MODEL, "model_sha256", Shelf.SHA));
    }

    private void indexThree() throws Exception {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        vectors.put("a-1", NORTH);
        vectors.put("a-0", EAST);
        vectors.put("b-0", BETWEEN);
        assertThat(shelf.index(vectors, Doc.of("a", "Goats.", "Camels."), Doc.of("b", "Sheep and goats and cows.")))
                .containsEntry("vectors", 3)
                .containsEntry("model", Shelf.MODEL);
    }

    @Test
    void theNearestVectorIsTheFirst() throws Exception {
        indexThree();
        Map<String, Object> answer = ask("vector", "no such word", 0, 5);
        assertThat(Shelf.ids(answer)).containsExactly("a-1", "b-0", "a-0");
        assertThat(answer).containsEntry("total", 3);
        assertThat(Shelf.warnings(answer)).isEmpty();
        assertThat((double) Shelf.items(answer).get(1).get("score")).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void bothListsAreFusedByTheirRanks() throws Exception {
        indexThree();
        Map<String, Object> answer = ask("hybrid", "goats", 0, 1);
        assertThat(Shelf.ids(answer)).containsExactly("a-0", "b-0", "a-1");
        assertThat(Shelf.items(answer))
                .extracting(item -> item.get("score"))
                .containsExactly(2.0 / 61 + 1.0 / 63, 2.0 / 62 + 1.0 / 62, 1.0 / 61);
        assertThat(answer).containsEntry("total", 3);
        assertThat(Shelf.ids(ask("hybrid", "goats unicorns dragons griffins", 0, 1)))
                .as("little of the question is in any")
                .containsExactly("a-1", "b-0", "a-0");
        assertThat(Shelf.ids(ask("text", "goats", 0, 1))).containsExactly("a-0", "b-0");
    }

    @Test
    void anIdentifierComesBeforeWhatIsNear() throws Exception {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        vectors.put("a-0", EAST);
        vectors.put("a-1", NORTH);
        vectors.put("a-2", BETWEEN);
        shelf.index(vectors, Doc.of("a", "Study NCT02576665.", "Another study.", "NCT02576665 again, at more length."));
        assertThat(Shelf.ids(ask("hybrid", "NCT02576665", 0, 1))).containsExactly("a-0", "a-2", "a-1");
    }

    @Test
    void aFilterHoldsInAllModesAndForWhatIsCounted() throws Exception {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        vectors.put("a-0", NORTH);
        vectors.put("a-1", BETWEEN);
        vectors.put("b-0", EAST);
        shelf.index(
                vectors,
                Doc.of("a", "Goats.", "More goats."),
                Doc.of("b", "Cabras e goats.").in("pt"));
        for (String mode : List.of("text", "vector", "hybrid")) {
            Map<String, Object> answer = shelf.ask(Map.of(
                    "q",
                    "goats",
                    "mode",
                    mode,
                    "vector",
                    Shelf.base64(0, 1),
                    "facets",
                    Map.of("languages", List.of("pt"))));
            assertThat(Shelf.ids(answer)).as(mode).containsExactly("b-0");
            assertThat(answer).containsEntry("total", 1);
            assertThat(Shelf.map(answer.get("facets")))
                    .containsEntry("languages", List.of(Map.of("value", "pt", "count", 1)))
                    .containsEntry("documents", List.of(Map.of("value", "b", "title", "Title of b", "count", 1)));
            Map<String, Object> both = Map.of("languages", List.of("pt", "en"), "sections", List.of("methods"));
            assertThat(Shelf.ids(shelf.ask(
                            Map.of("q", "goats", "mode", mode, "vector", Shelf.base64(0, 1), "facets", both))))
                    .as("one of the values of each facet, by " + mode)
                    .containsExactly("a-1");
            Map<String, Object> none = Map.of("documents", List.of("c"));
            assertThat(shelf.ask(Map.of("q", "goats", "mode", mode, "vector", Shelf.base64(0, 1), "facets", none)))
                    .containsEntry("total", 0);
        }
    }

    @Test
    void aPhraseMustBeThereInAllModes() throws Exception {
        indexThree();
        for (String mode : List.of("text", "vector", "hybrid")) {
            Map<String, Object> answer = ask(mode, "camels \"sheep and goats\"", 0, 1);
            assertThat(Shelf.ids(answer)).as(mode).containsExactly("b-0");
            assertThat(answer).containsEntry("total", 1);
        }
        shelf.context().library().remove("b");
        assertThat(Shelf.ids(ask("hybrid", "\"sheep and goats\"", 0, 1))).isEmpty();
    }

    @Test
    void withoutAVectorWordsDecideAndTheAnswerSaysSo() throws Exception {
        indexThree();
        for (String mode : List.of("hybrid", "vector")) {
            Map<String, Object> answer = shelf.ask(Map.of("q", "goats", "mode", mode));
            assertThat(Shelf.ids(answer)).containsExactly("a-0", "b-0");
            assertThat(Shelf.warnings(answer))
                    .containsExactly("The question came without a vector: only words were looked for.");
        }
        assertThat(Shelf.warnings(shelf.ask("goats"))).isEmpty();
    }

    @Test
    void vectorsOfAnotherModelDoNotAnswer() throws Exception {
        indexThree();
        Map<String, Object> question = new HashMap<>(Map.of("q", "camels", "vector", Shelf.base64(1, 0)));
        question.put("model_sha256", "b".repeat(64));
        Map<String, Object> answer = shelf.ask(question);
        assertThat(Shelf.ids(answer)).containsExactly("a-1");
        assertThat(Shelf.warnings(answer))
                .containsExactly(
                        "The documents have vectors of the model small-model (aaaaaaaaaaaa, 2 dimensions), and the"
                                + " question has one of another: only words were looked for.");
        question.put("model_sha256", Shelf.SHA);
        assertThat(Shelf.warnings(shelf.ask(question))).isEmpty();
        question.put("vector", Shelf.base64(1, 0, 0));
        assertThat(Shelf.warnings(shelf.ask(question))).hasSize(1);
    }

    @Test
    void documentsWithoutVectorsAreFoundByWords() throws Exception {
        indexThree();
        shelf.index(Doc.of("c", "Camels again."));
        Map<String, Object> answer = ask("hybrid", "camels", 0, 1);
        assertThat(Shelf.ids(answer)).startsWith("a-1").contains("c-0");
        assertThat(Shelf.warnings(answer))
                .containsExactly("1 document has no vectors of this model and can be found by words alone.");
        shelf.context().library().remove("a");
        shelf.context().library().remove("b");
        assertThat(Shelf.warnings(ask("vector", "camels", 0, 1)))
                .containsExactly("No document of this project has vectors: only words were looked for.");
    }

    @Test
    void modelsAreNotMixed() throws Exception {
        indexThree();
        Map<String, Object> other = shelf.batch("large-model", "c".repeat(64), Map.of("c-0", new float[] {0, 0, 1}));
        List<Doc> one = List.of(Doc.of("c", "Camels."));
        assertThatThrownBy(() -> new IndexStage().execute(shelf.task(one), other))
                .isInstanceOf(StageFailure.class)
                .hasMessage(
                        "The index of this project has vectors of the model small-model (aaaaaaaaaaaa, 2 dimensions)"
                                + " for 2 other documents, such as Title of a, and those of large-model (cccccccccccc, 3 dimensions)"
                                + " cannot be compared with them: run all documents in one task with the same model, or remove"
                                + " those first.");
        assertThat(shelf.context().library().part("c", "index")).isEmpty();
        shelf.context().library().remove("a");
        shelf.context().library().remove("b");
        new IndexStage().execute(shelf.task(one), other);
        assertThat(Shelf.ids(shelf.ask(Map.of("q", "x", "vector", Shelf.base64(0, 1, 1)))))
                .containsExactly("c-0");
    }

    @Test
    void allDocumentsOfATaskMayChangeTheModelTogether() throws Exception {
        indexThree();
        Map<String, float[]> vectors = Map.of("a-0", new float[] {1, 0, 0}, "b-0", new float[] {0, 1, 0});
        List<Doc> all = List.of(Doc.of("a", "Goats.", "Camels."), Doc.of("b", "Sheep and goats and cows."));
        new IndexStage().execute(shelf.task(all), shelf.batch("large-model", "c".repeat(64), vectors));
        assertThat(Shelf.ids(shelf.ask(Map.of("q", "x", "mode", "vector", "vector", Shelf.base64(1, 0.1f, 0)))))
                .containsExactly("a-0", "b-0");
    }

    @Test
    void vectorsThatAreNoneAreRefused() {
        refused(
                Map.of("a-0", new float[] {3, 4}),
                "The vectors are not of length 1 at the chunk a-0: run the stage embed again.");
        refused(
                Map.of("a-0", new float[] {Float.NaN, 1}),
                "The vectors are not of length 1 at the chunk a-0: run the stage embed again.");
        refused(Map.of("x-0", EAST), "The vectors are those of other chunks: run the stage embed again.");
    }

    private void refused(Map<String, float[]> vectors, String sentence) {
        assertThatThrownBy(() -> shelf.index(vectors, Doc.of("a", "Goats.")))
                .isInstanceOf(StageFailure.class)
                .hasMessage(sentence);
    }

    @Test
    void batchesThatAreNotWholeAreRefused() throws Exception {
        Doc doc = Doc.of("a", "Goats.");
        Map<String, Object> batch = shelf.batch(Shelf.MODEL, Shelf.SHA, Map.of("a-0", EAST));
        Map<String, Object> two = new HashMap<>(batch);
        two.put("vectors", List.of("a-0", "a-1"));
        Map<String, Object> twice = new HashMap<>(batch);
        twice.put("vectors", List.of("a-0", "a-0"));
        Map<String, Object> nameless = new HashMap<>(batch);
        nameless.remove("model");
        Map<String, Object> gone = new HashMap<>(batch);
        gone.put("blob", "0".repeat(64));
        for (Map.Entry<Map<String, Object>, String> each : Map.of(
                        two, "The vectors have 8 bytes and not 16",
                        twice, "The vectors name the chunk a-0 twice",
                        nameless, "The vectors need model, model_sha256 and dimensions",
                        gone, "The vectors are not in the content store")
                .entrySet()) {
            assertThatThrownBy(() -> new IndexStage().execute(shelf.task(List.of(doc)), each.getKey()))
                    .isInstanceOf(StageFailure.class)
                    .hasMessageStartingWith(each.getValue());
        }
    }

    @Test
    void vectorsMayHaveThousandsOfDimensions() throws Exception {
        float[] vector = new float[3_072];
        vector[3_000] = 1;
        shelf.index(Map.of("a-0", vector), Doc.of("a", "Goats."));
        assertThat(Shelf.ids(ask("vector", "x", vector))).containsExactly("a-0");
    }

    @Test
    void theNearestOfManyAreFoundAsComparingAllFindsThem() throws Exception {
        Random random = new Random(7);
        List<String> texts = new ArrayList<>();
        Map<String, float[]> vectors = new LinkedHashMap<>();
        for (int i = 0; i < 2_000; i++) {
            texts.add("text");
            vectors.put("a-" + i, unit(random, 32));
        }
        shelf.index(vectors, Doc.of("a", texts.toArray(String[]::new)));
        int right = 0;
        for (int question = 0; question < 20; question++) {
            float[] asked = unit(random, 32);
            List<Object> ten = vectors.entrySet().stream()
                    .sorted((a, b) -> Double.compare(dot(b.getValue(), asked), dot(a.getValue(), asked)))
                    .limit(10)
                    .<Object>map(Map.Entry::getKey)
                    .toList();
            List<Object> found = new ArrayList<>(Shelf.ids(ask("vector", "x", asked)));
            found.retainAll(ten);
            right += found.size();
        }
        assertThat(right).as("of 200").isGreaterThanOrEqualTo(190);
    }

    private static float[] unit(Random random, int dimensions) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Vectors.normalised(vector).orElseThrow();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
