package dev.callboard.feed;

import dev.callboard.bus.Bus;
import dev.callboard.json.Json;
import dev.callboard.metrics.WebMeters;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
        try {
            FeedRequest request = FeedRequest.of(text);
            switch (request.op()) {
                case SUBSCRIBE -> subscribe(request);
                case UNSUBSCRIBE -> unsubscribe(request.topic());
                case PING -> send("{\"kind\":\"pong\"}");
            }
        } catch (FeedRequest.Unreadable e) {
            error(e.topic(), e.code(), String.valueOf(e.getMessage()));
        }
    }

    private void subscribe(FeedRequest request) {
        String name = request.topic();
        if (name == null) {
            error(null, "unknown_topic", "'topic' must be a text, such as \"palette\".");
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
        open(name, subscription, request.since(), request.epoch());
    }

    private void unsubscribe(@Nullable String name) {
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
