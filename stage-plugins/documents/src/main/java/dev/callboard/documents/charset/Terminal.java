package dev.callboard.documents.charset;

import java.util.regex.Pattern;

/** What programs write for terminals and nobody reads: colours, cursor moves, overstriking. */
public final class Terminal {
    /** ANSI control sequences (ECMA-48): colours, cursor moves, titles of windows. */
    private static final Pattern ANSI = Pattern.compile(
            "\\x1B\\[[0-?]*+[ -/]*+[@-~]|\\x1B\\][^\\x07\\x1B]*+(?:\\x07|\\x1B\\\\)|\\x1B[@-Z\\\\^_()][0-9A-B]?");

    /** A letter typed twice for bold, or with a line under it, as man pages have it. */
    private static final Pattern OVERSTRUCK = Pattern.compile(".\\x08(?=.)");

    private Terminal() {}

    /** The text alone. */
    public static String plain(String text) {
        String plain = text.indexOf('\u001B') < 0 ? text : ANSI.matcher(text).replaceAll("");
        return plain.indexOf('\b') < 0 ? plain : OVERSTRUCK.matcher(plain).replaceAll("");
    }
}
