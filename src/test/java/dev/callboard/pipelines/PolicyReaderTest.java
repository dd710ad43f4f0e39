package dev.callboard.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.problem.Violation;
import dev.callboard.taskmodel.Policy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class PolicyReaderTest {
    private static PipelineReader.Result read(Object policy) {
        return PipelineReader.read(Map.of(
                "name",
                "p",
                "policies",
                Map.of("x", policy),
                "stages",
                List.of(Map.of("name", "s", "type", "s", "policy", "x"))));
    }

    private static List<Violation> violations(Object policy) {
        return read(policy).violations();
    }

    @Example
    void readsAllMembersAndDefaults() {
        Policy policy = PolicyReader.stored(Map.of(
                "max_attempts",
                3,
                "circuit_breaker",
                Map.of("failures", 2),
                "rate_limit",
                Map.of("permits", 7, "per_seconds", 0.5),
                "max_concurrent",
                4));
        assertThat(policy)
                .isEqualTo(new Policy(
                        3,
                        Policy.Backoff.EXPONENTIAL,
                        1,
                        300,
                        0.2,
                        null,
                        new Policy.CircuitBreaker(2, 30),
                        new Policy.RateLimit(7, 0.5),
                        4));
        assertThat(PolicyReader.stored(Map.of())).isEqualTo(Policy.NONE);
        assertThat(PolicyReader.stored(null)).isEqualTo(Policy.NONE);
        assertThat(Policy.NONE.goesOnAfterCutOff(Policy.MAX_CUT_OFFS - 1)).isTrue();
        assertThat(Policy.NONE.goesOnAfterCutOff(Policy.MAX_CUT_OFFS))
                .as("it may be what ends the server")
                .isFalse();
        assertThat(PolicyReader.stored(Map.of("max_attempts", 1, "timeout_seconds", 2)))
                .satisfies(old -> {
                    assertThat(old.attempts()).isEqualTo(1);
                    assertThat(old.timeoutSeconds()).isEqualTo(2);
                    assertThat(old.limits()).isFalse();
                });
        assertThat(PolicyReader.stored(Map.of("max_attempts", "many", "delay_seconds", 600)))
                .satisfies(odd -> {
                    assertThat(odd.maxAttempts()).isNull();
                    assertThat(odd.maxDelaySeconds()).isEqualTo(600);
                });
    }

    @Example
    void readsTheOlderNestedForm() {
        Map<String, Object> nested =
                Map.of("retry", Map.of("max_attempts", 4, "backoff", "linear"), "timeout_seconds", 9);
        assertThat(violations(nested)).isEmpty();
        Map<String, ?> policies =
                Objects.requireNonNull(read(nested).pipeline()).policies();
        Policy policy = PolicyReader.stored(policies.get("x"));
        assertThat(policy.attempts()).isEqualTo(4);
        assertThat(policy.backoff()).isEqualTo(Policy.Backoff.LINEAR);
        assertThat(policy.timeoutSeconds()).isEqualTo(9);
        assertThat(violations(Map.of("max_attempts", 2, "retry", Map.of("max_attempts", 4))))
                .containsExactly(new Violation(
                        "/policies/x/retry/max_attempts",
                        "stands beside max_attempts, which it became; keep one of the two"));
        assertThat(violations(Map.of("retry", Map.of("times", 4))))
                .extracting(Violation::pointer)
                .containsExactly("/policies/x/times");
    }

    @Example
    void saysEverythingThatIsWrongWithAPointer() {
        assertThat(violations(Map.of(
                        "max_retries", 3,
                        "max_attempts", 0,
                        "backoff", "random",
                        "delay_seconds", -1,
                        "jitter", 1.5,
                        "timeout_seconds", 0,
                        "circuit_breaker", Map.of("failures", 1.5, "open", 3),
                        "rate_limit", 10,
                        "max_concurrent", "two")))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "/policies/x/max_retries",
                        "/policies/x/max_attempts",
                        "/policies/x/backoff",
                        "/policies/x/delay_seconds",
                        "/policies/x/jitter",
                        "/policies/x/timeout_seconds",
                        "/policies/x/circuit_breaker/failures",
                        "/policies/x/circuit_breaker/open",
                        "/policies/x/rate_limit",
                        "/policies/x/max_concurrent");
        assertThat(violations(Map.of("delay_seconds", 10, "max_delay_seconds", 5)))
                .containsExactly(new Violation("/policies/x/max_delay_seconds", "must be at least delay_seconds (10)"));
        assertThat(violations(Map.of("delay_seconds", Double.NaN)))
                .extracting(Violation::pointer)
                .containsExactly("/policies/x/delay_seconds");
        assertThat(violations("retry")).containsExactly(new Violation("/policies/x", "must be an object"));
    }

    @Property
    void delaysGrowWithinTheirBounds(
            @ForAll Policy.Backoff backoff,
            @ForAll @DoubleRange(max = 1_000) double first,
            @ForAll @DoubleRange(max = 10_000) double more,
            @ForAll @DoubleRange(max = 1) double jitter,
            @ForAll @IntRange(min = 1, max = 1_000) int tries,
            @ForAll @DoubleRange(max = 1) double chance) {
        double max = first + more;
        Policy policy = new Policy(1_000, backoff, first, max, jitter, null, null, null, null);
        Policy exact = new Policy(1_000, backoff, first, max, 0, null, null, null, null);
        double base = exact.delayAfter(tries, chance);
        double wanted =
                switch (backoff) {
                    case NONE -> first;
                    case LINEAR -> first * tries;
                    case EXPONENTIAL -> first * Math.pow(2, tries - 1);
                };
        assertThat(base).isEqualTo(Math.min(max, wanted));
        assertThat(policy.delayAfter(tries, chance))
                .isBetween(base * (1 - jitter) - 1e-9, Math.min(max, base * (1 + jitter)) + 1e-9);
        assertThat(exact.delayAfter(tries + 1, chance)).isGreaterThanOrEqualTo(base);
    }
}
