package dev.callboard.embed.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.embed.model.Embedding;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A local endpoint that may be called, and settings that name it. */
abstract class EndpointFixture {
    static final String KEY = "sk-very-secret";

    final RecordingStageContext context = new RecordingStageContext();
    final Map<String, Object> settings = new HashMap<>();
    StubEndpoint stub;

    @BeforeEach
    void start() throws IOException {
        stub = new StubEndpoint();
        context.network(new AddressRules(List.of("127.0.0.1"), List.of(), Set.of()));
        settings.put("url", stub.url());
        settings.put("model", "tiny");
        settings.put("api_key", KEY);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    final List<Embedding> embed(String... texts) throws Exception {
        try (Endpoint endpoint = new Endpoint(EndpointConfig.from(settings).orElseThrow(), context)) {
            return endpoint.embed(List.of(texts), context::cancelled);
        }
    }

    final StageFailure failure() {
        Throwable[] thrown = new Throwable[1];
        assertThatThrownBy(() -> embed("one", "two"))
                .isInstanceOf(StageFailure.class)
                .satisfies(e -> thrown[0] = e);
        assertThat(thrown[0].getMessage()).endsWith(".").doesNotContain(KEY).doesNotContain("\n");
        return (StageFailure) thrown[0];
    }
}
