package dev.callboard.feed;

import dev.callboard.bus.Bus;
import dev.callboard.tasks.TaskBoardMessages;
import dev.callboard.tasks.TaskBoardMessages.BoardReply;
import dev.callboard.tasks.TaskBoardMessages.GetBoard;
import dev.callboard.tasks.TaskBoardMessages.GetCounts;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.TaskChanged;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The board as a feed. Its snapshot has the numbers of all tasks, those that wait for a person longest, those that run and the
 * newest; then come tasks as they change, and the numbers whenever they are others than before. Tasks are counted a moment
 * after a change, many changes at once, and the more seldom the longer it takes.
 */
final class TasksTopic implements FeedTopic {
    static final String NAME = "tasks";

    private static final Logger LOG = LoggerFactory.getLogger(TasksTopic.class);

    /** The most tasks of each part of a snapshot. */
    private static final int EACH = 200;

    /** How long after a change tasks are counted, in milliseconds. */
    private static final long COUNT_AFTER_MS = 100;

    /** Counting takes at most one part in so many of the time. */
    private static final long SHARE = 10;

    /** What a failed count is taken to have cost, in milliseconds. */
    private static final long FAILED_MS = 200;

    private final Bus bus;
    private final Vertx vertx;
    private final Feed feed;
    private final ListTopic topic;
    private @Nullable Map<String, Long> published;
    private boolean counting;
    private boolean again;
    private long lastMs;

    TasksTopic(Bus bus, Vertx vertx, Feed feed) {
        this.bus = bus;
        this.vertx = vertx;
        this.feed = feed;
        this.topic = new ListTopic(feed, NAME, "task", this::snapshot);
        feed.offer(NAME, this);
        bus.listen(TaskMessages.CHANGED, this::changed);
    }

    private Future<Map<String, @Nullable Object>> snapshot() {
        return bus.ask(TaskBoardMessages.BOARD, new GetBoard(EACH)).map(TasksTopic::data);
    }

    private static Map<String, @Nullable Object> data(BoardReply board) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("counts", board.counts());
        data.put("items", board.tasks().stream().map(TaskBody::summary).toList());
        data.put("next", board.next());
        return data;
    }

    /** Which numbers a subscriber has is not known: they are sent again. */
    @Override
    public Future<Opening> open(@Nullable Long since, @Nullable String sinceEpoch) {
        published = null;
        if (since != null) {
            countSoon();
        }
        return topic.open(since, sinceEpoch);
    }

    private void changed(TaskChanged event) {
        String kind = event.added() ? "added" : event.task().archivedAt() == null ? "updated" : "removed";
        topic.changed(kind, () -> TaskBody.summaryText(event.task()));
        countSoon();
    }

    private void countSoon() {
        again = true;
        if (!counting) {
            counting = true;
            vertx.setTimer(Math.max(COUNT_AFTER_MS, SHARE * lastMs), timer -> count());
        }
    }

    private void count() {
        again = false;
        if (!feed.followed(NAME)) {
            counting = false;
            return;
        }
        long started = System.nanoTime();
        bus.ask(TaskBoardMessages.COUNTS, new GetCounts())
                .onSuccess(reply -> {
                    lastMs = (System.nanoTime() - started) / 1_000_000;
                    publishCounts(reply.counts());
                })
                .onFailure(failure -> {
                    LOG.debug("tasks cannot be counted", failure);
                    lastMs = FAILED_MS;
                    again = true;
                })
                .onComplete(done -> {
                    counting = false;
                    if (again) {
                        countSoon();
                    }
                });
    }

    private void publishCounts(Map<String, Long> counts) {
        if (!counts.equals(published)) {
            published = counts;
            topic.publish("counts", "counts", counts);
        }
    }
}
