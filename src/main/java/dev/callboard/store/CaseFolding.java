package dev.callboard.store;

import java.util.Locale;

/**
 * Makes texts the same that differ in case alone, for searches: {@code ß} is {@code SS}, {@code ſ} is {@code s}, {@code İ} and
 * {@code ı} are {@code i}, and a final {@code ς} is {@code σ}. What is looked for goes through {@link #fold}, what it is
 * looked for in through {@link #sql}; both do the same.
 */
public final class CaseFolding {
    /** What is left of the dot of {@code İ} when it becomes a small letter. */
    private static final String DOT_ABOVE = "\u0307";

    private CaseFolding() {}

    /** A text as it is compared. Small letters come first: some have more than one capital letter, and no context matters then. */
    public static String fold(String text) {
        return text.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).replace(DOT_ABOVE, "");
    }

    /**
     * The same of a column, in SQL. The database writes capitals as Java does.
     *
     * @param column a column's name, never what somebody typed
     */
    public static String sql(String column) {
        return "REPLACE(UPPER(LOWER(" + column + ")), '" + DOT_ABOVE + "', '')";
    }
}
