package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.engine.LedgerMessages;
import dev.callboard.engine.LedgerMessages.WriteLedger;
import dev.callboard.taskmodel.TaskView;
import dev.callboard.tasks.TaskBoardMessages;
import dev.callboard.tasks.TaskBoardMessages.Filter;
import dev.callboard.tasks.TaskBoardMessages.ListTasks;
import dev.callboard.tasks.TaskBoardMessages.TasksReply;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.CreateTask;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who waits holds no thread and no place of those that run. */
class ManyWaitsTest extends WaitFixture {
    @Test
    void aThousandWaitingTasksTakeNoThreadsAndNoPlaces() throws IOException {
        server.options = new ExecutionVerticle.Options(2, Duration.ofSeconds(30), Duration.ofMillis(200));
        gate("{conditions: " + READY + "}").chain("free", "after").start();
        List<String> ids = new CopyOnWriteArrayList<>();
        ids.add(waiting(server.run("p").id()).id());
        int threads = Thread.activeCount();
        Map<String, Object> request = Map.of("title", "T", "pipeline", "p", "auto_start", true);
        inBatches(999, i -> server.bus
                .ask(TaskMessages.CREATE, new CreateTask(request), 20_000)
                .onSuccess(reply -> ids.add(reply.task().id())));
        await().until(() -> waitingTasks() == 1_000);
        assertThat(Thread.activeCount()).isLessThan(threads + 20);
        server.until(server.run("free").id(), "completed");
        assertThat(waitingTasks()).isEqualTo(1_000);

        inBatches(
                1_000,
                i -> server.bus.ask(LedgerMessages.WRITE, new WriteLedger(ids.get(i), Map.of("ready", true)), 20_000));
        await().until(() -> all("completed").size() == 1_001);
    }

    /** Some at once: the database stores them together. */
    private static void inBatches(int count, IntFunction<Future<?>> one) {
        for (int start = 0; start < count; start += 50) {
            TaskServer.get(Future.all(IntStream.range(start, Math.min(count, start + 50))
                    .<Future<?>>mapToObj(one)
                    .toList()));
        }
    }

    private long waitingTasks() {
        return all("running").stream().filter(task -> task.waitingFor() != null).count();
    }

    private List<TaskView> all(String status) {
        List<TaskView> found = new ArrayList<>();
        String cursor = null;
        do {
            TasksReply page = server.ask(TaskBoardMessages.LIST, new ListTasks(Filter.of(status), cursor, 200));
            found.addAll(page.tasks());
            cursor = page.next();
        } while (cursor != null);
        return found;
    }
}
