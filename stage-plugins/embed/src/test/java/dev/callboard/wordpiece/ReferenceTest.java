package dev.callboard.wordpiece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ids are those of Hugging Face's tokenizer, for every character and any text. */
class ReferenceTest {
    /** Code points of one text; few, so that a failure says which. */
    private static final int TOGETHER = 32;

    private static WordPieceTokenizer own;
    private static HuggingFaceTokenizer reference;

    @BeforeAll
    static void open() throws IOException {
        own = Vocabularies.own();
        reference = Vocabularies.reference();
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    private static void compare(String text) {
        int[] ids = own.encode(text, Integer.MAX_VALUE - 1).ids();
        long[] expected = reference.encode(text).getIds();
        assertThat(Arrays.stream(ids).asLongStream().toArray()).as(text).isEqualTo(expected);
    }

    /** Each character alone and in a word; planes 3 to 13 have none, and those of private use are all alike. */
    @ParameterizedTest
    @ValueSource(ints = {0x0, 0x10000, 0x20000, 0xE0000, 0xF0000})
    void ofEveryCharacter(int plane) {
        int last = plane == 0xF0000 ? plane + 0x400 : plane + 0xFFFF;
        for (int first = Math.max(1, plane); first <= last; first += TOGETHER) {
            StringBuilder text = new StringBuilder();
            for (int point = first; point < first + TOGETHER; point++) {
                if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                    text.append("re")
                            .appendCodePoint(point)
                            .append("e ")
                            .appendCodePoint(point)
                            .append(' ');
                }
            }
            compare(text.toString());
        }
    }

    @Test
    void ofRandomTexts() {
        RandomTexts texts = new RandomTexts(12);
        for (int i = 0; i < 6_000; i++) {
            compare(texts.next());
        }
    }

    @Test
    void ofLongWords() {
        for (String letter : List.of("a", "ö", "w\u0301", "한", "😀", "#")) {
            for (int length = 98; length <= 103; length++) {
                compare("before " + letter.repeat(length) + " after");
            }
        }
    }

    @Test
    void ofTextsWithSpecialTokens() {
        for (String text : List.of(
                "[CLS]", "a[SEP]b", "[[MASK]]", "[PAD][PAD]", " [UNK] ", "[cls]", "[CLS", "CLS]", "[S\u00ADEP]")) {
            compare(text);
        }
    }

    @Test
    void ofRealDocuments() throws IOException {
        Path folder = Path.of(System.getProperty("callboard.documents", "../../../shared/documents"));
        assumeTrue(Files.isDirectory(folder), "the shared documents are not here");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> texts =
                    files.filter(file -> !file.toString().endsWith(".pdf")).toList();
            assertThat(texts).isNotEmpty();
            for (Path file : texts) {
                compare(Files.readString(file, StandardCharsets.UTF_8));
            }
        }
    }
}
