package dev.callboard.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.callboard.bus.Caller;
import dev.callboard.execution.Engine.Event;
import dev.callboard.execution.ExecutionMessages.RunTask;
import dev.callboard.execution.ExecutionMessages.TaskMoved;
import dev.callboard.execution.Steps.Cause;
import dev.callboard.pipelines.PluginCatalog;
import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
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
            String id = server.create(Map.of("title", "T", "pipeline", "p")).id();
            done(server.database.write(connection -> connection
                    .preparedQuery("UPDATE projects SET plugins = '" + NEEDS + "'")
                    .execute()));
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
    void whoWritesToATaskThatWasChangedMeanwhileHearsIt() throws Exception {
        try (TaskServer server = server().start()) {
            String id = server.create(Map.of("title", "T", "pipeline", "p")).id();
            TaskRecord read = done(server.database.read(connection -> new TaskRecordRepository().load(connection, id)));
            done(server.database.write(connection -> connection
                    .preparedQuery("UPDATE tasks SET revision = revision + 1")
                    .execute()));
            Problem problem = problem(server.database.write(connection -> TestCommands.of(server)
                    .decide(
                            connection,
                            read,
                            Caller.current(),
                            draft -> Steps.take(
                                    draft,
                                    Engine.step(read.state(), new Event.Run()).orElseThrow(),
                                    new Cause(Caller.current(), List.of(), Map.of())))));

            assertThat(problem.code()).isEqualTo("task_changed");
            assertThat(problem.kind()).isEqualTo(Problem.Kind.ILLEGAL_STATE);
            assertThat(server.executions(id)).isEmpty();
        }
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
