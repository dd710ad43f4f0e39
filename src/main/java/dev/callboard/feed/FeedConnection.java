package dev.callboard.feed;

import dev.callboard.bus.Bus;
import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.metrics.WebMeters;
import dev.callboard.problem.NearName;
import dev.callboard.problem.Violation;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of the feed. For each topic it knows which revision the client has; a client whose queue is full is sent
 * nothing until it has read, and then what it missed: as changes while the topic remembers them, else as a snapshot.
 */
final class FeedConnection {
    private static final int MAX_TOPICS = 64;

    /** What a frame may say, by its {@code op}. */
    private static final Map<String, List<String>> MEMBERS = Map.of(
            "subscribe", List.of("op", "topic", "since", "epoch"),
            "unsubscribe", List.of("op", "topic"),
            "ping", List.of("op"));

    private final Feed feed;
    private final ServerWebSocket socket;
    private final Consumer<ByteBuf> bytes;
    private final Map<String, FeedSubscription> subscriptions = new HashMap<>();
    private int missedPongs;
    /** The last ping still waits behind what the client has not read. */
    private boolean pinging;

    /** @param bytes writes frames to the socket as they are, behind what it was given before */
    FeedConnection(Feed feed, ServerWebSocket socket, Consumer<ByteBuf> bytes) {
        this.feed = feed;
        this.socket = socket;
        this.bytes = bytes;
        socket.frameHandler(new FeedFrames(
                socket, this::received, binary -> error(null, "invalid_frame", "Send JSON objects in text frames.")));
        socket.pongHandler(pong -> missedPongs = 0);
        socket.drainHandler(drained -> {
            if (!socket.isClosed()) {
                socket.resume();
                catchUp();
            }
        });
    }

    /** The topics that it follows. */
    Set<String> topics() {
        return Set.copyOf(subscriptions.keySet());
    }

    private void received(String text) {
        answer(text);
        if (!socket.isClosed() && socket.writeQueueFull()) {
            // Who does not read the answers is not listened to either, else their number would have no limit.
            socket.pause();
        }
    }

    private void answer(String text) {
        Object value;
        try {
            value = Json.parse(text);
        } catch (JsonSyntaxException e) {
            error(null, "invalid_frame", "The frame is not valid JSON: " + e.getMessage());
            return;
        }
        Map<?, ?> frame = value instanceof Map<?, ?> map ? map : Map.of();
        List<String> known = MEMBERS.get(String.valueOf(frame.get("op")));
        Optional<String> unknown = frame.keySet().stream()
                .map(String::valueOf)
                .filter(name -> known != null && !known.contains(name))
                .findFirst();
        if (known != null && unknown.isPresent()) {
            String topic = frame.get("topic") instanceof String name ? name : null;
            String detail = "'" + unknown.get() + "' " + NearName.unknown(unknown.get(), known);
            error(topic, "invalid_frame", new Violation("", detail).sentence());
            return;
        }
        switch (String.valueOf(frame.get("op"))) {
            case "subscribe" -> subscribe(frame);
            case "unsubscribe" -> unsubscribe(frame);
            case "ping" -> send("{\"kind\":\"pong\"}");
            default -> error(null, "unknown_op", "'op' must be subscribe, unsubscribe or ping.");
        }
    }

    private void subscribe(Map<?, ?> frame) {
        Object since = frame.get("since");
        Object epoch = frame.get("epoch");
        if (!(frame.get("topic") instanceof String name)) {
            error(null, "unknown_topic", "'topic' must be a text, such as \"palette\".");
            return;
        }
        if ((since != null && !(since instanceof Integer || since instanceof Long))
                || (epoch != null && !(epoch instanceof String))) {
            error(name, "invalid_frame", "'since' must be a whole number and 'epoch' a text.");
            return;
        }
        Optional<FeedTopic> topic = feed.topic(name);
        if (topic.isEmpty()) {
            error(
                    name,
                    "unknown_topic",
                    "There is no topic '" + name + "'; known are palette, status, "
                            + String.join(", ", ListTopics.NAMES) + " and task:ID.");
            return;
        }
        if (!subscriptions.containsKey(name) && subscriptions.size() >= MAX_TOPICS) {
            error(name, "too_many_topics", "One connection follows at most " + MAX_TOPICS + " topics.");
            return;
        }
        FeedSubscription subscription = new FeedSubscription(topic.get());
        subscriptions.put(name, subscription);
        feed.subscribed(name, this);
        open(name, subscription, since == null ? null : ((Number) since).longValue(), (String) epoch);
    }

    private void unsubscribe(Map<?, ?> frame) {
        String name = frame.get("topic") instanceof String text ? text : null;
        if (name == null || subscriptions.remove(name) == null) {
            error(name, "unknown_topic", "This connection does not follow that topic.");
            return;
        }
        feed.unsubscribed(name, this);
    }

    /** First listen, then fetch, then send what came meanwhile: nothing is lost in between. */
    private void open(String name, FeedSubscription subscription, @Nullable Long since, @Nullable String epoch) {
        subscription.begin();
        subscription.topic().open(since, epoch).onComplete(result -> {
            if (subscriptions.get(name) != subscription) {
                return; // Unsubscribed or subscribed anew meanwhile.
            }
            if (result.failed()) {
                subscription.giveUp();
                subscriptions.remove(name);
                feed.unsubscribed(name, this);
                String code = Bus.problemOf(result.cause())
                        .map(problem -> problem.code())
                        .orElse("internal");
                String detail = Bus.problemOf(result.cause())
                        .map(problem -> problem.detail())
                        .orElse("The topic cannot be opened at the moment.");
                error(name, code, detail);
                return;
            }
            FeedTopic.Opening opening = result.result();
            opening.frames().forEach(this::send);
            subscription.opened(opening).forEach(change -> deliver(subscription, change));
            if (subscription.overflowed()) {
                catchUp();
            }
        });
    }

    /** A closed socket takes nothing either; asked for its queue it would throw, and whoever comes next miss a change. */
    private boolean full() {
        return socket.isClosed() || socket.writeQueueFull();
    }

    /** Done for each client of each change: makes nothing, and asks the socket for its queue once. */
    void deliver(String name, FeedTurn turn) {
        FeedSubscription subscription = subscriptions.get(name);
        if (subscription == null) {
            return;
        }
        if (!full() && subscription.take(turn)) {
            bytes.accept(turn.frames());
        } else {
            turn.changes().forEach(change -> deliver(subscription, change));
        }
    }

    private void deliver(FeedSubscription subscription, FeedChange change) {
        if (!subscription.isNew(change)) {
            return;
        }
        boolean full = full();
        if (subscription.take(change.revision(), full)) {
            write(change.frame());
        } else if (!full) {
            catchUp();
        } else if (!socket.isClosed()) {
            feed.leftBehind(WebMeters.Drop.SLOW);
        }
    }

    private void catchUp() {
        Map.copyOf(subscriptions).forEach((name, subscription) -> {
            if (subscription.behind() && !full()) {
                open(name, subscription, subscription.revision(), subscription.epoch());
            }
        });
    }

    /**
     * Pings; a client that answered none of the last two is gone, even if its connection looks open. A ping counts once it
     * has been sent: a slow client is not gone while it still reads a snapshot.
     */
    void heartbeat() {
        if (missedPongs >= 2) {
            feed.leftBehind(WebMeters.Drop.SILENT);
            close((short) 1001, "no answer to two pings");
            return;
        }
        if (pinging || socket.isClosed()) {
            return;
        }
        pinging = true;
        socket.writePing(Buffer.buffer("callboard"))
                .onSuccess(sent -> {
                    pinging = false;
                    missedPongs++;
                })
                .onFailure(failure -> socket.close());
    }

    void close(short code, String reason) {
        Future<Void> closed = socket.close(code, reason);
        closed.onFailure(failure -> feed.dropped(failure));
    }

    /** @param topic the one that it is about, null when it is about none */
    private void error(@Nullable String topic, String code, String detail) {
        Map<String, String> frame = new LinkedHashMap<>();
        if (topic != null) {
            frame.put("topic", topic);
        }
        frame.put("kind", "error");
        frame.put("code", code);
        frame.put("detail", detail);
        send(Json.write(frame));
    }

    private void send(String frame) {
        if (!socket.isClosed()) {
            write(frame);
        }
    }

    private void write(String frame) {
        // A socket that cannot be written to ends, and says why to its exception handler.
        socket.writeTextMessage(frame);
    }
}
