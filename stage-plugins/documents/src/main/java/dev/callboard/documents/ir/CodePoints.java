package dev.callboard.documents.ir;

import java.util.Arrays;

/**
 * A text addressed by code points, as the IR's offsets are, at the price of one table where characters beyond U+FFFF
 * occur, and of nothing where they do not.
 */
public final class CodePoints {
    private final String text;
    private final int length;
    /** Code point offset to UTF-16 offset, or null when the two are the same. */
    private final int[] utf16;

    /** Measures a text. */
    public CodePoints(String text) {
        this.text = text;
        this.length = text.codePointCount(0, text.length());
        this.utf16 = length == text.length() ? null : table(text, length);
    }

    private static int[] table(String text, int length) {
        int[] table = new int[length + 1];
        int at = 0;
        for (int i = 0; i < length; i++) {
            table[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        table[length] = at;
        return table;
    }

    /** The length in code points. */
    public int length() {
        return length;
    }

    /** The slice from one code point to before another. */
    public String slice(int start, int end) {
        return text.substring(index(start), index(end));
    }

    /** The UTF-16 offset of a code point. */
    public int index(int point) {
        return utf16 == null ? point : utf16[point];
    }

    /** The code point offset of a UTF-16 offset that does not fall between the halves of a surrogate pair. */
    public int point(int index) {
        return utf16 == null ? index : Arrays.binarySearch(utf16, index);
    }
}
