package dev.callboard.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that nobody can set: it is taken from the machine's clock once and goes on by {@link System#nanoTime}. An instant of it,
 * stored or not, is reached after as much time as lay before it, whatever becomes of the machine's clock meanwhile. Used by
 * several threads.
 */
public final class SteadyClock extends Clock {
    /** From here on the two clocks count as different. Less is the work of time synchronization, and nobody notices. */
    public static final Duration NOTICED = Duration.ofSeconds(1);

    private final Clock machine;
    private final LongSupplier nanos;
    private volatile Start start;

    /** @param nanos of {@code nanos} at that instant */
    private record Start(Instant at, long nanos) {}

    /**
     * Goes on from an instant.
     *
     * @param machine the clock that may be set at any moment
     * @param nanos counts nanoseconds evenly, as {@link System#nanoTime}
     */
    public SteadyClock(Clock machine, LongSupplier nanos, Instant from) {
        this.machine = machine;
        this.nanos = nanos;
        this.start = new Start(from, nanos.getAsLong());
    }

    /** Taken from the machine's clock now. */
    public static SteadyClock of(Clock machine) {
        return new SteadyClock(machine, System::nanoTime, machine.instant());
    }

    @Override
    public Instant instant() {
        Start from = start;
        return from.at().plusNanos(nanos.getAsLong() - from.nanos());
    }

    /** The machine's clock, for what the world outside decides: schedules and signatures. */
    public Clock machine() {
        return machine;
    }

    /** How far the machine's clock is ahead of this one, negative when it is behind. */
    public Duration ahead() {
        return Duration.between(instant(), machine.instant());
    }

    /** Whether the two say different times. */
    public boolean differs() {
        return noticed(ahead());
    }

    /** Whether such a difference counts. */
    public static boolean noticed(Duration difference) {
        return difference.abs().compareTo(NOTICED) >= 0;
    }

    /**
     * What people need to know of a difference.
     *
     * @param ahead as {@link #ahead}
     */
    public static String sentence(Duration ahead) {
        return "The machine's clock was set: it is "
                + ahead.abs().plusMillis(500).toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of") + " the server's time. Tasks measure and record their"
                + " times by the server's, so that none ends early or late; schedules and signatures follow the machine's"
                + " clock. Restart the server when no task runs to let it take the machine's time.";
    }

    /** Time went on without being counted: the machine slept. */
    synchronized void slept(Duration time) {
        Start from = start;
        start = new Start(from.at().plus(time), from.nanos());
    }

    /** Takes the machine's time over. Only for when nothing is measured by this clock yet. */
    public synchronized void adopt() {
        start = new Start(machine.instant(), nanos.getAsLong());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        InstantSource source = this::instant;
        return source.withZone(zone);
    }
}
