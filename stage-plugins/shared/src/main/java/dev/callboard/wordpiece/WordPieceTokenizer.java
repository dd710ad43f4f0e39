package dev.callboard.wordpiece;

import java.util.Objects;

/**
 * Cuts texts into the pieces that a model reads, or counts them. Each word is cut from its start into the longest pieces that the
 * vocabulary has; one that cannot be cut so, or has more than 100 characters, is unknown as a whole. The same text always has the
 * same pieces. Safe for threads.
 */
public final class WordPieceTokenizer {
    private final Vocabulary vocabulary;

    /** For a model. */
    public WordPieceTokenizer(Vocabulary vocabulary) {
        this.vocabulary = Objects.requireNonNull(vocabulary, "vocabulary is null");
    }

    /**
     * What a model reads of a text.
     *
     * @param ids begin with the id of {@code [CLS]} and end with that of {@code [SEP]}
     * @param cut whether the text has more pieces than these
     */
    public record Tokens(int[] ids, boolean cut) {}

    /**
     * Cuts a text.
     *
     * @param most the most pieces, {@code [CLS]} and {@code [SEP]} not counted
     */
    public Tokens encode(String text, int most) {
        TokenIds ids = new TokenIds(vocabulary, most);
        ids.read(text, 0, text.length());
        return ids.tokens();
    }

    /** How many pieces a text has, {@code [CLS]} and {@code [SEP]} not counted; 0 for one of white space alone. */
    public int count(String text) {
        return count(text, 0, text.length());
    }

    /**
     * How many pieces a part of a text has, by itself.
     *
     * @param start UTF-16 offset
     * @param end after its last character
     */
    public int count(String text, int start, int end) {
        TokenCount count = counting();
        count.add(text, start, end);
        return count.tokens();
    }

    /** Starts to count a text that comes piece by piece. */
    public TokenCount counting() {
        return new TokenCount(vocabulary);
    }
}
