package dev.callboard.documents.parse;

/** Raised digits and signs as Unicode has them, so that 10 to the third does not become 103. */
final class Superscript {
    private static final String PLAIN = "0123456789+-\u2212=()n";
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ";
    private static final int LONGEST = 8;

    private Superscript() {}

    /** The raised form of a short text when each character has one, else the text itself. */
    static String of(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST) {
            return text;
        }
        StringBuilder raised = new StringBuilder();
        for (int i = 0; i < stripped.length(); i++) {
            int at = PLAIN.indexOf(stripped.charAt(i));
            if (at < 0) {
                return text;
            }
            raised.append(RAISED.charAt(at));
        }
        return raised.toString();
    }
}
