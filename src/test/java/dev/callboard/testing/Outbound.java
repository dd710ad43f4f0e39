package dev.callboard.testing;

import dev.callboard.config.NetworkConfig;
import dev.callboard.net.OutboundClient;
import dev.callboard.net.OutboundRules;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** Connects to other servers, for tests without a server of their own. */
public final class Outbound {
    /** One for all tests of the JVM, with which it ends. */
    private static final Vertx VERTX = Vertx.vertx();

    private Outbound() {}

    /** A client that reaches public addresses and these. */
    public static OutboundClient client(String... allow) {
        return new OutboundClient(
                VERTX,
                new NetworkConfig(List.of(allow), null, "", List.of(), Duration.ofSeconds(30), 1 << 20),
                new OutboundRules(List.of(allow)),
                "Callboard/test");
    }
}
