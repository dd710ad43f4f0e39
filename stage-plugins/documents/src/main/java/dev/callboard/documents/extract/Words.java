package dev.callboard.documents.extract;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A text as the words that names are compared by: runs of letters and digits, each other visible character alone, and each end of
 * a line. White space and hyphens only divide words, so that "IL-2" and "IL 2" are the same; what they are is not compared. In
 * scripts that are written without spaces each character is a word.
 */
final class Words {
    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    /** Below it all letters are written with spaces: those of Thai are the first that are not. */
    private static final int FIRST_WITHOUT_SPACES = 0x0E00;

    private final String text;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int size;

    private Words(String text) {
        this.text = text;
    }

    /** Divides a text. */
    static Words of(String text) {
        Words words = new Words(text);
        int start = -1;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            boolean mark = isMark(point);
            if (isWordPart(point) && !(mark && start < 0)) {
                start = start < 0 ? i : start;
            } else {
                if (start >= 0) {
                    words.add(start, i);
                    start = -1;
                }
                if (mark && words.size > 0 && words.ends[words.size - 1] == i) {
                    words.ends[words.size - 1] = next;
                } else if (point == '\n' || !EntityIds.isGap(point)) {
                    words.add(i, next);
                }
            }
            i = next;
        }
        if (start >= 0) {
            words.add(start, text.length());
        }
        return words;
    }

    private void add(int start, int end) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        starts[size] = start;
        ends[size++] = end;
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean isWordPart(int point) {
        return (Character.isLetterOrDigit(point) || isMark(point))
                && (point < FIRST_WITHOUT_SPACES || !WITHOUT_SPACES.contains(UnicodeScript.of(point)));
    }

    int size() {
        return size;
    }

    /** UTF-16 offset of a word. */
    int start(int word) {
        return starts[word];
    }

    /** UTF-16 offset after a word. */
    int end(int word) {
        return ends[word];
    }

    /** A word without the difference of upper and lower case and of compatible characters. */
    String folded(int word) {
        return normalised(word).toLowerCase(Locale.ROOT);
    }

    /** Some words as they are, one space between two. */
    String cased(int from, int to) {
        StringBuilder cased = new StringBuilder();
        for (int i = from; i < to; i++) {
            cased.append(i == from ? "" : " ").append(normalised(i));
        }
        return cased.toString();
    }

    private String normalised(int word) {
        String given = text.substring(starts[word], ends[word]);
        if (given.length() == 1 && given.charAt(0) < 0x80) {
            return given;
        }
        return given.equals("\u2019") ? "'" : Normalizer.normalize(given, Normalizer.Form.NFKC);
    }
}
