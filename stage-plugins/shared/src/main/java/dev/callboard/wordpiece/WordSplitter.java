package dev.callboard.wordpiece;

import java.util.Objects;

/**
 * Splits a text into words: cleaned, in lower case, without accents. Punctuation marks and ideographs are words of their own, and
 * so are the special tokens such as {@code [CLS]}, where they stand in one part. A text may come part by part: a word goes on in
 * the next one.
 */
abstract class WordSplitter {
    /** A longer word is unknown as a whole; of such a one only the beginning is kept. */
    static final int LONGEST_WORD = 100;

    final Vocabulary vocabulary;
    /** The word that is being read, as code points. */
    private final int[] word;

    private int length;

    WordSplitter(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.word = new int[LONGEST_WORD];
    }

    /** At the same place of the same text. */
    WordSplitter(WordSplitter other) {
        this.vocabulary = other.vocabulary;
        this.word = other.word.clone();
        this.length = other.length;
    }

    /**
     * Takes a word.
     *
     * @param points its characters
     * @param count how many there are, at least 1; beyond {@link #LONGEST_WORD} it is longer than {@code points}
     */
    abstract void word(int[] points, int count);

    /** Takes a special token. */
    abstract void special(int id);

    /** Whether no more is wanted. */
    boolean isFull() {
        return false;
    }

    /** Reads a part of a text; UTF-16 offsets. */
    final void read(String text, int start, int end) {
        Objects.checkFromToIndex(start, end, text.length());
        for (int i = start; i < end && !isFull(); ) {
            int point = text.codePointAt(i);
            String token = point == '[' ? vocabulary.specialAt(text, i, end) : "";
            if (token.isEmpty()) {
                i += Character.charCount(point);
                take(point);
            } else {
                endWord();
                special(vocabulary.special(token));
                i += token.length();
            }
        }
    }

    /** Ends the word that is being read, if there is one. */
    final void endWord() {
        if (length > 0) {
            word(word, length);
            length = 0;
        }
    }

    /** How many characters the word has so far that is being read. */
    final int open() {
        return length;
    }

    /** The characters of the word that is being read, {@link #open} of them. */
    final int[] openWord() {
        return word;
    }

    private void take(int point) {
        if (point < 0x80) {
            ascii(point);
        } else if (Characters.isDropped(point)) {
            return;
        } else if (Characters.isSpace(point)) {
            endWord();
        } else if (Characters.isIdeograph(point)) {
            endWord();
            plain(point);
            endWord();
        } else {
            plain(point);
        }
    }

    private void ascii(int point) {
        if (point >= 'A' && point <= 'Z') {
            letter(point + ('a' - 'A'));
        } else if (point > ' ' && point < 0x7F) {
            visible(point);
        } else if (Characters.isSpace(point)) {
            endWord();
        }
    }

    private void plain(int point) {
        for (int part : Characters.plain(point)) {
            visible(part);
        }
    }

    private void visible(int point) {
        if (Characters.isPunctuation(point)) {
            endWord();
            letter(point);
            endWord();
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
}
