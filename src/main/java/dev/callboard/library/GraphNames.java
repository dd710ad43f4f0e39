package dev.callboard.library;

import dev.callboard.store.CaseFolding;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The words by which nodes of the graph are found: those of the label, and the whole id. */
final class GraphNames {
    /** Counts up whenever the words of a node change: those of another version are made again at the next start. */
    static final int VERSION = 1;

    /** The most characters of a word; longer ones are cut, also where they are looked for. */
    private static final int LONGEST = 100;

    private static final int MOST_WORDS = 30;
    private static final int MOST_ASKED = 8;
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private GraphNames() {}

    /** The words of a node. */
    static Set<String> of(String id, String label) {
        Set<String> words = new LinkedHashSet<>();
        words.add(folded(id));
        BETWEEN.splitAsStream(CaseFolding.fold(label))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .map(GraphNames::cut)
                .forEach(words::add);
        return words;
    }

    /** The words that somebody looks for, the longest first; none of a text without letters and digits. */
    static List<String> asked(String name) {
        return Arrays.stream(BETWEEN.split(CaseFolding.fold(name)))
                .filter(word -> !word.isEmpty())
                .map(GraphNames::cut)
                .distinct()
                .sorted((a, b) -> b.length() - a.length())
                .limit(MOST_ASKED)
                .toList();
    }

    /** A whole id or name as it is compared. */
    static String folded(String text) {
        return cut(CaseFolding.fold(text.strip()));
    }

    private static String cut(String word) {
        if (word.length() <= LONGEST) {
            return word;
        }
        return word.substring(0, Character.isHighSurrogate(word.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    /**
     * The first text after all that begin with a prefix. It is that in the order of code points and in that of UTF-16, which the
     * databases sort by.
     *
     * @param prefix not empty
     */
    static String after(String prefix) {
        int last = prefix.codePointBefore(prefix.length());
        int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
        return prefix.substring(0, prefix.length() - Character.charCount(last)) + Character.toString(next);
    }
}
