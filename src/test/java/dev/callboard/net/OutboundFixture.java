package dev.callboard.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.config.NetworkConfig;
import dev.callboard.spi.net.Outbound.Proxy;
import dev.callboard.testing.Patience;
import dev.callboard.testing.WebStub;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client of its own with names of its own, and the one server that it may connect to. */
abstract class OutboundFixture {
    final Vertx vertx = Vertx.vertx();
    final WebStub web = new WebStub();
    final List<String> lookedUp = new ArrayList<>();
    final Map<String, Deque<String>> names = new HashMap<>();
    OutboundRules rules;
    OutboundClient client;

    @BeforeEach
    void allowLoopback() {
        rules = new OutboundRules(List.of("127.0.0.1:" + web.port()));
        client = client(null);
    }

    @AfterEach
    void close() throws Exception {
        web.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
    }

    OutboundClient client(Proxy proxy) {
        NetworkConfig config = new NetworkConfig(List.of(), proxy, "", List.of(), Duration.ofSeconds(30), 1 << 20);
        return new OutboundClient(vertx, config, rules, "Callboard/test", this::lookUp);
    }

    /** Each name's answers, one after the other; the last stays. */
    InetAddress[] lookUp(String name) throws UnknownHostException {
        lookedUp.add(name);
        Deque<String> answers = names.get(name);
        if (answers == null) {
            throw new UnknownHostException(name);
        }
        String answer = answers.size() > 1 ? answers.poll() : answers.peek();
        return new InetAddress[] {InetAddress.getByName(answer)};
    }

    void name(String name, String... addresses) {
        names.put(name, new ArrayDeque<>(List.of(addresses)));
    }

    String url(String path) {
        return "http://127.0.0.1:" + web.port() + path;
    }

    static String text(OutboundAnswer answer) throws Exception {
        try (answer) {
            return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    OutboundAnswer open(OutboundRequest request) throws Exception {
        return client.open(request, () -> false);
    }

    void refused(OutboundRequest request, String code) {
        assertThatThrownBy(() -> open(request))
                .isInstanceOfSatisfying(OutboundException.class, failure -> assertThat(failure.code())
                        .as(failure.getMessage())
                        .isEqualTo(code));
    }
}
