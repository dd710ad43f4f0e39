package dev.callboard.http;

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
    private final Supplier<Future<List<?>>> all;
    private final String epoch = UUID.randomUUID().toString();
    private final Deque<String> history = new ArrayDeque<>();
    private long revision;

    /**
     * Offers it.
     *
     * @param member what an item is called in the frame of its change
     * @param all reads the items of a snapshot
     */
    ListTopic(Feed feed, String name, String member, Supplier<Future<List<?>>> all) {
        this.feed = feed;
        this.name = name;
        this.member = member;
        this.all = all;
        feed.offer(name, this);
    }

    void added(Object item) {
        publish("added", item);
    }

    /** It is another than before; clients that do not have it take it as new. */
    void updated(Object item) {
        publish("updated", item);
    }

    /** @param item at least what tells it from others */
    void removed(Object item) {
        publish("removed", item);
    }

    private void publish(String kind, Object item) {
        revision++;
        Map<String, @Nullable Object> frame = frame(kind, revision);
        frame.put(member, item);
        String text = Json.write(frame);
        history.add(text);
        if (history.size() > HISTORY) {
            history.remove();
        }
        feed.publish(name, revision, text);
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
        // What is told from here on comes after the snapshot: it may be in the snapshot already, as the same whole
        // value.
        long now = revision;
        if (since != null && epoch.equals(sinceEpoch) && since <= now && now - since <= history.size()) {
            List<String> missed =
                    history.stream().skip(history.size() - (now - since)).toList();
            return Future.succeededFuture(new Opening(epoch, now, missed));
        }
        return all.get().map(items -> {
            Map<String, @Nullable Object> frame = frame("snapshot", now);
            frame.put("epoch", epoch);
            frame.put("data", Map.of("items", items));
            return new Opening(epoch, now, List.of(Json.write(frame)));
        });
    }
}
