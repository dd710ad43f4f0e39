package dev.callboard.documents.chunk;

import dev.callboard.wordpiece.Vocabulary;
import dev.callboard.wordpiece.WordPieceTokenizer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The tokenizer of all-MiniLM-L6-v2, the model of the plugin {@code embed}, which reads 256 tokens. The vocabulary is the model's own; the
 * build takes it out of the model's jar.
 */
public final class ModelTokens {
    private static final String FILE = "all-minilm-l6-v2-q-tokenizer.json";

    private ModelTokens() {}

    /** Loaded on first use (some 100 ms), shared from then on. */
    private static final class Loaded {
        private static final WordPieceTokenizer INSTANCE = load();

        private static WordPieceTokenizer load() {
            try (InputStream in = ModelTokens.class.getResourceAsStream(FILE)) {
                if (in == null) {
                    throw new FileNotFoundException("this plugin's jar lacks " + FILE);
                }
                return new WordPieceTokenizer(Vocabulary.read(in));
            } catch (IOException e) {
                throw new UncheckedIOException("the vocabulary in this plugin's jar cannot be read", e);
            }
        }
    }

    /** The tokenizer. */
    public static WordPieceTokenizer miniLm() {
        return Loaded.INSTANCE;
    }
}
