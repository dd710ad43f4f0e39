package dev.callboard.problem;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Whole numbers from outside: one that is not whole or too large is an error, never rounded or cut off. */
public final class WholeNumbers {
    private WholeNumbers() {}

    /** The number itself, such as 2 or 2.0, when it is whole and from {@code least} to {@code most}; else null. */
    public static @Nullable Integer of(Number number, int least, int most) {
        double near = number.doubleValue();
        if (!(near >= least && near <= most)) {
            return null;
        }
        BigDecimal exact = new BigDecimal(number.toString());
        boolean fits = exact.stripTrailingZeros().scale() <= 0
                && exact.compareTo(BigDecimal.valueOf(least)) >= 0
                && exact.compareTo(BigDecimal.valueOf(most)) <= 0;
        return fits ? exact.intValueExact() : null;
    }

    /** The error of one that is not. */
    public static String must(int least, int most) {
        return "must be a whole number from " + least + " to " + most;
    }
}
