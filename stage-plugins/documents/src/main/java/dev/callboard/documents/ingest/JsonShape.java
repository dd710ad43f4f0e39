package dev.callboard.documents.ingest;

/** Tells JSON from text that begins with a bracket, and one value from a file of a value a line. */
final class JsonShape {
    private JsonShape() {}

    /**
     * An object with a quoted key, or an array of objects, arrays or strings, and nothing after it; {@code [1] Title} is a text,
     * and so are values one after the other.
     *
     * @param cut whether the text may go on
     */
    static boolean isJson(String text, int start, boolean cut) {
        if (!begins(text, start)) {
            return false;
        }
        int end = end(text, start);
        return end < 0 || (cut && end == text.length()) || text.substring(end).isBlank();
    }

    private static boolean begins(String text, int start) {
        if (start >= text.length()) {
            return false;
        }
        char first = text.charAt(start);
        int next = start + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        char second = next < text.length() ? text.charAt(next) : 0;
        return (first == '{' && (second == '"' || second == '}'))
                || (first == '[' && (second == '{' || second == '[' || second == '"'));
    }

    /** After the value that begins here, or -1 when it does not end in the text. */
    private static int end(String text, int start) {
        int depth = 0;
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return -1;
    }
}
