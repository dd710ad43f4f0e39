package dev.callboard.embed.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.endpoint.PostAnswer;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.HostLookup;
import dev.callboard.spi.net.Outbound;
import dev.callboard.spi.net.Outbound.Proxy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How the endpoint is reached, and what becomes of connections that are not as they should be. */
class EndpointConnectionTest extends EndpointFixture {
    @Test
    void theEndpointSaysWhenToAskAgain() {
        stub.answering(429, "", "Retry-After", "17");
        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(17));
        PostAnswer dated =
                new PostAnswer(503, "Sun, 01 Mar 2026 12:01:30 GMT", "Sun, 01 Mar 2026 12:00:00 GMT", new byte[0]);
        assertThat(dated.delay()).contains(Duration.ofSeconds(90));
        for (String other : List.of("", "soon", "0", "-3", "Sun, 01 Mar 2026 11:00:00 GMT")) {
            assertThat(new PostAnswer(503, other, dated.date(), new byte[0]).delay())
                    .isEmpty();
        }
    }

    @Test
    void noRedirectIsFollowed() throws Exception {
        try (StubEndpoint other = new StubEndpoint()) {
            stub.answering(307, "", "Location", other.url() + "/embeddings");
            assertThat(failure().code()).isEqualTo("model_moved");
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void answersAreBounded() {
        settings.put("dimensions", 2);
        stub.answering(200, "{\"data\": [" + " ".repeat(70_000));
        assertThat(failure().getMessage()).contains("is longer than the vectors that were asked for can be");
    }

    @Test
    void aConnectionThatBreaksMayBeTriedAgain() {
        stub.answering((exchange, request) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
        });
        StageFailure failure = failure();
        assertThat(failure.code()).isEqualTo("model_unreachable");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void noConnectionMayBeTriedAgain() {
        stub.close();
        StageFailure failure = failure();
        assertThat(failure.code()).isEqualTo("model_unreachable");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void anEndpointThatStallsHasItsTime() {
        CountDownLatch over = new CountDownLatch(1);
        stub.stalling(over, () -> {});
        settings.put("timeout_seconds", 1);
        StageFailure failure = failure();
        over.countDown();
        assertThat(failure.code()).isEqualTo("model_timeout");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("within 1 s (plugins.settings.embed.timeout_seconds)");
    }

    @Test
    void aCancelledRequestEnds() {
        CountDownLatch over = new CountDownLatch(1);
        stub.stalling(over, context::cancel);
        assertThatThrownBy(() -> embed("a")).isInstanceOf(InterruptedException.class);
        over.countDown();
    }

    @Test
    void whatTheServerMayNotReachIsNotCalled() {
        context.network(AddressRules.PUBLIC);
        StageFailure failure = failure();
        assertThat(failure.code()).isEqualTo("address_refused");
        assertThat(failure)
                .hasMessageStartingWith(
                        "The embedding endpoint 127.0.0.1 must not be called: '127.0.0.1' is in a private")
                .hasMessageEndingWith("; see network.allow in the server's configuration.");
        assertThat(stub.requests).isEmpty();
    }

    @Test
    void aPublicHostIsReachedThroughTheProxy() throws Exception {
        settings.put("url", "http://models.example.org/v1");
        context.network(AddressRules.PUBLIC);
        context.outbound(new Outbound(Optional.of(new Proxy("127.0.0.1", stub.port(), Optional.empty())), List.of()));
        EndpointConfig config = EndpointConfig.from(settings).orElseThrow();
        HostLookup lookup = name -> new InetAddress[] {InetAddress.getByName("93.184.215.14")};
        try (Endpoint endpoint = new Endpoint(config, context, lookup)) {
            assertThat(endpoint.embed(List.of("a"), context::cancelled)).hasSize(1);
        }
        assertThat(stub.requests.get(0).path()).isEqualTo("http://models.example.org/v1/embeddings");
    }

    @Test
    void aNameThatChangesItsAddressLeadsNowhereElse() throws Exception {
        settings.put("url", "http://models.example.org:" + stub.port() + "/v1");
        context.network(new AddressRules(List.of("models.example.org"), List.of("127.0.0.0/8"), Set.of()));
        EndpointConfig config = EndpointConfig.from(settings).orElseThrow();
        HostLookup lookup = name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")};
        try (Endpoint endpoint = new Endpoint(config, context, lookup)) {
            assertThatThrownBy(() -> endpoint.embed(List.of("a"), context::cancelled))
                    .isInstanceOfSatisfying(StageFailure.class, failure -> assertThat(failure.code())
                            .isEqualTo("address_refused"));
        }
        assertThat(stub.requests).isEmpty();
    }
}
