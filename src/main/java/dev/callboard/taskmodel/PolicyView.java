package dev.callboard.taskmodel;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy and how it stands now, as clients see it.
 *
 * @param name unique in the pipeline
 * @param stages ids of the stage templates that have it
 * @param maxAttempts how often a stage is attempted before a person has to start it again
 * @param backoff {@code none}, {@code linear} or {@code exponential}
 * @param timeoutSeconds how long an attempt may run, null for the server's limit
 */
public record PolicyView(
        String name,
        List<String> stages,
        int maxAttempts,
        String backoff,
        double delaySeconds,
        double maxDelaySeconds,
        @Nullable Double timeoutSeconds,
        @Nullable Breaker circuitBreaker,
        @Nullable Limit rateLimit,
        @Nullable Places concurrency) {

    /** Copies. */
    public PolicyView {
        stages = List.copyOf(stages);
    }

    /**
     * A circuit breaker.
     *
     * @param state {@code closed}: attempts start; {@code open}: none does; {@code half_open}: one tries
     * @param failures failures in a row
     * @param threshold at how many failures it opens
     * @param openUntil when it lets one try, null unless it is open
     */
    public record Breaker(String state, int failures, int threshold, @Nullable Instant openUntil) {}

    /**
     * A rate limit.
     *
     * @param permits how many attempts start in each span
     * @param perSeconds the span
     * @param waiting how many attempts it holds back
     */
    public record Limit(int permits, double perSeconds, int waiting) {}

    /**
     * A concurrency limit.
     *
     * @param running how many attempts run, of all tasks
     * @param max how many may
     */
    public record Places(int running, int max) {}

    /** How a policy stands. */
    public record Live(@Nullable Breaker circuitBreaker, @Nullable Limit rateLimit, @Nullable Places concurrency) {
        /** How a policy stands that nothing has used since the server's start. */
        public static Live fresh(Policy policy) {
            Policy.CircuitBreaker breaker = policy.circuitBreaker();
            Policy.RateLimit rate = policy.rateLimit();
            return new Live(
                    breaker == null ? null : new Breaker("closed", 0, breaker.failures(), null),
                    rate == null ? null : new Limit(rate.permits(), rate.perSeconds(), 0),
                    policy.maxConcurrent() == null ? null : new Places(0, policy.maxConcurrent()));
        }
    }

    /** The same as it stands now. */
    public PolicyView with(Live live) {
        return new PolicyView(
                name,
                stages,
                maxAttempts,
                backoff,
                delaySeconds,
                maxDelaySeconds,
                timeoutSeconds,
                live.circuitBreaker(),
                live.rateLimit(),
                live.concurrency());
    }

    /** Whether it has a part that changes while it is used. */
    public boolean limits() {
        return circuitBreaker != null || rateLimit != null || concurrency != null;
    }

    /** Puts a policy and how it stands together. */
    public static PolicyView of(String name, List<String> stages, Policy policy, Live live) {
        return new PolicyView(
                name,
                stages,
                policy.attempts(),
                policy.backoff().word(),
                policy.delaySeconds(),
                policy.maxDelaySeconds(),
                policy.timeoutSeconds(),
                live.circuitBreaker(),
                live.rateLimit(),
                live.concurrency());
    }
}
