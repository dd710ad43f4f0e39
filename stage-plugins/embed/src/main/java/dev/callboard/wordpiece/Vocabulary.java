package dev.callboard.wordpiece;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** The pieces that a model knows, each with its id. Safe for threads. */
public final class Vocabulary {
    private static final String CONTINUES = "##";

    private final Map<String, Integer> beginnings = new HashMap<>();
    private final Map<String, Integer> continuations = new HashMap<>();
    private final Map<String, Integer> special = new HashMap<>();
    private String kind = "";
    private int longest;

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
        for (String token : new String[] {"[CLS]", "[SEP]", "[UNK]"}) {
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
            int id = parser.getIntValue();
            beginnings.put(piece, id);
            if (piece.startsWith(CONTINUES)) {
                continuations.put(piece.substring(CONTINUES.length()), id);
            }
            longest = Math.max(longest, piece.length());
        }
    }

    /**
     * The id of a piece, or -1 when there is none.
     *
     * @param continues whether it continues a word
     */
    int id(String piece, boolean continues) {
        return (continues ? continuations : beginnings).getOrDefault(piece, -1);
    }

    /** The id of a token with a meaning of its own, such as {@code [SEP]}. */
    int special(String token) {
        return special.get(token);
    }

    /** The token of that kind that a text has at a place, possibly empty; none is the beginning of another. */
    String specialAt(String text, int at) {
        for (String token : special.keySet()) {
            if (text.startsWith(token, at)) {
                return token;
            }
        }
        return "";
    }

    /** The most characters of a piece. */
    int longest() {
        return longest;
    }

    /** How many pieces there are. */
    public int size() {
        return beginnings.size();
    }
}
