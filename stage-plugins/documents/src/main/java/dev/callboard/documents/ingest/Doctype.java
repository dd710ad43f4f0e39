package dev.callboard.documents.ingest;

/** The document type declaration of a text of markup, as text. */
public final class Doctype {
    private Doctype() {}

    /**
     * After the {@code >} that closes a DOCTYPE: quotes and an internal subset may hold others.
     *
     * @param start where it begins
     * @return the text's length when it is not closed
     */
    public static int end(String text, int start) {
        int depth = 0;
        char quote = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
            } else if (c == '>' && depth <= 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    /** After the next occurrence of a text, such as the end of a comment; the text's length when there is none. */
    public static int after(String text, String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
