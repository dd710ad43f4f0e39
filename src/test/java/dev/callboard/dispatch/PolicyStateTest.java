package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.dispatch.PolicyState.Hold;
import dev.callboard.dispatch.PolicyState.PolicySignal;
import dev.callboard.engine.PolicyUse;
import dev.callboard.pipelines.PolicyReader;
import dev.callboard.taskmodel.WaitingFor;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyStateTest {
    private static PolicyState state(Map<String, Object> policy) {
        return new PolicyState(new PolicyUse("p", "x", PolicyReader.stored(policy)), Clock.systemUTC());
    }

    private static String breaker(PolicyState state) {
        return state.view(0).circuitBreaker().state();
    }

    @Test
    void aBreakerOpensAfterFailuresInARowAndLetsOneTryAgain() {
        PolicyState state = state(Map.of("circuit_breaker", Map.of("failures", 2, "open_seconds", 0.3)));
        assertThat(state.start("late")).isEmpty();
        for (PolicySignal sign :
                new PolicySignal[] {PolicySignal.FAILS, PolicySignal.WORKS, PolicySignal.FAILS, PolicySignal.NONE}) {
            assertThat(state.start("a")).isEmpty();
            state.ended("a", sign);
        }
        assertThat(breaker(state)).isEqualTo("closed");
        assertThat(state.view(0).circuitBreaker().failures()).isEqualTo(1);
        assertThat(state.start("b")).isEmpty();
        state.ended("b", PolicySignal.FAILS);
        assertThat(breaker(state)).isEqualTo("open");
        assertThat(state.view(0).circuitBreaker().openUntil())
                .isAfter(Instant.now().minusSeconds(60));

        await().until(() -> breaker(state).equals("half_open"));
        assertThat(state.start("c")).isEmpty();
        assertThat(state.start("d")).map(Hold::kind).contains(WaitingFor.CIRCUIT_BREAKER);
        state.ended("late", PolicySignal.WORKS);
        assertThat(breaker(state)).isEqualTo("half_open");
        state.ended("c", PolicySignal.NONE);
        assertThat(breaker(state)).isEqualTo("half_open");
        assertThat(state.start("d")).isEmpty();
        assertThat(state.start("e")).isPresent();
        state.ended("d", PolicySignal.FAILS);
        assertThat(breaker(state)).isEqualTo("open");

        await().until(() -> state.start("f").isEmpty());
        state.ended("f", PolicySignal.WORKS);
        assertThat(breaker(state)).isEqualTo("closed");
        assertThat(state.view(0).circuitBreaker().failures()).isZero();
    }

    @Test
    void aRateLimitReservesThePermitOfTheNextAttempt() {
        PolicyState state = state(Map.of("rate_limit", Map.of("permits", 2, "per_seconds", 600)));
        assertThat(state.start("a")).isEmpty();
        assertThat(state.start("b")).isEmpty();
        Hold hold = state.start("c").orElseThrow();
        assertThat(hold.kind()).isEqualTo(WaitingFor.RATE_LIMIT);
        assertThat(state.start("d").orElseThrow().until()).isEqualTo(hold.until());
        assertThat(hold.until()).isAfter(Instant.now()).isBefore(Instant.now().plusSeconds(601));
    }

    @Test
    void onlySoManyRunAtOnce() {
        PolicyState state = state(Map.of("max_concurrent", 1));
        assertThat(state.start("a")).isEmpty();
        assertThat(state.start("b")).map(Hold::kind).contains(WaitingFor.CONCURRENCY);
        state.ended("b", PolicySignal.WORKS);
        assertThat(state.start("b")).isPresent();
        state.ended("a", PolicySignal.FAILS);
        state.ended("a", PolicySignal.FAILS);
        assertThat(state.start("b")).isEmpty();
        assertThat(state.view(0).concurrency().running()).isEqualTo(1);
    }
}
