package dev.callboard.dispatch;

import dev.callboard.engine.PolicyUse;
import dev.callboard.engine.StageOutcome;
import dev.callboard.spi.Plural;
import dev.callboard.taskmodel.Policy;
import dev.callboard.taskmodel.PolicyView;
import dev.callboard.taskmodel.WaitingFor;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.RateLimiter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one policy of a project stands. The circuit breaker and the rate limiter measure time by themselves; the clock only
 * gives their waits a time of day. Belongs to the dispatcher's context.
 */
final class PolicyState {
    private final PolicyUse use;
    private final Clock clock;
    private final @Nullable CircuitBreaker<Object> breaker;
    private final @Nullable RateLimiter<Object> limiter;
    private final Set<String> running = new HashSet<>();

    /** The attempt that tries whether what broke works again. */
    private @Nullable String trial;

    /** When the permit that is reserved for the next attempt is due, by {@link System#nanoTime()}. */
    private @Nullable Long permitDue;

    private @Nullable Instant permitAt;

    private int failuresInRow;
    private @Nullable Instant openUntil;

    /**
     * Why the next attempt may not start now.
     *
     * @param kind a word of {@link WaitingFor}
     * @param until when to ask again, null when an attempt has to end before
     */
    record Hold(String kind, String reason, @Nullable Instant until) {}

    /** What an attempt says of that which it used. */
    enum PolicySignal {
        WORKS,
        FAILS,
        /** It ended before it could say: it was cancelled, or its own input was wrong. */
        NONE;

        static PolicySignal of(StageOutcome outcome) {
            if (outcome instanceof StageOutcome.Failed failed) {
                return failed.retryable() ? FAILS : NONE;
            }
            return outcome instanceof StageOutcome.Waits ? NONE : WORKS;
        }
    }

    PolicyState(PolicyUse use, Clock clock) {
        this.use = use;
        this.clock = clock;
        Policy.CircuitBreaker broken = use.policy().circuitBreaker();
        this.breaker = broken == null
                ? null
                : CircuitBreaker.builder()
                        .withFailureThreshold(broken.failures())
                        .withSuccessThreshold(1)
                        .withDelay(duration(broken.openSeconds()))
                        .build();
        Policy.RateLimit rate = use.policy().rateLimit();
        this.limiter = rate == null
                ? null
                : RateLimiter.burstyBuilder(rate.permits(), duration(rate.perSeconds()))
                        .build();
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * 1_000)));
    }

    PolicyUse use() {
        return use;
    }

    /** Starts an attempt, or says why it may not start now. */
    Optional<Hold> start(String executionId) {
        Hold hold = full();
        if (hold == null) {
            hold = broken();
        }
        if (hold == null) {
            hold = limited();
        }
        if (hold != null) {
            return Optional.of(hold);
        }
        permitDue = null;
        running.add(executionId);
        if (breaker != null && breaker.tryAcquirePermit() && breaker.isHalfOpen()) {
            trial = executionId;
        }
        return Optional.empty();
    }

    /** An attempt that was let start before this was made counts as running, even if there are more than may be. */
    void goOn(String executionId) {
        running.add(executionId);
    }

    private @Nullable Hold full() {
        Integer max = use.policy().maxConcurrent();
        return max != null && running.size() >= max
                ? new Hold(
                        WaitingFor.CONCURRENCY,
                        "the policy '" + use.name() + "' lets " + Plural.of(max, "attempt") + " run at once",
                        null)
                : null;
    }

    private @Nullable Hold broken() {
        if (breaker == null || breaker.isClosed()) {
            return null;
        }
        if (breaker.isHalfOpen()) {
            return trial == null
                    ? null
                    : new Hold(
                            WaitingFor.CIRCUIT_BREAKER,
                            "the circuit breaker '" + use.name() + "' lets one attempt try first",
                            null);
        }
        Duration wait = breaker.getRemainingDelay();
        return wait.isZero()
                ? null
                : new Hold(
                        WaitingFor.CIRCUIT_BREAKER,
                        "the circuit breaker '" + use.name() + "' is open after failures in a row",
                        openUntil);
    }

    /** A permit is reserved for whichever attempt is the next, so that none is lost when one is cancelled. */
    private @Nullable Hold limited() {
        if (limiter == null) {
            return null;
        }
        long now = System.nanoTime();
        Long due = permitDue;
        if (due == null) {
            due = now + limiter.reservePermit().toNanos();
            permitDue = due;
            permitAt = clock.instant().plusNanos(due - now);
        }
        return due - now <= 0
                ? null
                : new Hold(
                        WaitingFor.RATE_LIMIT,
                        "the policy '" + use.name() + "' limits how many attempts start in a span of time",
                        permitAt);
    }

    /** An attempt has ended; nothing happens when it did not start here or has ended before. */
    void ended(String executionId, PolicySignal sign) {
        if (!running.remove(executionId) || breaker == null) {
            return;
        }
        boolean tried = executionId.equals(trial);
        if (tried) {
            trial = null;
        } else if (!breaker.isClosed()) {
            // It began before the breaker opened: what it says is old.
            return;
        }
        switch (sign) {
            case WORKS -> {
                failuresInRow = 0;
                breaker.recordSuccess();
            }
            case FAILS -> {
                failuresInRow++;
                breaker.recordFailure();
                openUntil = breaker.isOpen() ? clock.instant().plus(breaker.getRemainingDelay()) : null;
            }
            case NONE -> {
                if (tried) {
                    // The only way to give its permit back: the next attempt tries in its place.
                    breaker.open();
                    breaker.halfOpen();
                }
            }
        }
    }

    /**
     * How it stands.
     *
     * @param limited how many attempts the rate limit holds back
     */
    PolicyView.Live view(int limited) {
        Policy.RateLimit rate = use.policy().rateLimit();
        Integer max = use.policy().maxConcurrent();
        return new PolicyView.Live(
                breaker(),
                rate == null ? null : new PolicyView.Limit(rate.permits(), rate.perSeconds(), limited),
                max == null ? null : new PolicyView.Places(running.size(), max));
    }

    private PolicyView.@Nullable Breaker breaker() {
        Policy.CircuitBreaker broken = use.policy().circuitBreaker();
        if (breaker == null || broken == null) {
            return null;
        }
        boolean open = breaker.isOpen() && !breaker.getRemainingDelay().isZero();
        String state = open ? "open" : breaker.isClosed() ? "closed" : "half_open";
        return new PolicyView.Breaker(state, failuresInRow, broken.failures(), open ? openUntil : null);
    }
}
