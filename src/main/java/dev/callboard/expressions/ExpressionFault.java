package dev.callboard.expressions;

import com.dashjoin.jsonata.JException;
import java.util.Locale;
import java.util.Set;

/** What is wrong with an expression or with what it did, in words for its author. */
final class ExpressionFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** The longest text of the library that is repeated. */
    private static final int MAX_DETAIL = 500;

    /** The codes of {@code $error} and {@code $assert}. */
    private static final Set<String> AUTHORS_OWN = Set.of("D3137", "D3141");

    /** What the library puts before a message that is none of its own. */
    private static final String OURS = "^JSonataException ";

    private ExpressionFault(String message) {
        super(message, null, false, false);
    }

    /**
     * At a place.
     *
     * @param position in the text, counted from 0; less when nobody knows
     * @param detail without a full stop
     */
    static ExpressionFault at(String expression, int position, String detail) {
        if (position < 0 || expression.isEmpty()) {
            return new ExpressionFault(detail);
        }
        int end = Math.min(position, expression.length());
        int line = (int) expression
                        .substring(0, end)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        // The library's position is behind the token that it stumbled over.
        int column = Math.max(1, end - 1 - expression.lastIndexOf('\n', Math.max(0, end - 1)));
        return new ExpressionFault(
                "near " + (line == 1 ? "" : "line " + line + ", ") + "character " + column + ": " + detail);
    }

    /**
     * Of what the library threw.
     *
     * @param position where, as far as the library does not say; less than 0 when nobody knows
     */
    static ExpressionFault of(String expression, int position, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StackOverflowError) {
                return new ExpressionFault("it calls itself too deeply, or is nested too deeply");
            }
            if (cause instanceof JException known) {
                boolean own = AUTHORS_OWN.contains(String.valueOf(known.getError()));
                String message = String.valueOf(known.getMessage());
                return at(
                        expression,
                        known.getLocation() > 0 ? known.getLocation() : position,
                        own ? cut(message) : detail(message));
            }
        }
        if (thrown instanceof ClassCastException) {
            return at(expression, position, "a value is of another type than the expression takes");
        }
        if (thrown instanceof IndexOutOfBoundsException || thrown instanceof NullPointerException) {
            return at(expression, position, "it is incomplete, or takes a value that is not there");
        }
        String message = thrown.getMessage();
        return at(
                expression,
                position,
                detail(message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message));
    }

    /** The library says "Object" where its model says "function", and writes sentences. */
    private static String detail(String message) {
        String text = message.replaceFirst(OURS, "")
                .replaceAll("\\bObject (?=\"|\\w+ cannot)", "function ")
                .strip();
        text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        text = cut(text);
        return text.length() > 1 && Character.isLowerCase(text.charAt(1))
                ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
                : text;
    }

    private static String cut(String text) {
        return text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL - 1) + "…" : text;
    }
}
