package dev.callboard.documents.ir;

import java.text.Normalizer;

/**
 * Makes text fit for the IR: Unicode normal form C, no control characters (those of C1 become what windows-1252 has there), no invisible padding, white space that
 * means nothing collapsed.
 *
 * <p>U+2028 stands for a line break that the source asks for ({@code br}, {@code break}); a plain newline in a source
 * is white space like any other.
 */
public final class CleanText {
    /** A line break that survives {@link #inline}, where it becomes a newline. */
    public static final char LINE_BREAK = '\u2028';

    private static final char REPLACEMENT = '\uFFFD';

    private CleanText() {}

    /**
     * Running text: each stretch of white space becomes one space, each {@link #LINE_BREAK} one newline.
     *
     * @return without white space at either end of a line; possibly empty
     */
    public static String inline(CharSequence raw) {
        StringBuilder out = new StringBuilder(raw.length());
        char pending = 0;
        for (int i = 0; i < raw.length(); ) {
            int point = Character.codePointAt(raw, i);
            i += Character.charCount(point);
            if (point == LINE_BREAK || point == '\u2029') {
                pending = '\n';
            } else if (isSpace(point)) {
                pending = pending == '\n' ? '\n' : ' ';
            } else if (!isInvisible(point)) {
                if (pending != 0 && !out.isEmpty()) {
                    out.append(pending);
                }
                pending = 0;
                out.appendCodePoint(visible(point));
            }
        }
        return normalised(out);
    }

    /**
     * Text whose lines matter: white space at line ends and empty lines at both ends go, all else stays. Tabs stay.
     */
    public static String lines(CharSequence raw) {
        StringBuilder out = new StringBuilder(raw.length());
        StringBuilder blank = new StringBuilder();
        boolean afterReturn = false;
        for (int i = 0; i < raw.length(); ) {
            int point = Character.codePointAt(raw, i);
            i += Character.charCount(point);
            boolean newline =
                    point == '\n' || point == '\r' || point == LINE_BREAK || point == '\u2029' || point == '\f';
            if (newline && !(point == '\n' && afterReturn)) {
                int lineEnd = blank.lastIndexOf("\n") + 1;
                blank.setLength(lineEnd);
                blank.append('\n');
            } else if (!newline && isSpace(point)) {
                blank.append(point == '\t' ? '\t' : ' ');
            } else if (!newline && !isInvisible(point)) {
                // Before the first visible character only the indent of its own line counts.
                out.append(out.isEmpty() ? blank.substring(blank.lastIndexOf("\n") + 1) : blank);
                blank.setLength(0);
                out.appendCodePoint(visible(point));
            }
            afterReturn = point == '\r';
        }
        return normalised(out);
    }

    /** How many characters a text has, each stretch of white space counted as one, none at its ends. */
    public static long length(CharSequence text) {
        long length = 0;
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int point = Character.codePointAt(text, i);
            i += Character.charCount(point);
            if (isSpace(point)) {
                space = length > 0;
            } else if (!isInvisible(point)) {
                length += space ? 2 : 1;
                space = false;
            }
        }
        return length;
    }

    /** The beginning of a text that is too long to be shown, without half a character at its end. */
    public static String atMost(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length) + "…";
    }

    private static String normalised(CharSequence text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** Spaces of all widths, tabs, line ends, and the no-break spaces that {@link Character} leaves out. */
    static boolean isSpace(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || point == '\u0085'
                || point == '\u00A0'
                || point == '\u202F';
    }

    /** Control characters, soft hyphens, zero-width padding and byte order marks; joiners matter and stay. */
    private static boolean isInvisible(int point) {
        boolean c1 = point >= 0x80 && point <= 0x9F;
        return (Character.getType(point) == Character.CONTROL && !(c1 && WINDOWS.charAt(point - 0x80) != point))
                || point == '\u00AD'
                || point == '\u200B'
                || point == '\u2060'
                || point == '\uFEFF';
    }

    /** What windows-1252 has at 80 to 9F: a C1 control character is always a sign of that charset read as ISO-8859-1. */
    private static final String WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    /** Lone surrogates and the code points that never are characters become U+FFFD, which ir-validation counts. */
    private static int visible(int point) {
        if (point >= 0x80 && point <= 0x9F) {
            return WINDOWS.charAt(point - 0x80);
        }
        boolean nonCharacter = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return nonCharacter || surrogate ? REPLACEMENT : point;
    }
}
