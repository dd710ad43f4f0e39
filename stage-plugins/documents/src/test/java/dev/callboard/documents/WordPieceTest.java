package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.callboard.documents.chunk.ModelTokens;
import dev.callboard.wordpiece.TokenCount;
import dev.callboard.wordpiece.WordPieceTokenizer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our tokenizer counts as the library does that the model was made with. */
class WordPieceTest {
    private static final String VOCABULARY = "/dev/callboard/documents/chunk/all-minilm-l6-v2-q-tokenizer.json";
    private static final int CODE_POINTS_PER_TEXT = 200;

    /** What random texts are made of, beside any code point at all. */
    private static final List<String> PIECES = List.of(
            "the",
            "vaccin",
            "ation",
            "Serological",
            "H5N1",
            "µg/mL",
            "1,234.5",
            "[CLS]",
            "[SEP",
            "[MASK]",
            "naïve",
            "É",
            "e\u0301",
            "İstanbul",
            "ΣΑΣ",
            "ß",
            "ﬁ",
            "한국어",
            "각",
            "日本語",
            "豈",
            "カタカナ",
            "ไทย",
            "हिन्दी",
            "العربية",
            "שָׁלוֹם",
            "🐟",
            "𝔘𝔫",
            "\u200D",
            "\u00AD",
            "\uFFFD",
            "\uE000",
            "\u0000",
            "≠",
            "≮",
            "½",
            "x".repeat(99),
            "y".repeat(101),
            "\u0301",
            "…",
            "—",
            "«",
            "。",
            "_",
            "`",
            "~");

    private static final List<String> GAPS =
            List.of("", "", "", " ", "\n", "\t", "\u00A0", "\u3000", "\u2028", "\u000B", "-");

    @TempDir
    static Path cache;

    private static HuggingFaceTokenizer library;
    private final WordPieceTokenizer own = ModelTokens.miniLm();

    @BeforeAll
    static void loadTheLibrary() throws Exception {
        System.setProperty("ENGINE_CACHE_DIR", cache.toString());
        System.setProperty("DJL_CACHE_DIR", cache.toString());
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        try (InputStream vocabulary = WordPieceTest.class.getResourceAsStream(VOCABULARY)) {
            library = HuggingFaceTokenizer.newInstance(
                    vocabulary, Map.of("padding", "false", "truncation", "false", "addSpecialTokens", "false"));
        }
    }

    @AfterAll
    static void closeIt() {
        library.close();
    }

    private void assertSameCounts(List<String> texts) {
        for (String text : texts) {
            assertThat(own.count(text))
                    .as(text)
                    .isEqualTo(library.encode(text, false, false).getIds().length);
        }
    }

    @Test
    void countsWithoutTheTokensAroundAnInput() {
        assertThat(own.count("Hello, world!")).isEqualTo(4);
        assertThat(library.encode("Hello, world!").getIds()).hasSize(4);
        assertThat(library.encode("Hello, world!", true, false).getIds()).hasSize(6);
        assertThat(own.count("")).isZero();
        assertThat(own.count(" \n\u00A0\u200B")).isZero();
        assertThat(own.count("one two three", 4, 7)).isEqualTo(1);
    }

    @Test
    void longWordsAreOneUnknownToken() {
        assertSameCounts(List.of("a".repeat(100), "a".repeat(101), "é".repeat(100), "각".repeat(33), "각".repeat(34)));
        assertThat(own.count("a".repeat(100_000))).isEqualTo(1);
    }

    @Test
    void everyCodePointCountsTheSameBetweenLettersAndAlone() {
        List<String> texts = new ArrayList<>();
        // Planes 4 to 13 are empty, 15 and 16 private: there every hundredth will do.
        int[] points = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .filter(point -> point < 0x40000 || point >> 16 == 14 || point % 100 == 0)
                .toArray();
        for (int from = 0; from < points.length; from += CODE_POINTS_PER_TEXT) {
            StringBuilder text = new StringBuilder();
            for (int i = from; i < Math.min(points.length, from + CODE_POINTS_PER_TEXT); i++) {
                text.append("a")
                        .appendCodePoint(points[i])
                        .append("b ")
                        .appendCodePoint(points[i])
                        .append(' ');
            }
            texts.add(text.toString());
        }
        assertSameCounts(texts);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomTextsCountTheSame(long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            texts.add(IntStream.range(0, 1 + random.nextInt(40))
                    .mapToObj(word -> word(random) + GAPS.get(random.nextInt(GAPS.size())))
                    .collect(Collectors.joining()));
        }
        assertSameCounts(texts);
    }

    private static String word(Random random) {
        if (random.nextInt(4) > 0) {
            return PIECES.get(random.nextInt(PIECES.size()));
        }
        int point = random.nextInt(random.nextBoolean() ? 0x3000 : 0x110000);
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? "s" : Character.toString(point);
    }

    @Test
    void aTextThatComesInPiecesCountsAsAWhole() {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            String text = IntStream.range(0, 1 + random.nextInt(40))
                    .mapToObj(word -> word(random) + GAPS.get(random.nextInt(GAPS.size())))
                    .collect(Collectors.joining())
                    .replace('[', '(');
            TokenCount count = own.counting();
            for (int from = 0; from < text.length(); ) {
                int to = text.offsetByCodePoints(from, 1 + random.nextInt(text.codePointCount(from, text.length())));
                TokenCount before = count.copy();
                count.add(text, from, to);
                assertThat(count.tokens()).as(text).isEqualTo(own.count(text, 0, to));
                assertThat(before.tokens()).as(text).isEqualTo(own.count(text, 0, from));
                from = to;
            }
        }
    }

    @Test
    void realDocumentsCountTheSame() throws Exception {
        Path folder = Path.of(System.getProperty("callboard.documents", "../../../shared/documents"));
        assumeTrue(Files.isDirectory(folder), "no folder of real documents");
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Map<String, Object> document = Read.file(file.getFileName().toString(), Files.readAllBytes(file));
                TestContext.list(document.get("blocks")).forEach(block -> texts.add((String) block.get("text")));
                texts.add((String) document.get("text"));
            }
        }
        assertThat(texts).hasSizeGreaterThan(500);
        assertSameCounts(texts);
    }
}
