package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.documents.chunk.ModelTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sentences stay whole in every language, and no text makes a chunk of no measure. */
class ChunkLanguagesTest {
    private static List<Map<String, Object>> chunks(String text, String language, int maxTokens) throws Exception {
        TestContext context = new TestContext()
                .file("a.txt", text)
                .with("language", language)
                .with("max_tokens", maxTokens)
                .with("min_tokens", 8)
                .with("overlap_sentences", 0);
        return TestContext.list(context.run("ingest", "parse", "chunk"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ja | 港の水位計は毎朝%d時に読まれる。 | 。",
                "zh | 港口的水位计每天%d点读数。 | 。",
                "zh | 第%d个水位计在哪里？ | ？",
                "hi | यह घाट संख्या %d है। | ।",
                "ar | أين المقياس رقم %d؟ | ؟",
                "my | ဆိပ်ကမ်း %d။ | ။",
                "am | ወደብ ቁጥር %d።| ።",
                "en | The gauge number %d of the old harbour was read.| .",
                "de | Der Pegel Nummer %d im alten Hafen wurde abgelesen.| .",
                "und | 港の水位計は毎朝%d時に読まれる。 | 。",
            })
    void chunksEndWhereSentencesEnd(String language, String sentence, String end) throws Exception {
        String gap = language.matches("ja|zh|und") ? "" : " ";
        String text = IntStream.range(10, 60)
                .mapToObj(number -> String.format(java.util.Locale.ROOT, sentence.strip(), number))
                .collect(Collectors.joining(gap));
        List<Map<String, Object>> chunks = chunks(text, language, 64);
        assertThat(chunks).hasSizeGreaterThan(2).allSatisfy(chunk -> {
            assertThat((String) chunk.get("text")).endsWith(end);
            assertThat((int) chunk.get("tokens"))
                    .isEqualTo(ModelTokens.miniLm().count((String) chunk.get("text")))
                    .isLessThanOrEqualTo(64);
        });
    }

    @Test
    void aSentenceWithoutSpacesThatIsTooLongIsCutBetweenItsCharacters() throws Exception {
        String sentence = "港の水位計は毎朝六時に読まれ".repeat(20) + "る。";
        List<Map<String, Object>> chunks = chunks(sentence, "ja", 64);
        assertThat(chunks).hasSizeGreaterThan(3);
        assertThat(chunks.stream().map(chunk -> (String) chunk.get("text")).collect(Collectors.joining()))
                .isEqualTo(sentence);
    }

    @Test
    void aMarkOfTheEndKeepsItsQuote() throws Exception {
        String text = "彼は「水が来る。」と言った。".repeat(30);
        List<String> texts = new ArrayList<>();
        chunks(text, "ja", 32).forEach(chunk -> texts.add((String) chunk.get("text")));
        assertThat(texts).hasSizeGreaterThan(5).noneMatch(chunk -> chunk.startsWith("」") || chunk.startsWith("。"));
    }

    @Test
    void aWideStopWithinANumberEndsNothing() throws Exception {
        String text = "水位は３．１４米でした．".repeat(30);
        assertThat(chunks(text, "ja", 32))
                .hasSizeGreaterThan(5)
                .allSatisfy(chunk ->
                        assertThat((String) chunk.get("text")).startsWith("水位").endsWith("でした．"));
    }

    @Test
    void wordsThatAreOneTokenHoweverLongStillEndAChunk() throws Exception {
        for (String text : List.of(
                "x".repeat(50_000), ("ก".repeat(150) + " ").repeat(300), "🐟".repeat(20_000), "각".repeat(9_000))) {
            List<Map<String, Object>> chunks = chunks("Begin. " + text, "und", 64);
            assertThat(chunks).allSatisfy(chunk -> {
                assertThat(((String) chunk.get("text")).length()).isLessThanOrEqualTo(64 * 8);
                assertThat((int) chunk.get("tokens")).isLessThanOrEqualTo(64);
            });
            assertThat(chunks.stream()
                            .mapToInt(chunk -> ((String) chunk.get("text")).length())
                            .sum())
                    .isGreaterThan(text.replace(" ", "").length());
        }
    }

    /** Time that grows with the square of their length would be hours. */
    @ParameterizedTest
    @CsvSource({"th, ระดับน้ำที่ท่าเรือเก่า", "ko, 항구수위계", "ja, 港の水位計は毎朝六時に読まれ", "und, 🐟"})
    @Timeout(60)
    void longTextsWithoutSpacesAreCutSoon(String language, String words) throws Exception {
        String text = words.repeat(600_000 / words.length());
        assertThat(chunks(text, language, 8192).stream()
                        .mapToInt(chunk -> ((String) chunk.get("text")).length())
                        .sum())
                .isEqualTo(text.length());
    }

    @Test
    void documentsInOneTaskHaveChunksOfTheirOwnIds() throws Exception {
        Map<String, Object> block = Map.of("id", "b1", "kind", "paragraph", "start", 0, "end", 6);
        List<Map<String, Object>> documents = new ArrayList<>();
        for (String id : List.of("one", "two", "two")) {
            documents.add(Map.of("doc_id", id, "sha256", "f".repeat(64), "text", "Words.", "blocks", List.of(block)));
        }
        TestContext context = new TestContext();
        assertThat(TestContext.list(context.runOn(documents, "chunk")))
                .extracting(chunk -> chunk.get("id"))
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(context.lines()).contains("two is there twice and is taken once.");
    }
}
