package dev.callboard.executors;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.callboard.config.ModelApi;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFailuresTest extends Conversation {
    @ParameterizedTest
    @EnumSource
    void aStreamThatBreaksOffMayBeTriedAgain(ModelApi provider) {
        ModelStub stub = stub(provider);
        stub.answers(stub.breaksOffAfter("half an ans"));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.code()).isEqualTo("model_truncated");
        assertThat(failure.retryable()).isTrue();
        assertThat(context.lines()).containsExactly("half an ans");
    }

    @ParameterizedTest
    @EnumSource
    void aBusyEndpointMayBeTriedAgain(ModelApi provider) {
        ModelStub stub = stub(provider);
        String said = "{\"error\": {\"message\": \"Slow down, " + ModelStub.KEY + "\"}}";
        stub.answers(stub.status(429, said).withHeader("Retry-After", "17"));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.code()).isEqualTo("rate_limited");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("17 s").hasMessageContaining("Slow down");
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenEndpointMayBeTriedAgain(ModelApi provider) {
        ModelStub stub = stub(provider);
        stub.answers(stub.status(500, "<html>oops</html>"));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.code()).isEqualTo("model_unavailable");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("500").message().doesNotContain("html");
    }

    @ParameterizedTest
    @EnumSource
    void aSlowAnswerEndsInTime(ModelApi provider) {
        ModelStub stub = stub(provider);
        stub.answers(stub.says("one", "two", "three").withChunkedDribbleDelay(20, 60_000));
        StageFailure failure = failure(stub.executor(Duration.ofSeconds(2)).stage(Requests.prompt("Go", null)));
        assertThat(failure.code()).isEqualTo("model_timeout");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void aLostConnectionMayBeTriedAgain() {
        ModelStub stub = stub(ModelApi.OPENAI);
        for (Fault fault : Fault.values()) {
            stub.answers(aResponse().withFault(fault));
            StageFailure failure = failure(stage(stub, null));
            assertThat(failure.retryable()).as(fault.name()).isTrue();
        }
        Stage late = stage(stub, null);
        stub.close();
        assertThat(failure(late).code()).isEqualTo("model_unreachable");
    }

    @Test
    void anotherContentTypeIsNoAnswer() {
        ModelStub stub = stub(ModelApi.OPENAI);
        stub.answers(aResponse().withHeader("Content-Type", "text/html").withBody("<p>Log in"));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.code()).isEqualTo("wrong_content_type");
        assertThat(failure).hasMessageContaining("text/html").hasMessageContaining("models.base_url");
    }

    @Test
    void aRedirectIsNotFollowed() {
        ModelStub stub = stub(ModelApi.OPENAI);
        stub.answers(aResponse().withStatus(307).withHeader("Location", stub.server.baseUrl() + "/elsewhere"));
        assertThat(failure(stage(stub, null)).code()).isEqualTo("model_moved");
        assertThat(stub.server.getAllServeEvents()).hasSize(1);
    }

    @Test
    void aRefusedKeyIsNamedByItsVariable() {
        ModelStub stub = stub(ModelApi.OPENAI);
        stub.answers(stub.status(401, "{\"error\": {\"message\": \"Incorrect key " + ModelStub.KEY + "\"}}"));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining(ModelStub.VARIABLE);
    }

    @Test
    void aHugeAnswerIsNotKept() {
        ModelStub stub = stub(ModelApi.OPENAI);
        String[] pieces = new String[40];
        Arrays.fill(pieces, "x".repeat(ModelCall.MAX_CHARACTERS / 32));
        stub.answers(stub.says(pieces));
        StageFailure failure = failure(stage(stub, null));
        assertThat(failure.code()).isEqualTo("answer_too_long");
    }
}
