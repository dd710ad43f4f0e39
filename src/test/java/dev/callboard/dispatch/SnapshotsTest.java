package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.pipelines.PipelineMessages;
import dev.callboard.pipelines.PipelineMessages.PutPipeline;
import dev.callboard.tasks.TaskMessages;
import dev.callboard.tasks.TaskMessages.CreateTask;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The copies of pipelines that tasks without a project go through. */
class SnapshotsTest extends TaskServerFixture {
    private long copies() {
        return TaskServer.get(server.database.read(transaction -> transaction
                .execute("SELECT COUNT(*) AS copies FROM projects WHERE kind = 'snapshot'")
                .map(rows -> rows.iterator().next().getLong("copies"))));
    }

    private void put(String word) {
        Map<String, Object> stage = Map.of("name", "s", "type", "s", "config", Map.of("word", word));
        Map<String, Object> pipeline = Map.of("name", "p", "stages", List.of(stage));
        server.ask(PipelineMessages.PUT, new PutPipeline("p", pipeline, "application/json", null));
    }

    private void create(int tasks) {
        Map<String, Object> request = Map.of("title", "T", "pipeline", "p");
        TaskServer.get(Future.all(IntStream.range(0, tasks)
                .<Future<?>>mapToObj(i -> server.bus.ask(TaskMessages.CREATE, new CreateTask(request)))
                .toList()));
    }

    @Test
    void tasksOfTheSameContentShareOneCopy() throws IOException {
        server.stage("s", (context, input) -> context.settings()).start();
        put("one");
        create(20);
        assertThat(copies()).isEqualTo(1);
        put("two");
        create(1);
        assertThat(copies()).isEqualTo(2);
        put("one");
        create(1);
        assertThat(copies()).isEqualTo(2);
        String id = server.run("p").id();
        server.until(id, "completed");
        assertThat(server.executions(id).get(0).output()).isEqualTo(Map.of("word", "one"));
    }
}
