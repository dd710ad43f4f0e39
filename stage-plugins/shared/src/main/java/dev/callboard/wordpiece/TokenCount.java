package dev.callboard.wordpiece;

/**
 * Counts the tokens of a text that comes piece by piece: a word may go on in the next piece. A special token such as {@code [CLS]}
 * counts as one only where it stands in one piece.
 */
public final class TokenCount extends WordSplitter {
    /** Of the words before the one that is being read. */
    private int tokens;

    TokenCount(Vocabulary vocabulary) {
        super(vocabulary);
    }

    private TokenCount(TokenCount other) {
        super(other);
        this.tokens = other.tokens;
    }

    /** The same so far, to go on by itself. */
    public TokenCount copy() {
        return new TokenCount(this);
    }

    /** The tokens of all that was added, if nothing follows. */
    public int tokens() {
        return tokens + (open() == 0 ? 0 : of(openWord(), open()));
    }

    /**
     * Adds a part of a text.
     *
     * @param start UTF-16 offset
     * @param end after its last character
     */
    public void add(String text, int start, int end) {
        read(text, start, end);
    }

    @Override
    void word(int[] points, int count) {
        tokens += of(points, count);
    }

    @Override
    void special(int id) {
        tokens++;
    }

    private int of(int[] points, int count) {
        return count > LONGEST_WORD ? 1 : vocabulary.pieces(points, count);
    }
}
