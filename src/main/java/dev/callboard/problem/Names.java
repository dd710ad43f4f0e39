package dev.callboard.problem;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names that people read: what would make one look like another, or like something else, is no part of them. */
public final class Names {
    /** As a class of a regular expression: control characters and those that turn the direction of text. */
    static final String MISLEADING = "\\p{Cntrl}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";

    /** As a class of a regular expression: embeddings, overrides and isolates, which turn the direction of what follows. */
    public static final String TURNING = "\\u202A-\\u202E\\u2066-\\u2069";

    private static final String TURNED = "must not contain characters that turn the direction of text";

    /** Letters and marks that show nothing by themselves. */
    private static final Pattern EMPTY = Pattern.compile(
            "[\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180D\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]");

    private static final Pattern DEVICE =
            Pattern.compile("(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\\..*)?", Pattern.CASE_INSENSITIVE);

    private Names() {}

    /**
     * What is wrong with a title, which people type in their own language: the marks of right-to-left scripts (U+200E, U+200F)
     * belong there, what turns the text around them does not. Nothing for a good one. Line ends and tabs are no fault.
     */
    public static Optional<String> titleFault(String title) {
        if (isBlank(title)) {
            return Optional.of("must not be blank");
        }
        if (title.codePoints().anyMatch(Names::turnsText)) {
            return Optional.of(TURNED);
        }
        return hasControls(title) ? Optional.of("must not contain control characters") : Optional.empty();
    }

    /** What is wrong with a name or a label: as of a title, and it has no marks of direction at all. */
    public static Optional<String> fault(String name) {
        return !isBlank(name) && name.codePoints().anyMatch(c -> c == 0x200E || c == 0x200F)
                ? Optional.of(TURNED)
                : titleFault(name);
    }

    /**
     * Whether nothing of a text can be seen: blanks, and characters that have no width or are drawn empty, such as U+200B,
     * U+3164 and variation selectors.
     */
    public static boolean isBlank(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.CONTROL
                        || EMPTY.matcher(Character.toString(c)).matches());
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

    /** Whether a text has control characters other than line breaks and tabs. */
    public static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r');
    }
}
