package dev.callboard.problem;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Mints ids of 18 letters and digits: 9 of the time in milliseconds, 9 random. Later ids sort after earlier ones, within
 * one millisecond too.
 */
public final class Ids {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int HALF = 9;
    private static final long RANDOM = 1L << (5 * HALF);

    private final Clock clock;
    private final RandomGenerator random;
    private long lastTime;
    private long lastRandom;

    /** Ids of that clock's time. */
    public Ids(Clock clock) {
        this(clock, new SecureRandom());
    }

    Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id. */
    public synchronized String next() {
        long now = Math.max(clock.millis(), lastTime);
        // Half of the range stays free, so that counting on within a millisecond does not run over.
        lastRandom = now > lastTime ? random.nextLong(RANDOM / 2) : lastRandom + 1 + random.nextInt(1 << 16);
        lastTime = now;
        return digits(now) + digits(lastRandom);
    }

    /** The lowest id that can be made at a time or later. */
    public static String first(Instant time) {
        return digits(Math.max(0, time.toEpochMilli())) + digits(0);
    }

    /** Whether a text has the form of an id. */
    public static boolean isId(String text) {
        return text.length() == 2 * HALF && text.chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
    }

    /** The first id of a time: ids that were minted then or later are not before it. */
    public static String from(Instant time) {
        return digits(Math.max(0, time.toEpochMilli())) + digits(0);
    }

    private static String digits(long value) {
        char[] digits = new char[HALF];
        for (int i = HALF - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (value & 31));
            value >>>= 5;
        }
        return new String(digits);
    }
}
