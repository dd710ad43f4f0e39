package dev.callboard.model;

import java.util.Optional;

/** Names that people read: what would make one look like another, or like something else, is no part of them. */
public final class Names {
    /** As a class of a regular expression: control characters and those that turn the direction of text. */
    public static final String MISLEADING = "\\p{Cntrl}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";

    private Names() {}

    /** What is wrong with a name; nothing for a good one. Line ends and tabs are no fault. */
    public static Optional<String> fault(String name) {
        if (name.codePoints().anyMatch(c -> turnsText(c) || c == 0x200E || c == 0x200F)) {
            return Optional.of("must not contain characters that turn the direction of text");
        }
        return hasControls(name) ? Optional.of("must not contain control characters") : Optional.empty();
    }

    /** The last part of a path, without what a file name must not have, at most its last 255 characters; may be empty. */
    public static String fileName(String path) {
        String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("[" + MISLEADING + "]", "");
        return clean.length() > 255 ? clean.substring(clean.length() - 255) : clean;
    }

    /** Embeddings, overrides and isolates (Unicode UAX 9): they make one text look like another. */
    static boolean turnsText(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r');
    }
}
