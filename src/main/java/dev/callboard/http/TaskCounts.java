package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.tasks.TaskBoardMessages;
import dev.callboard.tasks.TaskBoardMessages.CountsReply;
import dev.callboard.tasks.TaskBoardMessages.GetCounts;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many tasks there are of each status; counted every few seconds at most. */
final class TaskCounts {
    private static final long KEEP_NANOS = 3_000_000_000L;

    private final Bus bus;
    private @Nullable Future<Map<String, Long>> last;
    private long at;

    TaskCounts(Bus bus) {
        this.bus = bus;
    }

    /** Status to number; archived tasks are left out. */
    Future<Map<String, Long>> byStatus() {
        Future<Map<String, Long>> known = last;
        if (known != null && !known.failed() && System.nanoTime() - at < KEEP_NANOS) {
            return known;
        }
        at = System.nanoTime();
        Future<Map<String, Long>> counted =
                bus.ask(TaskBoardMessages.COUNTS, new GetCounts()).map(CountsReply::counts);
        last = counted;
        return counted;
    }
}
