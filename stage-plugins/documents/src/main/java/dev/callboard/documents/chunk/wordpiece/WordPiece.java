package dev.callboard.documents.chunk.wordpiece;

/**
 * Counts the tokens that all-MiniLM-L6-v2 makes of a text, without the two that it puts around each input ({@code [CLS]} and
 * {@code [SEP]}): the model reads 256 with them. The same text always has the same number. Safe for several threads.
 */
public final class WordPiece {
    private final Vocabulary vocabulary;

    private WordPiece(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** With the vocabulary of all-MiniLM-L6-v2; the first call loads it. */
    public static WordPiece miniLm() {
        return new WordPiece(Vocabulary.miniLm());
    }

    /** How many tokens a text has; 0 for one of white space alone. */
    public int count(String text) {
        return count(text, 0, text.length());
    }

    /**
     * How many tokens a part of a text has, by itself.
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
