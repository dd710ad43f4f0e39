package dev.callboard.documents.chunk.wordpiece;

import java.util.Objects;

/**
 * Counts the tokens of a text that comes piece by piece: a word may go on in the next piece. A special token such as {@code [CLS]}
 * counts as one only where it stands in one piece.
 */
public final class TokenCount {
    /** A longer word is one token, {@code [UNK]}. */
    private static final int LONGEST_WORD = 100;

    private final Vocabulary vocabulary;
    /** The word that is being read, as code points. */
    private final int[] word;

    private int length;
    /** Of the words before it. */
    private int tokens;

    TokenCount(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.word = new int[LONGEST_WORD];
    }

    private TokenCount(TokenCount other) {
        this.vocabulary = other.vocabulary;
        this.word = other.word.clone();
        this.length = other.length;
        this.tokens = other.tokens;
    }

    /** The same so far, to go on by itself. */
    public TokenCount copy() {
        return new TokenCount(this);
    }

    /** The tokens of all that was added, if nothing follows. */
    public int tokens() {
        return tokens + ofWord();
    }

    /**
     * Adds a part of a text.
     *
     * @param start UTF-16 offset
     * @param end after its last character
     */
    public void add(String text, int start, int end) {
        Objects.checkFromToIndex(start, end, text.length());
        for (int i = start; i < end; ) {
            int point = text.codePointAt(i);
            int special = point == '[' ? special(text, i, end) : 0;
            if (special > 0) {
                end();
                tokens++;
                i += special;
            } else {
                i += Character.charCount(point);
                take(point);
            }
        }
    }

    /** The length of the special token at a place, or 0. */
    private int special(String text, int at, int end) {
        for (String token : vocabulary.added()) {
            if (at + token.length() <= end && text.startsWith(token, at)) {
                return token.length();
            }
        }
        return 0;
    }

    private void take(int point) {
        if (point < 0x80) {
            ascii(point);
        } else if (Letters.isRemoved(point)) {
            return;
        } else if (Letters.isSpace(point)) {
            end();
        } else if (Letters.isIdeograph(point)) {
            end();
            normalised(point);
            end();
        } else {
            normalised(point);
        }
    }

    private void ascii(int point) {
        if (point >= 'A' && point <= 'Z') {
            letter(point + ('a' - 'A'));
        } else if (point > ' ' && point < 0x7F) {
            visible(point);
        } else if (Letters.isSpace(point)) {
            end();
        }
    }

    private void normalised(int point) {
        for (int part : Letters.normalised(point)) {
            visible(part);
        }
    }

    private void visible(int point) {
        if (Letters.isPunctuation(point)) {
            end();
            letter(point);
            end();
        } else {
            letter(point);
        }
    }

    private void letter(int point) {
        if (length < LONGEST_WORD) {
            word[length] = point;
        }
        length++;
    }

    private void end() {
        tokens += ofWord();
        length = 0;
    }

    private int ofWord() {
        if (length == 0) {
            return 0;
        }
        return length > LONGEST_WORD ? 1 : vocabulary.pieces(word, length);
    }
}
