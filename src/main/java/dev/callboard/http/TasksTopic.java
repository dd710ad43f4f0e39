package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.json.Json;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.ListTasks;
import dev.callboard.tasks.TaskMessages.TaskChanged;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All tasks as a feed. Its revisions count from the server's start. */
final class TasksTopic implements FeedTopic {
    static final String NAME = "tasks";

    private static final int SNAPSHOT = 200;
    private static final int HISTORY = 200;

    private final Bus bus;
    private final String epoch = UUID.randomUUID().toString();
    private final Deque<String> history = new ArrayDeque<>();
    private long revision;

    TasksTopic(Bus bus, Feed feed) {
        this.bus = bus;
        feed.offer(NAME, this);
        bus.listen(TaskMessages.CHANGED, event -> {
            revision++;
            String frame = frame(event);
            history.add(frame);
            if (history.size() > HISTORY) {
                history.remove();
            }
            feed.publish(NAME, revision, frame);
        });
    }

    private String frame(TaskChanged event) {
        Map<String, @Nullable Object> frame = new LinkedHashMap<>();
        frame.put("topic", NAME);
        frame.put("kind", event.added() ? "added" : event.task().archivedAt() == null ? "updated" : "removed");
        frame.put("revision", revision);
        frame.put("task", TaskBody.summary(event.task()));
        return Json.write(frame);
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
        return bus.ask(TaskMessages.LIST, new ListTasks(null, null, null, SNAPSHOT))
                .map(reply -> {
                    Map<String, @Nullable Object> frame = new LinkedHashMap<>();
                    frame.put("topic", NAME);
                    frame.put("kind", "snapshot");
                    frame.put("epoch", epoch);
                    frame.put("revision", now);
                    frame.put(
                            "data",
                            Map.of(
                                    "items",
                                    reply.tasks().stream()
                                            .map(TaskBody::summary)
                                            .toList()));
                    return new Opening(epoch, now, List.of(Json.write(frame)));
                });
    }
}
