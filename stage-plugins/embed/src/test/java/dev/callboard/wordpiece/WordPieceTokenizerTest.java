package dev.callboard.wordpiece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.wordpiece.WordPieceTokenizer.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WordPieceTokenizerTest {
    private static final String TOKENS = "{\"id\": 0, \"content\": \"[CLS]\"}, {\"id\": 1, \"content\": \"[SEP]\"}";

    private static final String SMALL = "{\"version\": \"1.0\", \"added_tokens\": [" + TOKENS
            + ", {\"id\": 2, \"content\": \"[UNK]\", \"special\": true}], \"model\": {\"type\": \"WordPiece\", \"vocab\":"
            + " {\"[CLS]\": 0, \"[SEP]\": 1, \"[UNK]\": 2, \"goat\": 3, \"##s\": 4, \"go\": 5, \".\": 6}}}";

    private static Vocabulary vocabulary(String json) throws IOException {
        return Vocabulary.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static WordPieceTokenizer small() throws IOException {
        return new WordPieceTokenizer(vocabulary(SMALL));
    }

    @Test
    void takesTheLongestPieces() throws IOException {
        assertThat(small().encode("Goats go.", 100).ids()).containsExactly(0, 3, 4, 5, 6, 1);
    }

    @Test
    void aWordThatCannotBeCutIsUnknownAsAWhole() throws IOException {
        assertThat(small().encode("goatz goats", 100).ids()).containsExactly(0, 2, 3, 4, 1);
    }

    @Test
    void aTextOfTheGreatestLengthIsNotCut() throws IOException {
        Tokens tokens = small().encode("goats go", 3);
        assertThat(tokens.ids()).containsExactly(0, 3, 4, 5, 1);
        assertThat(tokens.cut()).isFalse();
    }

    @Test
    void aLongerTextIsCutAndSaysSo() throws IOException {
        Tokens tokens = small().encode("goats goats", 3);
        assertThat(tokens.ids()).containsExactly(0, 3, 4, 3, 1);
        assertThat(tokens.cut()).isTrue();
    }

    @Test
    void anEmptyTextHasTheTwoTokensAround() throws IOException {
        assertThat(small().encode("", 3).ids()).containsExactly(0, 1);
        assertThat(small().encode(" \u0000\n\uD800", 3).ids()).containsExactly(0, 1);
    }

    @Test
    void aWordThatNeverEndsIsOneUnknownPiece() throws IOException {
        assertThat(small().encode("x".repeat(5_000_000), 3).ids()).containsExactly(0, 2, 1);
    }

    @Test
    void otherTokenizersAreRefused() {
        assertThatThrownBy(() -> vocabulary(SMALL.replace("WordPiece", "BPE")))
                .isInstanceOf(IOException.class)
                .hasMessage("the tokenizer is of the type 'BPE', not WordPiece");
        assertThatThrownBy(() -> vocabulary(SMALL.replace("\"content\": \"[UNK]\"", "\"content\": \"<unk>\"")))
                .isInstanceOf(IOException.class)
                .hasMessage("the tokenizer has no token [UNK]");
        assertThatThrownBy(() -> vocabulary("{\"model\": {")).isInstanceOf(IOException.class);
    }

    @Test
    void theModelsVocabularyIsWhole() throws IOException {
        try (var in = Vocabularies.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
            assertThat(Vocabulary.read(in).size()).isEqualTo(30_522);
        }
    }
}
