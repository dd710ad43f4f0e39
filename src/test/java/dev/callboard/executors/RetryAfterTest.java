package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.callboard.config.ModelApi;
import dev.callboard.spi.StageFailure;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The model's endpoint says when to ask again. */
class RetryAfterTest extends Conversation {
    @ParameterizedTest
    @CsvSource({"429, rate_limited", "503, model_unavailable", "500, model_unavailable"})
    void theFailureCarriesTheDelay(int status, String code) {
        StageFailure failure = failure(status, "17");
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "soon", "1e9", "99999999999999999999", "Thu, 01 Jan 1970 00:00:00 GMT"})
    void whatSaysNothingIsNoDelay(String header) {
        assertThat(failure(429, header).retryAfter()).isEmpty();
    }

    @Test
    void aLastingFailureHasNoDelay() {
        assertThat(failure(400, "17").retryAfter()).isEmpty();
    }

    @Test
    void aDateIsReadByTheAnswersOwnClock() {
        assertThat(RetryAfter.of(headers(Map.of(
                        "Date", "Sun, 01 Mar 2026 12:00:00 GMT", "Retry-After", "Sun, 01 Mar 2026 12:00:27 GMT"))))
                .contains(Duration.ofSeconds(27));
        assertThat(RetryAfter.of(headers(Map.of("Retry-After", "Sun, 01 Mar 2026 12:00:27 GMT"))))
                .isEmpty();
        assertThat(RetryAfter.of(headers(Map.of()))).isEmpty();
    }

    private StageFailure failure(int status, String retryAfter) {
        ModelStub stub = stub(ModelApi.OPENAI);
        ResponseDefinitionBuilder busy = stub.status(status, "{}").withHeader("Retry-After", retryAfter);
        stub.answers(busy);
        return failure(stage(stub, null));
    }

    private static HttpHeaders headers(Map<String, String> headers) {
        Map<String, List<String>> lists = new java.util.HashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return HttpHeaders.of(lists, (name, value) -> true);
    }
}
