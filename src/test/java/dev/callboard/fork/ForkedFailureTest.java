package dev.callboard.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callboard.spi.StageFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stage in a process of its own says of its failure comes to the server whole. */
@Timeout(120)
class ForkedFailureTest extends ForksFixture {
    @Test
    void theDelayThatItAsksForComesAlong() throws Exception {
        StageFailure failure = failure(
                "Busy",
                "throw StageFailure.retryable(\"busy\", \"It is busy.\", null, java.time.Duration.ofMillis(90_500));");
        assertThat(failure.code()).isEqualTo("busy");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).contains(Duration.ofMillis(90_500));
    }

    @Test
    void withoutOneThereIsNone() throws Exception {
        StageFailure failure = failure("Down", "throw StageFailure.retryable(\"down\", \"It is down.\", null);");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).isEmpty();
    }

    private StageFailure failure(String name, String body) throws Exception {
        ForkedPlugin plugin = load(name, body);
        return catchThrowableOfType(StageFailure.class, () -> execute(plugin, 1));
    }
}
