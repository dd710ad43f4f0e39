package dev.callboard.wordpiece;

import java.util.Arrays;
import java.util.Objects;

/**
 * Cuts texts into the pieces that a model reads. Each word is cut from its start into the longest pieces that the vocabulary
 * has; one that cannot be cut so, or has more than 100 characters, is unknown as a whole. Safe for threads.
 */
public final class WordPieceTokenizer {
    private static final int MAX_WORD = 100;

    private final Vocabulary vocabulary;
    private final int unknown;

    /** For a model. */
    public WordPieceTokenizer(Vocabulary vocabulary) {
        this.vocabulary = Objects.requireNonNull(vocabulary, "vocabulary is null");
        this.unknown = vocabulary.special("[UNK]");
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
        Pieces pieces = new Pieces(most);
        pieces.add(vocabulary.special("[CLS]"));
        WordReader words = new WordReader(text, vocabulary, MAX_WORD);
        while (!pieces.full() && words.next()) {
            if (words.special() >= 0) {
                pieces.add(words.special());
            } else if (words.points() > MAX_WORD) {
                pieces.add(unknown);
            } else {
                addWord(words.word(), pieces);
            }
        }
        return pieces.tokens(vocabulary.special("[SEP]"));
    }

    private void addWord(String word, Pieces pieces) {
        int before = pieces.count;
        for (int start = 0; start < word.length(); ) {
            int end = Math.min(word.length(), start + vocabulary.longest());
            int id = -1;
            while (end > start && (id = vocabulary.id(word.substring(start, end), start > 0)) < 0) {
                end--;
            }
            if (id < 0) {
                pieces.count = before;
                pieces.add(unknown);
                return;
            }
            pieces.add(id);
            start = end;
        }
    }

    /** Ids so far. */
    private static final class Pieces {
        private final int most;
        private int[] ids = new int[64];
        private int count;

        Pieces(int most) {
            this.most = most;
        }

        void add(int id) {
            if (count + 1 >= ids.length) {
                ids = Arrays.copyOf(ids, ids.length * 2);
            }
            ids[count++] = id;
        }

        /** Whether there are more than are wanted, the first not counted. */
        boolean full() {
            return count - 1 > most;
        }

        Tokens tokens(int last) {
            boolean cut = full();
            int length = cut ? most + 1 : count;
            int[] all = Arrays.copyOf(ids, length + 1);
            all[length] = last;
            return new Tokens(all, cut);
        }
    }
}
