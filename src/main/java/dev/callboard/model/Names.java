package dev.callboard.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names that people read: what would make one look like another, or like something else, is no part of them. */
public final class Names {
    /** As a class of a regular expression: control characters and those that turn the direction of text. */
    static final String MISLEADING = "\\p{Cntrl}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";

    /** As a class of a regular expression: embeddings, overrides and isolates, which turn the direction of what follows. */
    static final String TURNING = "\\u202A-\\u202E\\u2066-\\u2069";

    private static final String TURNED = "must not contain characters that turn the direction of text";

    private static final Pattern DEVICE =
            Pattern.compile("(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\\..*)?", Pattern.CASE_INSENSITIVE);

    private Names() {}

    /**
     * What is wrong with a title, which people type in their own language: the marks of right-to-left scripts (U+200E, U+200F)
     * belong there, what turns the text around them does not. Nothing for a good one.
     */
    public static Optional<String> turned(String title) {
        return title.codePoints().anyMatch(Names::turnsText) ? Optional.of(TURNED) : Optional.empty();
    }

    /** What is wrong with a name; nothing for a good one. Line ends and tabs are no fault. */
    public static Optional<String> fault(String name) {
        if (name.codePoints().anyMatch(c -> turnsText(c) || c == 0x200E || c == 0x200F)) {
            return Optional.of(TURNED);
        }
        return hasControls(name) ? Optional.of("must not contain control characters") : Optional.empty();
    }

    /** Whether nothing of a text can be seen: blanks, and characters without a width such as U+200B. */
    public static boolean isBlank(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.CONTROL
                        || c == 0x115F
                        || c == 0x1160
                        || c == 0x3164
                        || c == 0xFFA0);
    }

    /** Whether Windows keeps a name for a device, whatever its suffix: CON, PRN, AUX, NUL, COM1 to COM9, LPT1 to LPT9. */
    public static boolean isDevice(String name) {
        return DEVICE.matcher(name).matches();
    }

    /** The last part of a path, without what a file name must not have, at most its last 255 characters; may be empty. */
    public static String fileName(String path) {
        String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("[" + MISLEADING + "]", "");
        int start = Math.max(0, clean.length() - 255);
        boolean halved = start > 0 && Character.isLowSurrogate(clean.charAt(start));
        return clean.substring(halved ? start + 1 : start);
    }

    /** Embeddings, overrides and isolates (Unicode UAX 9): they make one text look like another. */
    static boolean turnsText(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r');
    }
}
