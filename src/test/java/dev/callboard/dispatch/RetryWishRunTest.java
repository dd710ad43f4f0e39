package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.spi.StageFailure;
import dev.callboard.taskmodel.WaitingFor;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A stage whose service says when to ask again is not attempted sooner. */
class RetryWishRunTest extends TaskServerFixture {
    @Test
    void theTaskWaitsAsLongAsTheStageAsks() throws Exception {
        server.stage("busy", (context, input) -> {
                    throw StageFailure.retryable("busy", "The service is busy.", null, Duration.ofSeconds(400));
                })
                .pipeline(
                        "name: p\npolicies: {x: {max_attempts: 3, delay_seconds: 1, max_delay_seconds: 5, jitter: 0}}\n"
                                + "stages: [{name: s, type: busy, policy: x}]\n")
                .start();
        String id = server.run("p").id();
        await().until(() -> server.task(id).waitingFor() != null);
        WaitingFor waiting = Objects.requireNonNull(server.task(id).waitingFor());
        assertThat(waiting.kind()).isEqualTo(WaitingFor.RETRY);
        assertThat(Duration.between(waiting.since(), waiting.until())).isEqualTo(Duration.ofSeconds(400));
    }
}
