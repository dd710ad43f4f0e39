package dev.callboard.embed.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.callboard.embed.model.Embedding;
import dev.callboard.spi.StageFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest extends EndpointFixture {
    @Test
    void vectorsComeByTheirIndexAndGetTheLengthOne() throws Exception {
        List<Embedding> embeddings = embed("four", "eleven char");
        assertThat(embeddings).hasSize(2);
        float[] second = embeddings.get(1).vector();
        double length = Math.sqrt(11 * 11 + 1.5 * 1.5 + 2 * 2);
        assertThat(second[0]).isCloseTo((float) (11 / length), within(1e-6f));
        assertThat(second[2]).isCloseTo((float) (-2 / length), within(1e-6f));
        StubEndpoint.Request request = stub.requests.get(0);
        assertThat(request.path()).isEqualTo("/v1/embeddings");
        assertThat(request.authorization()).isEqualTo("Bearer " + KEY);
        assertThat(request.body().toString())
                .isEqualTo("{\"model\":\"tiny\",\"input\":[\"four\",\"eleven char\"],\"encoding_format\":\"float\"}");
    }

    @Test
    void dimensionsAreAskedForAndInsistedOn() throws Exception {
        settings.put("dimensions", 3);
        assertThat(embed("a").get(0).vector()).hasSize(3);
        assertThat(stub.requests.get(0).body().path("dimensions").asInt()).isEqualTo(3);
        settings.put("dimensions", 4);
        assertThat(failure().getMessage())
                .startsWith(
                        "The answer of the embedding endpoint 127.0.0.1 has vectors of 3 dimensions and not of the 4");
    }

    @Test
    void withoutAKeyNoneIsSent() throws Exception {
        settings.remove("api_key");
        embed("a");
        assertThat(stub.requests.get(0).authorization()).isNull();
    }

    @Test
    void halfASurrogatePairIsReplaced() throws Exception {
        embed("a\uD800b😀");
        assertThat(stub.requests.get(0).body().path("input").get(0).asText()).isEqualTo("a\uFFFDb😀");
    }

    @ParameterizedTest
    @CsvSource({
        "429, rate_limited, true",
        "500, model_unavailable, true",
        "503, model_unavailable, true",
        "408, model_unavailable, true",
        "401, model_unauthorized, false",
        "403, model_unauthorized, false",
        "400, model_refused, false",
        "404, model_refused, false",
        "201, model_refused, false"
    })
    void statusesHaveAMeaning(int status, String code, boolean retryable) {
        stub.answering(status, "{\"error\": {\"type\": \"x\", \"message\": \"no\\nway, " + KEY + ".\"}}");
        StageFailure failure = failure();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure).hasMessageEndingWith(": no way, •••.");
        assertThat(stub.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"data\"",
                "{\"data\": {}}",
                "{\"object\": \"list\"}",
                "{\"data\": []}",
                "{\"data\": [7, 8]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1, 2]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 0, \"embedding\": [1]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 2, \"embedding\": [1]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": -1, \"embedding\": [1]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1.5, \"embedding\": [1]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": [1, 2]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": []}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": [0, 0]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": [1e999]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": [NaN]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": [\"1\"]}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1, \"embedding\": \"AACAPw==\"}]}",
                "{\"data\": [{\"index\": 0, \"embedding\": [1]}, {\"index\": 1}]}"
            })
    void wrongAnswersFailInOneSentence(String body) {
        stub.answering(200, body);
        StageFailure failure = failure();
        assertThat(failure.code()).isEqualTo("bad_answer");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void moreDimensionsThanCanBeUsedAreRefused() {
        stub.answering(StubEndpoint.good(text -> "[1" + ",1".repeat(8192) + "]"));
        assertThat(failure().getMessage()).contains("has vectors of more dimensions than can be used");
    }

    @Test
    void anotherAddressModelOrDimensionIsAnotherModel() throws Exception {
        Set<String> hashes = new HashSet<>();
        hashes.add(hash());
        settings.put("api_key", "another");
        settings.put("url", stub.url() + "/");
        assertThat(hashes.add(hash())).isFalse();
        settings.put("dimensions", 3);
        assertThat(hashes.add(hash())).isTrue();
        settings.put("model", "other");
        assertThat(hashes.add(hash())).isTrue();
        settings.put("url", stub.url() + "/other");
        assertThat(hashes.add(hash())).isTrue();
    }

    private String hash() throws StageFailure {
        try (Endpoint endpoint = new Endpoint(EndpointConfig.from(settings).orElseThrow(), context)) {
            return endpoint.sha256();
        }
    }
}
