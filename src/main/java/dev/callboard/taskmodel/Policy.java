package dev.callboard.taskmodel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the failures, the time and the number of a stage's attempts.
 *
 * @param maxAttempts how often a stage is attempted at most until a person starts it again, the attempts that a stop of the
 *     server cut off included; null: once, and again only when it was cut off
 * @param backoff how the delay before another attempt grows
 * @param delaySeconds the delay before the second attempt
 * @param maxDelaySeconds no delay is longer
 * @param jitter the share by which a delay is made shorter or longer by chance, 0 to 1
 * @param timeoutSeconds how long an attempt may run, null for the server's limit
 * @param circuitBreaker null for none
 * @param rateLimit null for none
 * @param maxConcurrent how many attempts run at once, null for any number
 */
public record Policy(
        @Nullable Integer maxAttempts,
        Backoff backoff,
        double delaySeconds,
        double maxDelaySeconds,
        double jitter,
        @Nullable Double timeoutSeconds,
        @Nullable CircuitBreaker circuitBreaker,
        @Nullable RateLimit rateLimit,
        @Nullable Integer maxConcurrent) {
    /** How often a stage without {@code max_attempts} is begun when the server stops or dies under it each time. */
    public static final int MAX_CUT_OFFS = 5;

    /** What holds for a stage without a policy. */
    public static final Policy NONE = new Policy(null, Backoff.EXPONENTIAL, 1, 300, 0.2, null, null, null, null);

    /** How the delay before another attempt grows. */
    public enum Backoff {
        /** It does not: it is always the first one. */
        NONE,
        /** By the first one with each attempt. */
        LINEAR,
        /** It doubles with each attempt. */
        EXPONENTIAL;

        /** Its name in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private double delay(double first, int tries) {
            return switch (this) {
                case NONE -> first;
                case LINEAR -> first * tries;
                case EXPONENTIAL -> first * Math.pow(2, tries - 1);
            };
        }
    }

    /**
     * Lets nothing start for a while after failures in a row; then one attempt tries whether it works again.
     *
     * @param failures how many failures in a row
     * @param openSeconds how long nothing starts
     */
    public record CircuitBreaker(int failures, double openSeconds) {}

    /**
     * Lets only so many attempts start in each span of time.
     *
     * @param permits how many
     * @param perSeconds the length of the span
     */
    public record RateLimit(int permits, double perSeconds) {}

    /** How many attempts there are before a person has to start it again. */
    public int attempts() {
        return maxAttempts == null ? 1 : maxAttempts;
    }

    /** Whether an attempt that was cut off with the server is made again: not for ever, it may be what ends the server. */
    public boolean goesOnAfterCutOff(int tries) {
        return tries < (maxAttempts == null ? MAX_CUT_OFFS : maxAttempts);
    }

    /** Whether it may keep an attempt from starting. */
    public boolean limits() {
        return circuitBreaker != null || rateLimit != null || maxConcurrent != null;
    }

    /**
     * How long to wait before another attempt, in seconds: never more than {@code maxDelaySeconds}, jitter included. A failure may
     * itself ask for more.
     *
     * @param tries how many attempts there were, at least one
     * @param chance a random number from 0 to 1
     */
    public double delayAfter(int tries, double chance) {
        double delay = Math.min(maxDelaySeconds, backoff.delay(delaySeconds, tries));
        return Math.min(maxDelaySeconds, delay * (1 + jitter * (2 * chance - 1)));
    }
}
