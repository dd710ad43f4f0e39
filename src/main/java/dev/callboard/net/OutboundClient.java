package dev.callboard.net;

import dev.callboard.config.NetworkConfig;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.HostLookup;
import dev.callboard.spi.net.Outbound.Proxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to other servers. Every address is checked before it is connected to, also behind a redirect, and the checked
 * address is the one that is connected to. No cookies are kept, no credentials are made up, nothing is repeated. Safe from any
 * thread.
 */
public final class OutboundClient {
    private static final int CONNECT_MS = 10_000;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_FIRST_LINE = 8 * 1024;

    /** Requests under way at once, those of stages included. */
    private static final int MOST_AT_ONCE = 256;

    /** Requests of {@link #send} under way at once. */
    private static final int SENDERS = 16;

    private final HttpClient client;
    private final WorkerExecutor senders;
    private final Supplier<AddressRules> rules;
    private final HostLookup lookup;
    private final @Nullable Proxy proxy;
    private final String userAgent;

    /**
     * Opens nothing yet; is closed with the Vert.x instance.
     *
     * @param rules asked for each connection
     * @param userAgent where a request says nothing else
     */
    public OutboundClient(Vertx vertx, NetworkConfig config, Supplier<AddressRules> rules, String userAgent) {
        this(vertx, config, rules, userAgent, InetAddress::getAllByName);
    }

    OutboundClient(
            Vertx vertx, NetworkConfig config, Supplier<AddressRules> rules, String userAgent, HostLookup lookup) {
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(false) // A connection that is reused may turn out to be closed, and nothing is repeated.
                .setConnectTimeout(CONNECT_MS)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxInitialLineLength(MAX_FIRST_LINE)
                .setDecompressionSupported(false);
        if (!config.authorities().isEmpty()) {
            options.setTrustOptions(Authorities.with(config.authorities()));
        }
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(MOST_AT_ONCE));
        this.senders = vertx.createSharedWorkerExecutor("outbound", SENDERS, 1, TimeUnit.HOURS);
        this.rules = rules;
        this.lookup = lookup;
        this.proxy = config.proxy();
        this.userAgent = userAgent;
    }

    private OutboundClient(OutboundClient other, Supplier<AddressRules> rules) {
        this.client = other.client;
        this.senders = other.senders;
        this.lookup = other.lookup;
        this.proxy = other.proxy;
        this.userAgent = other.userAgent;
        this.rules = rules;
    }

    /** The same, which may also reach what the operator named himself; this server is refused as ever. */
    public OutboundClient allowing(String host, int port) {
        String entry = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        return new OutboundClient(this, () -> rules.get()
                .with(List.of(entry), List.of(), rules.get().ports()));
    }

    /** What may be reached now. */
    public AddressRules rules() {
        return rules.get();
    }

    /**
     * Sends a request and waits for the whole answer, on a thread of its own.
     *
     * @return fails with {@link OutboundException}
     */
    public Future<OutboundReply> send(OutboundRequest request) {
        return senders.executeBlocking(
                () -> {
                    try (OutboundAnswer answer = open(request, () -> false)) {
                        return new OutboundReply(
                                answer.status(), answer.headers(), answer.body().readAllBytes());
                    }
                },
                false);
    }

    /**
     * Sends a request and waits for the head of the answer. Blocks: never on an event loop.
     *
     * @param cancelled asked now and then, until the body is read; true ends the request
     * @return to be closed
     * @throws OutboundException when there is no answer
     * @throws IOException when the body of the request cannot be read
     * @throws InterruptedException when it was cancelled or the thread interrupted
     */
    public OutboundAnswer open(OutboundRequest request, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        CallTime time = new CallTime(
                System.nanoTime() + request.timeout().toNanos(),
                shown(request.timeout().toMillis()),
                cancelled);
        return new OutboundCall(client, new Route(rules, lookup, proxy), userAgent, request, time).run();
    }

    private static String shown(long millis) {
        return millis < 1_000 ? millis + " ms" : millis / 1_000 + " s";
    }
}
