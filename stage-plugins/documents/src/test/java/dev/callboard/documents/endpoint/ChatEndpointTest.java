package dev.callboard.documents.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.callboard.documents.StubModel;
import dev.callboard.documents.endpoint.ChatModel.Message;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatEndpointTest {
    private final StubModel stub;
    private final RecordingStageContext context = new RecordingStageContext();

    ChatEndpointTest() throws Exception {
        stub = new StubModel();
        context.network(stub.permitted());
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private String ask() throws Exception {
        return ask(Map.of("model_api_key", "k-1"));
    }

    private String ask(Map<String, Object> more) throws Exception {
        Map<String, Object> settings = new HashMap<>(Map.of("model_url", stub.url(), "model", "small"));
        settings.putAll(more);
        try (ChatEndpoint endpoint =
                new ChatEndpoint(EndpointConfig.from(settings).orElseThrow(), context)) {
            return endpoint.answer(List.of(new Message("user", "Hello \"you\"")), context::cancelled);
        }
    }

    private StageFailure failure() {
        return catchThrowableOfType(StageFailure.class, this::ask);
    }

    @Test
    void messagesArePostedWithTheKey() throws Exception {
        stub.says("Hi");
        assertThat(ask()).isEqualTo("Hi");
        assertThat(stub.requests())
                .containsExactly("{\"model\":\"small\",\"temperature\":0,\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"Hello \\\"you\\\"\"}]}");
        assertThat(stub.keys()).containsExactly("Bearer k-1");
    }

    @Test
    void withoutAKeyNoneIsSent() throws Exception {
        stub.says("Hi");
        ask(Map.of());
        assertThat(stub.keys()).containsExactly("null");
    }

    @ParameterizedTest
    @CsvSource({
        "429, rate_limited, true",
        "503, model_unavailable, true",
        "401, model_unauthorized, false",
        "302, model_moved, false",
        "404, model_refused, false"
    })
    void otherAnswersFailAndSayWhetherTheyMayPass(int status, String code, boolean retryable) {
        stub.answers(status, Map.of("Location", "http://127.0.0.1:1/"), "{\"error\": {\"message\": \"bad k-1\"}}");
        assertThat(failure()).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.retryable()).isEqualTo(retryable);
            assertThat(failure.getMessage()).doesNotContain("k-1");
        });
        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void theTimeToWaitIsHandedOn() {
        stub.answers(429, Map.of("Retry-After", "7"), "");
        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | is not valid JSON",
                "{\"choices\": []} | has no text at choices[0].message.content",
                "{\"choices\": [{\"message\": {\"content\": 3}}]} | has no text at choices[0].message.content"
            })
    void wrongAnswersAreNamed(String body, String reason) {
        stub.answers(200, Map.of(), body);
        assertThat(failure())
                .hasMessageContaining(reason)
                .extracting(StageFailure::code)
                .isEqualTo("bad_answer");
    }

    @Test
    void tooLongAnswersAreNotRead() {
        stub.answers(200, Map.of(), "x".repeat(5 << 20));
        assertThat(failure()).hasMessageContaining("is too long");
    }

    @Test
    void addressesThatAreNotPermittedAreNotCalled() {
        context.network(dev.callboard.spi.net.AddressRules.PUBLIC);
        assertThat(failure().code()).isEqualTo("address_refused");
        assertThat(stub.requests()).isEmpty();
    }

    @Test
    void aCancelledRequestEnds() {
        context.cancel();
        assertThatThrownBy(this::ask).isInstanceOf(InterruptedException.class);
    }

    @Test
    void wrongSettingsAreNamed() throws Exception {
        assertThat(EndpointConfig.from(Map.of("model", "small"))).isEmpty();
        assertWrong(Map.of("model_url", "http://a"), "plugins.settings.documents.model must name the model");
        assertWrong(Map.of("model_url", "ftp://a", "model", "m"), "model_url is wrong");
        assertWrong(Map.of("model_url", "http://a/?b=c", "model", "m"), "without a query");
        assertWrong(Map.of("model_url", "http://a", "model", "m", "model_api_key", "a b"), "printable ASCII");
        assertWrong(Map.of("model_url", "http://a", "model", "m", "model_timeout_seconds", 0), "from 1 to 3600");
        assertThat(EndpointConfig.from(Map.of("model_url", "http://a", "model", "m", "model_api_key", "k-1"))
                        .orElseThrow())
                .asString()
                .doesNotContain("k-1");
    }

    private static void assertWrong(Map<String, Object> settings, String reason) {
        assertThatThrownBy(() -> EndpointConfig.from(settings)).hasMessageContaining(reason);
    }
}
