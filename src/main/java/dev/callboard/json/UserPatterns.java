package dev.callboard.json;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * The one place where patterns that users write are compiled. They are RE2's, whose matching takes time in proportion to the
 * text, and bounded in what they become: at most {@value #MAX_LENGTH} characters and {@value #MAX_SIZE} instructions once
 * their repeats are written out.
 */
public final class UserPatterns {
    /** The longest pattern, in characters. */
    public static final int MAX_LENGTH = 1_000;

    /** The most instructions of a pattern. */
    public static final int MAX_SIZE = 5_000;

    private UserPatterns() {}

    /** A pattern that cannot be used; the message says why, without a full stop. */
    public static final class UnusablePatternException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusablePatternException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Compiles a pattern. Takes at most some milliseconds.
     *
     * @throws UnusablePatternException when it is too long, too large, or not a valid RE2 pattern
     */
    public static Pattern compile(String text) throws UnusablePatternException {
        if (text.length() > MAX_LENGTH) {
            throw new UnusablePatternException("a pattern is longer than " + MAX_LENGTH + " characters");
        }
        if (PatternSize.of(text) > MAX_SIZE) {
            throw new UnusablePatternException("the pattern '" + text
                    + "' is too large: with its repeats written out it has more than " + MAX_SIZE
                    + " steps; use smaller counts, or * and +");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new UnusablePatternException(
                    "the pattern '" + text + "' is not a valid RE2 pattern: " + e.getDescription());
        } catch (StackOverflowError e) {
            throw new UnusablePatternException("the pattern '" + text + "' is nested too deeply");
        }
    }
}
