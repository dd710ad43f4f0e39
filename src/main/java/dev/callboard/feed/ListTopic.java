package dev.callboard.feed;

import dev.callboard.json.Json;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A list as a feed: a snapshot, then each item that is new, another than before or gone, as a whole. Its revisions count
 * from the server's start.
 */
final class ListTopic implements FeedTopic {
    private static final int HISTORY = 200;

    private final Feed feed;
    private final String name;
    private final String member;
    private final Supplier<Future<Map<String, @Nullable Object>>> all;
    private final String epoch = UUID.randomUUID().toString();
    private final Deque<Frame> history = new ArrayDeque<>();
    private long revision;

    /**
     * Offers it.
     *
     * @param member what an item is called in the frame of its change
     * @param all reads the data of a snapshot, {@code items} among it
     */
    ListTopic(Feed feed, String name, String member, Supplier<Future<Map<String, @Nullable Object>>> all) {
        this.feed = feed;
        this.name = name;
        this.member = member;
        this.all = all;
        feed.offer(name, this);
    }

    /** The data of a snapshot that has items alone. */
    static Supplier<Future<Map<String, @Nullable Object>>> items(Supplier<Future<List<?>>> items) {
        return () -> items.get().map(all -> {
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("items", all);
            return data;
        });
    }

    void added(Object item) {
        publish("added", member, () -> Json.write(item));
    }

    /** It is another than before; clients that do not have it take it as new. */
    void updated(Object item) {
        publish("updated", member, () -> Json.write(item));
    }

    /** @param item at least what identifies it */
    void removed(Object item) {
        publish("removed", member, () -> Json.write(item));
    }

    /** As {@link #added}, {@link #updated} or {@link #removed}, by their names, with what writes the item as JSON. */
    void changed(String kind, Supplier<String> item) {
        publish(kind, member, item);
    }

    /** A change of another kind, with what it has to say. */
    void publish(String kind, String key, Object value) {
        publish(kind, key, () -> Json.write(value));
    }

    /** What nobody follows is written only when somebody comes back who missed it. */
    private void publish(String kind, String key, Supplier<String> value) {
        revision++;
        Frame frame = new Frame(name, kind, revision, key, value);
        history.add(frame);
        if (history.size() > HISTORY) {
            history.remove();
        }
        if (feed.followed(name)) {
            feed.publish(name, revision, frame.text());
        }
    }

    /** A change, written when it is asked for first. */
    private static final class Frame {
        private final String topic;
        private final String kind;
        private final long revision;
        private final String key;
        private @Nullable Supplier<String> value;
        private String text = "";

        Frame(String topic, String kind, long revision, String key, Supplier<String> value) {
            this.topic = topic;
            this.kind = kind;
            this.revision = revision;
            this.key = key;
            this.value = value;
        }

        String text() {
            Supplier<String> open = value;
            if (open != null) {
                text = "{\"topic\":" + Json.write(topic) + ",\"kind\":" + Json.write(kind) + ",\"revision\":" + revision
                        + "," + Json.write(key) + ":" + open.get() + "}";
                value = null;
            }
            return text;
        }
    }

    private Map<String, @Nullable Object> frame(String kind, long at) {
        Map<String, @Nullable Object> frame = new LinkedHashMap<>();
        frame.put("topic", name);
        frame.put("kind", kind);
        frame.put("revision", at);
        return frame;
    }

    @Override
    public Future<Opening> open(@Nullable Long since, @Nullable String sinceEpoch) {
        // What is published from here on comes after the snapshot: it may be in the snapshot already, as the same whole
        // value.
        long now = revision;
        if (since != null && epoch.equals(sinceEpoch) && since <= now && now - since <= history.size()) {
            List<String> missed = history.stream()
                    .skip(history.size() - (now - since))
                    .map(Frame::text)
                    .toList();
            return Future.succeededFuture(new Opening(epoch, now, missed));
        }
        return all.get().map(data -> {
            Map<String, @Nullable Object> frame = frame("snapshot", now);
            frame.put("epoch", epoch);
            frame.put("data", data);
            return new Opening(epoch, now, List.of(Json.write(frame)));
        });
    }
}
