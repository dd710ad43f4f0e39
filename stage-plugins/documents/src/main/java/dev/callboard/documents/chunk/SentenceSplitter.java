package dev.callboard.documents.chunk;

import java.util.ArrayList;
import java.util.List;

/** Finds the sentences of a running text. Not safe for several threads. */
interface SentenceSplitter {
    /**
     * The sentences in order, in UTF-16 offsets. Between them, before the first and after the last there is nothing but
     * white space; none is blank.
     */
    List<Span> split(String text);

    /** The lines of a text, by the same rules: for tables and code. */
    static List<Span> lines(String text) {
        List<Span> lines = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            addTrimmed(lines, text, start, end);
            start = end + 1;
        }
        return lines;
    }

    /** Adds what is left of a piece without white space around it, if anything. */
    static void addTrimmed(List<Span> spans, String text, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        if (to > from) {
            spans.add(new Span(from, to));
        }
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
