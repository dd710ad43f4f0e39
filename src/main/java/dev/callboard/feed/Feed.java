package dev.callboard.feed;

import dev.callboard.metrics.WebMeters;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSockets and what they follow. What changes is encoded once and written to every subscriber. Lives on one event
 * loop.
 */
public final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private final Vertx vertx;
    private final Duration heartbeat;
    private final int maxConnections;
    private final WebMeters meters;
    private final Map<String, FeedTopic> topics = new HashMap<>();
    private final Map<String, Function<String, FeedTopic>> families = new HashMap<>();
    private final Map<String, Set<FeedConnection>> subscribers = new HashMap<>();
    private final Map<String, FeedTurn> turns = new LinkedHashMap<>();
    private final Set<FeedConnection> connections = new LinkedHashSet<>();

    /**
     * Has no topics yet.
     *
     * @param heartbeat how often a client is asked whether it is still there
     * @param maxConnections how many clients there may be
     */
    public Feed(Vertx vertx, Duration heartbeat, int maxConnections, WebMeters meters) {
        this.vertx = vertx;
        this.heartbeat = heartbeat;
        this.maxConnections = maxConnections;
        this.meters = meters;
    }

    /** Offers a topic. */
    void offer(String name, FeedTopic topic) {
        topics.put(name, topic);
    }

    /** Offers the topics {@code <family>:<id>}, one for each id. */
    void offerFamily(String family, Function<String, FeedTopic> byId) {
        families.put(family, byId);
    }

    /** The topic of that name, which may be one of a family. */
    Optional<FeedTopic> topic(String name) {
        int colon = name.indexOf(':');
        if (colon > 0 && colon < name.length() - 1) {
            Function<String, FeedTopic> byId = families.get(name.substring(0, colon));
            return Optional.ofNullable(byId).map(family -> family.apply(name.substring(colon + 1)));
        }
        return Optional.ofNullable(topics.get(name));
    }

    /** Whether no client more is taken in. */
    public boolean full() {
        return connections.size() >= maxConnections;
    }

    /**
     * Takes a socket in.
     *
     * @param bytes writes frames to it as they are, behind what it was given before
     */
    public void accept(ServerWebSocket socket, Consumer<ByteBuf> bytes) {
        FeedConnection connection = new FeedConnection(this, socket, bytes);
        connections.add(connection);
        meters.clients(connections.size());
        long timer = vertx.setPeriodic(heartbeat.toMillis(), id -> connection.heartbeat());
        socket.closeHandler(closed -> {
            vertx.cancelTimer(timer);
            connections.remove(connection);
            meters.clients(connections.size());
            connection.topics().forEach(topic -> unsubscribed(topic, connection));
        });
        socket.exceptionHandler(failure -> {
            dropped(failure);
            if (failure instanceof CorruptedWebSocketFrameException broken) {
                connection.close((short) broken.closeStatus().code(), "this frame cannot be read");
            }
        });
    }

    /** A client that goes away while it is written to is nothing to report. */
    public void dropped(Throwable failure) {
        LOG.debug("a feed connection failed", failure);
    }

    /** A client cannot be sent what it follows. */
    void leftBehind(WebMeters.Drop reason) {
        meters.dropped(reason);
    }

    void subscribed(String topic, FeedConnection connection) {
        subscribers.computeIfAbsent(topic, name -> new LinkedHashSet<>()).add(connection);
    }

    void unsubscribed(String topic, FeedConnection connection) {
        Set<FeedConnection> set = subscribers.get(topic);
        if (set != null && set.remove(connection) && set.isEmpty()) {
            subscribers.remove(topic);
            topic(topic).ifPresent(FeedTopic::abandoned);
        }
    }

    /** Whether anybody follows a topic: if not, a change of it need not be encoded. */
    boolean followed(String topic) {
        return subscribers.containsKey(topic);
    }

    /**
     * Sends one change to all who follow a topic, with what else comes in this turn of the event loop: while it writes to very many
     * clients, changes gather, and go out together.
     *
     * @param revision one more than the topic's last
     * @param frame a JSON text
     */
    void publish(String topic, long revision, String frame) {
        if (!followed(topic)) {
            return;
        }
        if (turns.isEmpty()) {
            vertx.runOnContext(ignored -> send());
        }
        turns.computeIfAbsent(topic, ignored -> new FeedTurn()).add(new FeedChange(revision, frame));
    }

    private void send() {
        Map<String, FeedTurn> sent = new LinkedHashMap<>(turns);
        turns.clear();
        sent.forEach((topic, turn) ->
                subscribers.getOrDefault(topic, Set.of()).forEach(connection -> connection.deliver(topic, turn)));
    }

    /** Closes all connections; the server stops. */
    public void closeAll() {
        Set.copyOf(connections).forEach(connection -> connection.close((short) 1001, "the server stops"));
    }
}
