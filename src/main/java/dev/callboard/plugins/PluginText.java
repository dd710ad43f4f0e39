package dev.callboard.plugins;

/** Makes text from a jar or its code fit to be shown and logged. */
final class PluginText {
    private PluginText() {}

    /** With control characters, marks that turn the direction of text and half surrogates escaped, and cut to a length. */
    static String shown(String text, int most) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < text.length() && shown.length() < most) {
            int c = text.codePointAt(at);
            if (isHidden(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
            at += Character.charCount(c);
        }
        return at < text.length() ? shown.append('…').toString() : shown.toString();
    }

    /** Whether a character cannot be seen for what it is. */
    static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> turnsText(c);
        };
    }

    /** The marks, embeddings, overrides and isolates of Unicode UAX 9. */
    static boolean turnsText(int c) {
        return c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
