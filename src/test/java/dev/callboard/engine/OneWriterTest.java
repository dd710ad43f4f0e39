package dev.callboard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.callboard.bus.Caller;
import dev.callboard.dispatch.TaskServer;
import dev.callboard.dispatch.TestCommands;
import dev.callboard.engine.ExecutionMessages.RunTask;
import dev.callboard.engine.ExecutionMessages.TaskMoved;
import dev.callboard.pipelines.PluginCatalog;
import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import dev.callboard.taskmodel.TaskView;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** There is one writer: nothing may hold it up, and whoever loses to it hears of it. */
class OneWriterTest {
    private static final String NEEDS = "{\"stages\": [{\"callable\": \"org.example.Main\"}]}";

    @TempDir
    Path dir;

    private TaskServer server() throws IOException {
        return new TaskServer(dir).stage("a", (context, input) -> "A").chain("p", "a");
    }

    @Test
    void whileAPluginIsLookedForOthersWrite() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        TaskServer unstarted = server();
        unstarted.plugins = new PluginCatalog() {
            @Override
            public List<Plugin> loaded() {
                return List.of();
            }

            @Override
            public Optional<Plugin> ofClass(String name) {
                asked.countDown();
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Optional.empty();
            }
        };
        try (TaskServer server = unstarted.start()) {
            TaskView task = server.create(Map.of("title", "T", "pipeline", "p"));
            String id = task.id();
            done(server.database.write(transaction -> {
                server.database.outdated(task.templatesOf());
                return transaction.execute("UPDATE projects SET plugins = '" + NEEDS + "'");
            }));
            Future<TaskMoved> run = server.bus.ask(ExecutionMessages.RUN, new RunTask(id, null));
            asked.await();

            String other =
                    server.create(Map.of("title", "Other", "pipeline", "p")).id();

            assertThat(server.task(other).status()).isEqualTo("pending");
            answer.countDown();
            assertThat(problem(run).code()).isEqualTo("pipeline_unavailable");
        } finally {
            answer.countDown();
        }
    }

    @Test
    void whatWasDecidedAboutATaskThatWasChangedMeanwhileIsDecidedAnew() throws Exception {
        try (TaskServer server = server().start()) {
            String id = server.create(Map.of("title", "T", "pipeline", "p")).id();
            TaskCommands tasks = TestCommands.of(server);
            done(tasks.decide(id, draft -> {
                draft.note("first", "", Caller.ENGINE);
                return draft.task();
            }));
            long before = stored(server, id).revision();
            done(server.database.write(
                    transaction -> transaction.execute("UPDATE tasks SET revision = revision + 1, title = 'Another'")));
            List<String> titles = new ArrayList<>();

            done(tasks.decide(id, draft -> {
                titles.add(draft.task().given().title());
                draft.note("second", "", Caller.ENGINE);
                return draft.task();
            }));

            assertThat(titles).containsExactly("T", "Another");
            assertThat(stored(server, id).revision()).isEqualTo(before + 2);
        }
    }

    private static TaskRecord stored(TaskServer server, String id) {
        return done(server.database.read(transaction -> new TaskRecordRepository().load(transaction, id)));
    }

    private static <T> T done(Future<T> future) {
        await().until(future::isComplete);
        return future.result();
    }

    private static Problem problem(Future<?> future) {
        await().until(future::isComplete);
        ProblemException failure = catchThrowableOfType(ProblemException.class, () -> {
            throw future.cause();
        });
        return failure.problem();
    }
}
