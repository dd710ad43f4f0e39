package dev.callboard.documents.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.documents.search.Shelf.Doc;
import dev.callboard.spi.StageFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchWordsTest {
    @TempDir
    Path folder;

    private Shelf shelf;

    @BeforeEach
    void aShelf() {
        shelf = new Shelf(folder);
    }

    @Test
    void anyWordMakesAResultAndMoreWordsABetterOne() throws Exception {
        shelf.index(Doc.of("a", "Goats eat grass.", "Fever in goats and sheep.", "Grass grows."));
        assertThat(shelf.found("fever goats")).containsExactly("a-1", "a-0");
        assertThat(shelf.ask("fever goats")).containsEntry("total", 2);
        assertThat(shelf.found("camel")).isEmpty();
    }

    @Test
    void quotesMakeAPhraseThatMustBeThere() throws Exception {
        shelf.index(Doc.of("a", "The fever of the valley.", "Rift valley fever in goats.", "Goats, goats, goats."));
        assertThat(shelf.found("\"valley fever\" goats")).containsExactly("a-1");
        assertThat(shelf.found("“valley fever”")).containsExactly("a-1");
        assertThat(shelf.found("\"valley fever"))
                .as("a quote that is never closed")
                .hasSize(2);
        assertThat(shelf.found("\"fever valley\"")).isEmpty();
        assertThat(shelf.found("goats\"valley fever\"goats")).containsExactly("a-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Vaccinated herds were tested. | vaccinate herd test",
                "Sampled in Zambézia province | zambezia",
                "Sampled in Zambe\u0301zia province | Zambézia",
                "De la fi\u00ADèvre de l’eau | fievre eau",
                "Straßenbahn und Äpfel | STRASSENBAHN apfel",
                "Η ΓΆΤΑ της γειτονιάς | γατα γειτονιας",
                "ＣＯＶＩＤ wards | covid",
                "裂谷热病毒在山羊中传播 | 山羊",
                "裂谷热病毒在山羊中传播 | 羊",
                "ヤギのリフトバレー熱 | バレー",
                "염소의 리프트밸리열 | 염소",
                "ไข้ริฟต์แวลลีย์ในแพะ | แพะ",
                "١٢٣ مريضا | 123",
                "Study NCT02576665 of Toca 511 | nct02576665",
                "Variants of SARS-CoV-2 spread | sars-cov-2",
                "See https://doi.org/10.1371/journal.pntd.0002065 for more | 10.1371/journal.pntd.0002065",
                "Fixed in version 2.17.1 of the library | 2.17.1",
                "O'Brien's dog barks | O’Brien dog",
            })
    void everyWordIsFoundInItsOtherForms(String text, String question) throws Exception {
        shelf.index(Doc.of("a", text, "Nothing of interest."));
        for (String word : question.split(" ")) {
            assertThat(shelf.found(word)).as(word).containsExactly("a-0");
        }
        assertThat(shelf.found('"' + question.split(" ")[0] + '"')).containsExactly("a-0");
    }

    @Test
    void identifiersAreFoundExactly() throws Exception {
        shelf.index(
                Doc.of("a", "NCT02576665", "NCT02576666", "CVE-2021-44228", "CVE-2021-44229 of 2021", "1.5 and 15"));
        assertThat(shelf.found("NCT02576665")).containsExactly("a-0");
        assertThat(shelf.found("CVE-2021-44228")).containsExactly("a-2");
        assertThat(shelf.found("NCT0257")).isEmpty();
        assertThat(shelf.found("15")).containsExactly("a-4");
    }

    @Test
    void aDocumentIsFoundByItsFilesNameAtItsFirstChunk() throws Exception {
        shelf.index(Doc.of("pntd.0002065", "First.", "Second.").titled("a"), Doc.of("pntd.0002066", "Third."));
        assertThat(shelf.found("pntd.0002065")).containsExactly("pntd.0002065-0");
    }

    @Test
    void phrasesOfSeveralScriptsAreFound() throws Exception {
        shelf.index(Doc.of("a", "病毒 RVFV 在山羊中", "山羊中病毒 RVFV"));
        assertThat(shelf.found("\"病毒 RVFV 在山羊\"")).containsExactly("a-0");
    }

    @Test
    void noCharacterIsAnOperator() throws Exception {
        shelf.index(Doc.of("a", "goats", "goose", "text of title"));
        assertThat(shelf.found("go*")).isEmpty();
        assertThat(shelf.found("g?ats")).doesNotContain("a-0");
        assertThat(shelf.found("-goats")).containsExactly("a-0");
        assertThat(shelf.found("(goats AND [geese TO x]) OR +goose~ title:goats^3 \\"))
                .contains("a-0", "a-1");
        assertThat(Shelf.warnings(shelf.ask("*:*")))
                .containsExactly("The question has no letters or digits to look for.");
    }

    @Test
    void fillersOnlyDecideBetweenResults() throws Exception {
        shelf.index(Doc.of("a", "The end of the story.", "A goat and its kid.", "Goats."));
        assertThat(shelf.found("what is a goat")).containsExactlyInAnyOrder("a-1", "a-2");
        assertThat(shelf.found("the")).as("nothing else to look for").containsExactly("a-0");
        assertThat(shelf.found("\"end of the\"")).containsExactly("a-0");
    }

    @Test
    void theTitleCounts() throws Exception {
        shelf.index(
                Doc.of("a", "An animal of the mountains.").titled("On goats"),
                Doc.of("b", "One goat among many sheep and cows of the mountains and of the valley of the river.")
                        .titled("x"));
        assertThat(shelf.found("goats")).containsExactly("a-0", "b-0");
    }

    @Test
    void whatIsEquallyGoodComesInTheOrderOfTheIds() throws Exception {
        List<Doc> docs = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            docs.add(Doc.of("d" + (i * 7 % 30 + 10), "The same words.").titled("t"));
        }
        shelf.index(docs.toArray(Doc[]::new));
        List<Object> all = shelf.found("same words");
        assertThat(all).hasSize(30).isSortedAccordingTo((a, b) -> ((String) a).compareTo((String) b));
        List<Object> paged = new ArrayList<>();
        for (int from = 0; from < 35; from += 7) {
            Map<String, Object> page = shelf.ask(Map.of("q", "same words", "mode", "text", "from", from, "limit", 7));
            assertThat(page).containsEntry("total", 30);
            paged.addAll(Shelf.ids(page));
        }
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void highlightsCountCodePoints() throws Exception {
        shelf.index(Doc.of("a", "🐐🐐 Goats and a goat: Rift Valley fever, valley. 山羊中"));
        assertThat(highlights("goat 山羊中")).isEqualTo(List.of(List.of(3, 8), List.of(15, 19), List.of(48, 51)));
        assertThat(highlights("\"rift valley\"")).isEqualTo(List.of(List.of(21, 32)));
    }

    private Object highlights(String q) throws Exception {
        return Shelf.items(shelf.ask(q)).get(0).get("highlights");
    }

    @Test
    void resultsSayWhereTheyAre() throws Exception {
        shelf.index(Doc.of("a", "Introduction.", "Goats were sampled."));
        assertThat(Shelf.items(shelf.ask("goats")).get(0))
                .containsEntry("doc_id", "a")
                .containsEntry("title", "Title of a")
                .containsEntry("chunk_id", "a-1")
                .containsEntry("section", "s1")
                .containsEntry("section_title", "2.1 Methods")
                .containsEntry("start", 13)
                .containsEntry("end", 32)
                .containsEntry("text", "Goats were sampled.")
                .containsEntry("media_type", "text/plain")
                .containsEntry("lang", "en")
                .containsEntry("section_name", "methods");
    }

    @Test
    void whatWasFoundIsCounted() throws Exception {
        shelf.index(
                Doc.of("a", "Goats.", "Goats again.", "Sheep."),
                Doc.of("b", "Cabras.", "goats").in("pt").titled("Sobre cabras"));
        Map<String, Object> facets = Shelf.map(shelf.ask("goats").get("facets"));
        assertThat(facets)
                .containsEntry(
                        "documents",
                        List.of(
                                Map.of("value", "a", "title", "Title of a", "count", 2),
                                Map.of("value", "b", "title", "Sobre cabras", "count", 1)))
                .containsEntry("media_types", List.of(Map.of("value", "text/plain", "count", 3)))
                .containsEntry(
                        "languages", List.of(Map.of("value", "en", "count", 2), Map.of("value", "pt", "count", 1)))
                .containsEntry("sections", List.of(Map.of("value", "methods", "count", 2)));
    }

    @Test
    void longQuestionsAreCutAndTooLongOnesRefused() throws Exception {
        shelf.index(Doc.of("a", "w70 here", "w3 here"));
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 80; i++) {
            words.append('w').append(i).append(' ');
        }
        Map<String, Object> answer = shelf.ask(words.toString());
        assertThat(Shelf.ids(answer)).containsExactly("a-1");
        assertThat(Shelf.warnings(answer)).containsExactly("Only the first 64 of 80 words were looked for.");
        refused(Map.of("q", "x".repeat(1_001)), "q must have at most 1,000 characters.");
    }

    @Test
    void impossibleQuestionsAreRefused() {
        refused(Map.of("q", "  "), "q is empty: it needs a word to look for.");
        refused(Map.of("q", 5), "q must be a text.");
        refused(
                Map.of("q", "x", "facets", Map.of("colours", List.of("red"))),
                "There is no facet 'colours': known are documents, media_types, languages, sections.");
        refused(
                Map.of("q", "x", "facets", Map.of("languages", List.of())),
                "facets.languages must be a list of 1 to 20 texts.");
        refused(
                Map.of("q", "x", "facets", List.of("languages")),
                "facets must be an object with a list of values for each facet.");
        refused(Map.of("q", "x", "mode", "magic"), "mode must be hybrid, text or vector.");
        refused(Map.of("q", "x", "limit", 101), "limit must be a whole number from 1 to 100.");
        refused(Map.of("q", "x", "limit", 0), "limit must be a whole number from 1 to 100.");
        refused(Map.of("q", "x", "from", 1.5), "from must be a whole number from 0 to 1000.");
        refused(
                Map.of("q", "x", "from", 995),
                "Only the first 1,000 results can be seen: from and limit must not go beyond; use more exact words.");
        refused(
                Map.of("q", "x", "vector", "?"),
                "vector must be base64 of little-endian float32, at most 4096 numbers and not all zero.");
        refused(
                Map.of("q", "x", "vector", Shelf.base64(Float.NaN, 1)),
                "vector must be base64 of little-endian float32, at most 4096 numbers and not all zero.");
        refused("goats", "A question must be an object with q.");
    }

    private void refused(Object question, String sentence) {
        assertThatThrownBy(() -> new SearchQuestion().execute(shelf.context(), question))
                .isInstanceOf(StageFailure.class)
                .hasMessage(sentence);
    }
}
