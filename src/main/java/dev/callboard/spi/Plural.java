package dev.callboard.spi;

/**
 * A number and what it counts, in one place for the sentences of the server and of plugins: "1 line", "3 lines",
 * "0 entries". Sentences are English; other languages make their own from codes and numbers.
 */
public final class Plural {
    private Plural() {}

    /**
     * A number with a noun that takes an "s", such as {@code of(2, "line")}, "2 lines".
     *
     * @param one the noun for one
     */
    public static String of(long count, String one) {
        return of(count, one, one + "s");
    }

    /**
     * A number with a noun of its own plural, such as {@code of(2, "entry", "entries")}, "2 entries".
     *
     * @param one the noun for one
     * @param many the noun for any other number
     */
    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
