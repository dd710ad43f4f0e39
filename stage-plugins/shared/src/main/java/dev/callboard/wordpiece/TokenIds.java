package dev.callboard.wordpiece;

import dev.callboard.wordpiece.WordPieceTokenizer.Tokens;
import java.util.Arrays;

/** Collects the ids of a text's tokens. What is not wanted any more is not looked at, so the beginning of a long text costs no more than that of a short one. */
final class TokenIds extends WordSplitter {
    private final int most;
    private int[] ids = new int[64];
    private int count;

    /** @param most the most ids, the first and the last not counted */
    TokenIds(Vocabulary vocabulary, int most) {
        super(vocabulary);
        this.most = most;
        add(vocabulary.special(Vocabulary.FIRST));
    }

    private void add(int id) {
        if (count + 1 >= ids.length) {
            ids = Arrays.copyOf(ids, ids.length * 2);
        }
        ids[count++] = id;
    }

    /** Whether there are more than are wanted. */
    @Override
    boolean isFull() {
        return count - 1 > most;
    }

    @Override
    void word(int[] points, int length) {
        if (length > LONGEST_WORD) {
            add(vocabulary.special(Vocabulary.UNKNOWN));
            return;
        }
        int before = count;
        for (int at = 0; at < length; ) {
            int end = vocabulary.end(points, at, length);
            if (end == at) {
                count = before;
                add(vocabulary.special(Vocabulary.UNKNOWN));
                return;
            }
            add(vocabulary.id(points, at, end));
            at = end;
        }
    }

    @Override
    void special(int id) {
        add(id);
    }

    Tokens tokens() {
        endWord();
        boolean cut = isFull();
        int length = cut ? most + 1 : count;
        int[] all = Arrays.copyOf(ids, length + 1);
        all[length] = vocabulary.special(Vocabulary.LAST);
        return new Tokens(all, cut);
    }
}
