package dev.callboard.documents.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Abbreviations that a text explains: "Rift Valley fever (RVF)" and "RVF (Rift Valley fever)". The rule is that of A. S. Schwartz
 * and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text" (2003): the letters of the
 * short form, from the last to the first, stand in the long form in this order, the first at the beginning of a word. They
 * measured 96 % precision at 82 % recall.
 */
final class Abbreviations {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 10;
    private static final int LONGEST_IN_BRACKETS = 200;
    private static final int LONGEST_LONG_FORM = 400;

    private Abbreviations() {}

    /**
     * A short form and what it stands for, in UTF-16 offsets.
     *
     * @param from where the shorter or longer form that comes first begins
     * @param to after the closing bracket
     */
    record Pair(int shortStart, int shortEnd, int longStart, int longEnd, int from, int to) {}

    /** All pairs in a text, in order. */
    static List<Pair> find(String text) {
        List<Pair> pairs = new ArrayList<>();
        for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
            int close = closing(text, open);
            if (close > 0) {
                Pair pair = pair(text, open, close);
                if (pair != null) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    /** The bracket that ends what another begins, or -1 when it is far away or something is in brackets between them. */
    private static int closing(String text, int open) {
        int most = Math.min(text.length(), open + LONGEST_IN_BRACKETS);
        for (int i = open + 1; i < most; i++) {
            char c = text.charAt(i);
            if (c == ')') {
                return i;
            }
            if (c == '(' || c == '\n') {
                return -1;
            }
        }
        return -1;
    }

    private static Pair pair(String text, int open, int close) {
        int end = open + 1;
        while (end < close && ",;".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String inner = text.substring(open + 1, end);
        int before = skipSpaceBack(text, 0, open);
        if (isShortForm(inner)) {
            int from = wordsBefore(text, before, mostWords(inner));
            int start = longForm(inner, text, from, before);
            if (start >= 0 && isLongForm(inner, text.substring(start, before))) {
                return new Pair(open + 1, end, start, before, start, close + 1);
            }
            return null;
        }
        int from = wordsBefore(text, before, 1);
        String word = text.substring(from, before);
        if (isShortForm(word) && words(inner) >= 2) {
            int start = longForm(word, text, open + 1, end);
            if (start == open + 1 && isLongForm(word, inner)) {
                return new Pair(from, before, start, end, from, close + 1);
            }
        }
        return null;
    }

    /** Two to ten characters in one or two words, each with a capital letter; the first is a letter or digit. */
    private static boolean isShortForm(String text) {
        return text.length() >= SHORTEST
                && text.length() <= LONGEST
                && words(text) <= 2
                && text.strip().equals(text)
                && Character.isLetterOrDigit(text.charAt(0))
                && Stream.of(text.split("[\\s\\p{Z}]+"))
                        .allMatch(word -> word.chars().anyMatch(Character::isUpperCase));
    }

    private static boolean isLongForm(String shortForm, String longForm) {
        return longForm.length() > shortForm.length()
                && words(longForm) <= mostWords(shortForm)
                && !List.of(longForm.split("[^\\p{L}\\p{N}]+")).contains(shortForm)
                && !longForm.matches("(?s).*(?:[;:\\n]|, ).*")
                && !Character.isLowSurrogate(longForm.charAt(0));
    }

    private static int mostWords(String shortForm) {
        return Math.min(shortForm.length() + 5, shortForm.length() * 2);
    }

    /**
     * Where the shortest long form begins that ends where the text does, or -1. What stands in brackets inside it, such as another
     * abbreviation, gives no letters.
     *
     * @param from where it may begin at the earliest
     * @param to where it ends
     */
    private static int longForm(String shortForm, String text, int from, int to) {
        int at = to - 1;
        for (int i = shortForm.length() - 1; i >= 0; i--) {
            char c = Character.toLowerCase(shortForm.charAt(i));
            if (!Character.isLetterOrDigit(c)) {
                continue;
            }
            while (at >= from
                    && (Character.toLowerCase(text.charAt(at)) != c
                            || (i == 0 && at > from && Character.isLetterOrDigit(text.charAt(at - 1))))) {
                at = before(text, from, at);
            }
            if (at < from) {
                return -1;
            }
            at--;
        }
        return at + 1;
    }

    /** The place before a character, or before the bracket that it closes; before all when that is not open. */
    private static int before(String text, int from, int at) {
        int open = at;
        if (text.charAt(at) == ')') {
            while (open >= from && text.charAt(open) != '(') {
                open--;
            }
        }
        return open - 1;
    }

    private static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("[\\s\\p{Z}]+").length;
    }

    private static int skipSpaceBack(String text, int first, int end) {
        int at = end;
        while (at > first && isSpace(text.charAt(at - 1)) && text.charAt(at - 1) != '\n') {
            at--;
        }
        return at;
    }

    /** Where the last words before a place begin, in the same line; a word that begins very far away is none. */
    private static int wordsBefore(String text, int end, int count) {
        int first = Math.max(0, end - LONGEST_LONG_FORM);
        int at = end;
        int start = end;
        for (int n = 0; n < count && at > first && text.charAt(at - 1) != '\n'; n++) {
            while (at > first && !isSpace(text.charAt(at - 1))) {
                at--;
            }
            if (at > 0 && !isSpace(text.charAt(at - 1))) {
                return start;
            }
            start = at;
            at = skipSpaceBack(text, first, at);
        }
        return start;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
