package dev.callboard.wordpiece;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The tokenizer of the model in the jar: ours, and the reference. */
final class Vocabularies {
    private static final String FILE = "/all-minilm-l6-v2-q-tokenizer.json";

    private Vocabularies() {}

    static WordPieceTokenizer own() throws IOException {
        try (InputStream in = Vocabularies.class.getResourceAsStream(FILE)) {
            return new WordPieceTokenizer(Vocabulary.read(in));
        }
    }

    static HuggingFaceTokenizer reference() throws IOException {
        try (InputStream in = Vocabularies.class.getResourceAsStream(FILE)) {
            return HuggingFaceTokenizer.newInstance(in, Map.of("padding", "false", "truncation", "false"));
        }
    }
}
