package dev.callboard.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.AddressRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stage with an endpoint that fails now and then. */
class EndpointStageTest {
    private final EmbedContext context = new EmbedContext();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int failing = -1;
    private volatile int otherDimensions = -1;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/v1/embeddings", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                int number = requests.incrementAndGet();
                String vector = number == otherDimensions ? "[1, 2]" : "[" + number + ", 1, 2]";
                String entries = ("{\"embedding\": " + vector + "},").repeat(4);
                byte[] body = ("{\"data\": [" + entries.substring(0, entries.length() - 1) + "]}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Retry-After", "5");
                exchange.sendResponseHeaders(number == failing ? 429 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        context.network(new AddressRules(List.of("127.0.0.1"), List.of(), Set.of()));
        context.pluginSetting("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/v1")
                .pluginSetting("model", "tiny")
                .pluginSetting("batch_size", 4);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFailedAttemptIsNotBegunAgain() throws Exception {
        failing = 3;
        assertThatThrownBy(() -> context.embed(Chunks.many(16, "d")))
                .isInstanceOfSatisfying(StageFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("rate_limited");
                    assertThat(failure.retryable()).isTrue();
                });
        Map<String, Object> output = context.embed(Chunks.many(16, "d"));
        assertThat(requests).hasValue(5);
        assertThat(output.get("model")).isEqualTo("tiny");
        assertThat(output.get("dimensions")).isEqualTo(3);
        assertThat((List<?>) output.get("vectors")).hasSize(16);
        assertThat(Chunks.vectors(context.bytes(output), 3)).hasSize(16);
        assertThat(context.lines()).contains("Goes on after 8 of 16 chunks, which an earlier attempt has embedded.");
    }

    @Test
    void anEndpointThatChangesItsDimensionsIsRefused() {
        otherDimensions = 2;
        assertThatThrownBy(() -> context.embed(Chunks.many(8, "d")))
                .isInstanceOf(StageFailure.class)
                .hasMessage("The embedding endpoint gave vectors of 3 dimensions first and now of 2; set"
                        + " plugins.settings.embed.dimensions.");
    }
}
