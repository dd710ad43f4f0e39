package dev.callboard.documents.chunk.wordpiece;

import java.util.Objects;

/**
 * Counts the tokens that all-MiniLM-L6-v2 makes of a text, without the two that it puts around each input ({@code [CLS]} and
 * {@code [SEP]}): the model reads 256 with them. The same text always has the same number. Safe for several threads.
 */
public final class WordPiece {
    /** A longer word is one token, {@code [UNK]}. */
    private static final int LONGEST_WORD = 100;

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
        Objects.checkFromToIndex(start, end, text.length());
        Words words = new Words();
        for (int i = start; i < end; ) {
            int point = text.codePointAt(i);
            int added = point == '[' ? added(text, i, end) : 0;
            if (added > 0) {
                words.end();
                words.tokens++;
                i += added;
            } else {
                i += Character.charCount(point);
                words.take(point);
            }
        }
        words.end();
        return words.tokens;
    }

    /** The length of the special token at a place, or 0. */
    private int added(String text, int at, int end) {
        for (String token : vocabulary.added()) {
            if (at + token.length() <= end && text.startsWith(token, at)) {
                return token.length();
            }
        }
        return 0;
    }

    /**
     * Whether the tokens of a text are those before a place and those after it: white space, punctuation or an ideograph stands
     * at it. When not, letters on both sides may be one word.
     *
     * @param left UTF-16 offset, at least 1
     * @param right the same place, or after characters that neither side has
     */
    public static boolean divides(String text, int left, int right) {
        boolean space = false;
        for (int i = left; i < right; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Letters.isSpace(point)) {
                space = true;
            } else if (!Letters.isRemoved(point)) {
                return false;
            }
        }
        return space
                || isWordAlone(text.codePointBefore(left))
                || (right < text.length() && isWordAlone(text.codePointAt(right)));
    }

    private static boolean isWordAlone(int point) {
        return Letters.isIdeograph(point) || Letters.isPunctuation(point);
    }

    /** The word that is being read, and the tokens of those before it. */
    private final class Words {
        private final int[] word = new int[LONGEST_WORD];
        private int length;
        private int tokens;

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
            if (length > LONGEST_WORD) {
                tokens++;
            } else if (length > 0) {
                tokens += vocabulary.pieces(word, length);
            }
            length = 0;
        }
    }
}
