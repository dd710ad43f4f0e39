package dev.callboard.documents.extract;

import dev.callboard.documents.ir.CodePoints;
import java.util.List;

/**
 * A run of a document's text in which names are looked for; none goes on in the next passage.
 *
 * @param start code point offset of its first character in the document's text
 * @param kind of the block that it is of, such as {@code paragraph}
 */
record Passage(int start, String kind, String text) {
    /** In UTF-16 units: bounds what is in memory for one passage, and how long a cancelled stage works on. */
    static final int LONGEST = 50_000;

    /**
     * Adds a block, in several passages where it is longer than {@link #LONGEST}; they are divided between lines or words where
     * that is possible.
     *
     * @param start code point offset of its first character in the document's text
     */
    static void add(List<Passage> passages, int start, String kind, String text) {
        add(passages, start, kind, text, LONGEST);
    }

    /** Adds a block as {@link #add(List, int, String, String)} does, in passages of at most so many UTF-16 units. */
    static void add(List<Passage> passages, int start, String kind, String text, int longest) {
        int from = 0;
        int point = start;
        while (from < text.length()) {
            int to = text.length() - from <= longest ? text.length() : cut(text, from, longest);
            // Same number of code points, so that all offsets stay.
            String piece = EntityIds.wellFormed(text.substring(from, to));
            passages.add(new Passage(point, kind, piece));
            point += piece.codePointCount(0, piece.length());
            from = to;
        }
    }

    private static int cut(String text, int from, int longest) {
        int most = from + longest;
        int line = text.lastIndexOf('\n', most - 1);
        if (line > from + longest / 2) {
            return line + 1;
        }
        for (int i = most; i > from + longest / 2; i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    }

    /**
     * A place in it as a place in the document.
     *
     * @param points of its text
     * @param start UTF-16 offset into its text
     * @param end after the last character
     */
    Place place(CodePoints points, int start, int end, Method method, Confidence confidence) {
        return new Place(
                this.start + points.point(start),
                this.start + points.point(end),
                text.substring(start, end),
                method,
                confidence);
    }

    /** Whether its sentences are sentences: a table's and a program's are not. */
    boolean isProse() {
        return !kind.equals("table") && !kind.equals("code");
    }
}
