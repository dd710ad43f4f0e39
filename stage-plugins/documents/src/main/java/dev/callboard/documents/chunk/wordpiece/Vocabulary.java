package dev.callboard.documents.chunk.wordpiece;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces that words are made of, as a tree of characters with two roots: one for the beginning of a word, one for what follows
 * a piece ({@code ##}). The longest piece at a place is found with one step a character.
 */
final class Vocabulary {
    private static final String FILE = "all-minilm-l6-v2-q-tokenizer.json";
    private static final String CONTINUED = "##";
    private static final int START = 1;
    private static final int REST = 2;

    private final PieceTree tree = new PieceTree();
    private final List<String> added = new ArrayList<>();

    private Vocabulary() {}

    /** Loaded on first use (some 100 ms), shared from then on. */
    private static final class Loaded {
        private static final Vocabulary INSTANCE = load();

        private static Vocabulary load() {
            try (InputStream in = Vocabulary.class.getResourceAsStream(FILE)) {
                if (in == null) {
                    throw new FileNotFoundException("this plugin's jar lacks " + FILE);
                }
                return of(new ObjectMapper().readTree(in));
            } catch (IOException e) {
                throw new UncheckedIOException("the vocabulary in this plugin's jar cannot be read", e);
            }
        }
    }

    /** That of all-MiniLM-L6-v2. */
    static Vocabulary miniLm() {
        return Loaded.INSTANCE;
    }

    /** Reads a {@code tokenizer.json}. */
    private static Vocabulary of(JsonNode json) throws IOException {
        JsonNode model = json.path("model");
        if (!model.path("vocab").isObject()
                || !model.path("continuing_subword_prefix").asText().equals(CONTINUED)) {
            throw new IOException(FILE + " holds no WordPiece vocabulary");
        }
        Vocabulary vocabulary = new Vocabulary();
        json.path("added_tokens")
                .forEach(token -> vocabulary.added.add(token.path("content").asText()));
        model.path("vocab").fieldNames().forEachRemaining(vocabulary::add);
        return vocabulary;
    }

    private void add(String piece) {
        boolean continued = piece.startsWith(CONTINUED) && piece.length() > CONTINUED.length();
        tree.add(continued ? REST : START, continued ? piece.substring(CONTINUED.length()) : piece);
    }

    /** Texts that are one token each, before anything else is looked at: {@code [CLS]} and its like. */
    List<String> added() {
        return added;
    }

    /**
     * How many pieces a word has, each the longest that fits; 1 for {@code [UNK]} when one place fits none.
     *
     * @param word code points
     * @param length how many of them count, at least 1
     */
    int pieces(int[] word, int length) {
        int pieces = 0;
        int at = 0;
        while (at < length) {
            int end = tree.longest(at == 0 ? START : REST, word, at, length);
            if (end == at) {
                return 1;
            }
            at = end;
            pieces++;
        }
        return pieces;
    }
}
