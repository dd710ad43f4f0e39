package dev.callboard.cli;

import dev.callboard.problem.Problem.Kind;
import dev.callboard.problem.ProblemException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Asks a server again that does not answer: one that restarts is back within seconds, and its tasks go on. It waits 0.25 s, then twice
 * as long each time, at most 5 s, and gives up 60 s after the first failure. It says once on standard error that it waits.
 */
final class Reconnection {
    /** How long a server may be away. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private final Pause pause;
    private volatile boolean leaving;

    /**
     * Reconnects.
     *
     * @param nanos the time that passes, as {@link System#nanoTime}
     * @param pause waits
     */
    Reconnection(LongSupplier nanos, Pause pause) {
        this.nanos = nanos;
        this.pause = pause;
    }

    /** Waits so long. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /** What may be asked again: it changes nothing, or counts once however often it is asked. */
    interface Question<T> {
        T ask() throws InterruptedException;
    }

    /** From here on nothing is asked again: whoever waits wants to leave. */
    void leave() {
        leaving = true;
    }

    /** The answer; fails with the last problem of kind {@code UNAVAILABLE} when none comes in time, and with every other one at once. */
    <T> T ask(Question<T> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (ProblemException away) {
            if (leaving || away.problem().kind() != Kind.UNAVAILABLE) {
                throw away;
            }
            System.err.println("callboard: " + away.problem().detail() + " It is asked again for up to "
                    + PATIENCE.toSeconds() + " s.");
            T answer = askAgain(question, away);
            System.err.println("callboard: The server answers again.");
            return answer;
        }
    }

    private <T> T askAgain(Question<T> question, ProblemException first) throws InterruptedException {
        long began = nanos.getAsLong();
        Duration wait = FIRST_WAIT;
        ProblemException last = first;
        while (!leaving && nanos.getAsLong() - began < PATIENCE.toNanos()) {
            pause.of(wait);
            try {
                return question.ask();
            } catch (ProblemException away) {
                if (away.problem().kind() != Kind.UNAVAILABLE) {
                    throw away;
                }
                last = away;
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
        }
        throw last;
    }
}
