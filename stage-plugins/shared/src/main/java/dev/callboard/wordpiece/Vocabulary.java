package dev.callboard.wordpiece;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The pieces that a model knows, each with its id, as a tree of characters with two roots: one for the beginning of a word, one for
 * what follows a piece ({@code ##}). The longest piece at a place is found with one step a character. Safe for threads.
 */
public final class Vocabulary {
    /** Before all others. */
    static final String FIRST = "[CLS]";

    /** After all others. */
    static final String LAST = "[SEP]";

    /** For a word that cannot be cut into pieces. */
    static final String UNKNOWN = "[UNK]";

    private static final String CONTINUES = "##";
    private static final int START = 1;
    private static final int REST = 2;

    private final PieceTree tree = new PieceTree();
    private final Map<String, Integer> special = new HashMap<>();
    private String kind = "";
    private int size;

    private Vocabulary() {}

    /**
     * Reads the model's {@code tokenizer.json}.
     *
     * @param json closed by the caller
     * @throws IOException when it cannot be read, is not valid JSON, or is not a WordPiece tokenizer with the tokens {@code [CLS]},
     *     {@code [SEP]} and {@code [UNK]}
     */
    public static Vocabulary read(InputStream json) throws IOException {
        Vocabulary vocabulary = new Vocabulary();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "added_tokens" -> vocabulary.readSpecial(parser);
                    case "model" -> vocabulary.readModel(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        if (!vocabulary.kind.equals("WordPiece")) {
            throw new IOException("the tokenizer is of the type '" + vocabulary.kind + "', not WordPiece");
        }
        for (String token : new String[] {FIRST, LAST, UNKNOWN}) {
            if (!vocabulary.special.containsKey(token)) {
                throw new IOException("the tokenizer has no token " + token);
            }
        }
        return vocabulary;
    }

    /** {@code [{"id": 101, "content": "[CLS]", …}, …]}. */
    private void readSpecial(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String content = "";
            int id = -1;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "id" -> id = parser.getIntValue();
                    case "content" -> content = parser.getText();
                    default -> parser.skipChildren();
                }
            }
            special.put(content, id);
        }
    }

    private void readModel(JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "type" -> kind = parser.getText();
                case "vocab" -> readPieces(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void readPieces(JsonParser parser) throws IOException {
        for (String piece = parser.nextFieldName(); piece != null; piece = parser.nextFieldName()) {
            parser.nextToken();
            boolean continues = piece.startsWith(CONTINUES) && piece.length() > CONTINUES.length();
            tree.add(
                    continues ? REST : START,
                    continues ? piece.substring(CONTINUES.length()) : piece,
                    parser.getIntValue());
            size++;
        }
    }

    /**
     * Where the longest piece ends that a word has at a place; that place when there is none.
     *
     * @param word code points
     * @param length how many of them count
     */
    int end(int[] word, int at, int length) {
        return tree.longest(at == 0 ? START : REST, word, at, length);
    }

    /** The id of a piece that {@link #end} has found. */
    int id(int[] word, int at, int end) {
        return tree.id(at == 0 ? START : REST, word, at, end);
    }

    /**
     * How many pieces a word has, each the longest that fits; 1 for {@code [UNK]} when one place fits none.
     *
     * @param word code points
     * @param length how many of them count, at least 1
     */
    int pieces(int[] word, int length) {
        int pieces = 0;
        for (int at = 0; at < length; pieces++) {
            int end = end(word, at, length);
            if (end == at) {
                return 1;
            }
            at = end;
        }
        return pieces;
    }

    /** The id of a token with a meaning of its own, such as {@code [SEP]}. */
    int special(String token) {
        return special.get(token);
    }

    /** The token of that kind that a text has at a place, before an end, possibly empty; none is the beginning of another. */
    String specialAt(String text, int at, int end) {
        for (String token : special.keySet()) {
            if (at + token.length() <= end && text.startsWith(token, at)) {
                return token;
            }
        }
        return "";
    }

    /** How many pieces there are. */
    public int size() {
        return size;
    }
}
