package dev.callboard.documents.ir;

/**
 * Raised and lowered text in one line, so that a number never becomes another: 10 to the sixth is {@code 10⁶} and never
 * {@code 106}.
 */
public final class Superscript {
    private static final String PLAIN = "0123456789+-\u2212=()n";
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ";
    private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ";

    /** What may stay on the line between raised digits: lists, ranges and decimals. */
    private static final String BETWEEN = ",.;:–—/ \u00A0";

    private static final int LONGEST = 16;

    private Superscript() {}

    /** The raised form of a short text when each character has one, else the text itself. */
    public static String of(String text) {
        String raised = shifted(text.strip(), RAISED);
        return raised == null ? text : raised;
    }

    /**
     * Raised text after other text: raised where Unicode has the characters, else as it is, with {@code ^} where it would
     * change what stands before it.
     */
    public static String after(CharSequence before, String text) {
        String stripped = text.strip();
        String raised = shifted(stripped, RAISED);
        if (raised != null) {
            return raised;
        }
        return joinsNumber(before, stripped) ? "^" + grouped(stripped) : text;
    }

    /** Lowered text after other text: {@code H2O} stays so, {@code 10} with a lowered 2 becomes {@code 10₂}. */
    public static String below(CharSequence before, String text) {
        String stripped = text.strip();
        if (!joinsNumber(before, stripped)) {
            return text;
        }
        String lowered = shifted(stripped, LOWERED);
        return lowered == null ? "_" + grouped(stripped) : lowered;
    }

    /** The exponent of a formula: raised, or {@code ^x}, {@code ^(x+1)}. */
    public static String exponent(String text) {
        String raised = shifted(text, RAISED);
        return raised == null ? "^" + grouped(text) : raised;
    }

    /** The index of a formula: lowered, or {@code _x}, {@code _(i,j)}. */
    public static String index(String text) {
        String lowered = shifted(text, LOWERED);
        return lowered == null ? "_" + grouped(text) : lowered;
    }

    /** In round brackets when it is more than one word or number. */
    public static String grouped(String text) {
        boolean simple = text.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '\u2032');
        boolean enclosed = text.startsWith("(") && text.indexOf(')') == text.length() - 1;
        return simple || enclosed ? text : "(" + text + ")";
    }

    /** Whether a digit would follow a digit, and one number become of two. */
    public static boolean joinsNumber(CharSequence before, String text) {
        return !before.isEmpty()
                && !text.isEmpty()
                && Character.isDigit(before.charAt(before.length() - 1))
                && Character.isDigit(text.charAt(0));
    }

    private static String shifted(String text, String alphabet) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        StringBuilder shifted = new StringBuilder();
        boolean any = false;
        for (int i = 0; i < text.length(); i++) {
            int at = PLAIN.indexOf(text.charAt(i));
            if (at < 0 && BETWEEN.indexOf(text.charAt(i)) < 0) {
                return null;
            }
            any |= at >= 0;
            shifted.append(at < 0 ? text.charAt(i) : alphabet.charAt(at));
        }
        return any ? shifted.toString() : null;
    }
}
