package dev.callboard.log;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Text that others chose, made harmless for a log: what would break a line, move a terminal's cursor, turn the direction of
 * writing or look like a lookup to a log reader is shown as an escape; what is too long is cut.
 */
final class Visible {
    /** The most bytes of one field. */
    static final int MAX_BYTES = 1_024;

    private static final String CUT = "…";
    private static final int CUT_BYTES = 3;

    private Visible() {}

    /** At most {@value #MAX_BYTES} bytes of UTF-8 without control characters. */
    static String text(String text) {
        if (text.length() <= MAX_BYTES && text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '$')) {
            return text;
        }
        StringBuilder out = new StringBuilder(Math.min(text.length() + 16, MAX_BYTES));
        int bytes = 0;
        int fits = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            String shown = shown(c, text, i);
            bytes += shown == null ? length(c) : shown.length();
            if (bytes > MAX_BYTES) {
                out.setLength(fits);
                return out.append(CUT).toString();
            }
            if (shown == null) {
                out.appendCodePoint(c);
            } else {
                out.append(shown);
            }
            if (bytes <= MAX_BYTES - CUT_BYTES) {
                fits = out.length();
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /** The escape of a character, null for one that is harmless. */
    private static @Nullable String shown(int c, String text, int at) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '$' -> at + 1 < text.length() && text.charAt(at + 1) == '{' ? "$\\" : null;
            default -> harmful(c) ? String.format(Locale.ROOT, "\\u%04x", c) : null;
        };
    }

    private static boolean harmful(int c) {
        return c < 0x20
                || (c >= 0x7f && c <= 0x9f)
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                || c == 0x2028
                || c == 0x2029
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static int length(int c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
}
