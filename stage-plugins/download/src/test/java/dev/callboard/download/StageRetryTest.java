package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.StageFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stage as a whole says when another attempt makes sense. */
class StageRetryTest extends DownloadFixture {
    @Test
    void theLongestDelayThatAServerAsksForIsTheStages() throws Exception {
        server.on("/busy", 503, "", "Retry-After: 90")
                .on("/full", 429, "", "Retry-After: 3600")
                .on("/down", 502, "");
        context.with("urls", List.of(server.url("/busy"), server.url("/full"), server.url("/down")))
                .with("attempts", 1);
        StageFailure failure = context.failure();
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3600));
    }

    @Test
    void withoutSuchAServerThereIsNoDelay() throws Exception {
        server.on("/down", 503, "");
        context.with("urls", server.url("/down")).with("attempts", 1);
        assertThat(context.failure().retryAfter()).isEmpty();
    }
}
