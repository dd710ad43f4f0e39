package dev.callboard.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Definitions;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a worker, or is with one, while its stage, its task or the server changes. */
class WorkerChangesTest {
    private static final Map<String, Object> ONE_AT_ONCE =
            Map.of("policy", "one", "policies", Map.of("one", Map.of("max_concurrent", 1)));

    private TestServer server;
    private WorkerStages workers;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = TestServer.start(folder);
        workers = new WorkerStages(server.http());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() {
        server.restart();
        workers = new WorkerStages(server.http());
    }

    private String waits(String pipeline) {
        String task = workers.start(pipeline, "x");
        await().until(() -> waitsFor(task), "worker"::equals);
        return task;
    }

    private String waitsFor(String task) {
        return workers.tasks().task(task).path("waiting_for").path("kind").asText();
    }

    /** From now on the server does it. */
    private void becomesExpression(String id) {
        Reply changed = server.http()
                .put("/api/vp/stages/" + id, Stages.of(id, "expression", Map.of("expression", "\"made here\"")));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    }

    @Test
    void aTaskKeepsTheStageThatItStartedWithAndWorkersMayStillDoIt() {
        workers.stage("job", Map.of());
        String task = waits("job");
        becomesExpression("job");
        String later = workers.start("job", "y");
        workers.tasks().until(later, "completed");

        JsonNode work = workers.take("w", "job");
        assertThat(work.path("task_id").asText()).isEqualTo(task);
        assertThat(workers.complete(work, "by the worker").status()).isEqualTo(200);
        workers.tasks().until(task, "completed");
        assertThat(workers.tasks().output(task, "Only").asText()).isEqualTo("by the worker");
        assertThat(workers.ask(0, "w", "job").code()).isEqualTo("not_a_worker_stage");
    }

    private void removed(String id) {
        assertThat(server.http().delete("/api/vp/stages/" + id).status()).isEqualTo(200);
    }

    @Test
    void aTaskKeepsItsStagesThatAreRemovedWhileItWaits() {
        Definitions definitions = new Definitions(server.http());
        definitions.stage(Stages.of("job", "worker", Map.of()));
        definitions.stage(Stages.of("next", "expression", Map.of("expression", "input & \", and here\"")));
        definitions.pipelineOf("both", Map.of("name", "Only", "type", "job"), Map.of("name", "Next", "type", "next"));
        String task = waits("both");
        removed("job");
        removed("next");
        assertThat(waitsFor(task)).isEqualTo("worker");

        assertThat(workers.complete(workers.take("w", "job"), "by the worker").status())
                .isEqualTo(200);
        workers.tasks().until(task, "completed");
        assertThat(workers.tasks().output(task, "Next").asText()).isEqualTo("by the worker, and here");
        assertThat(workers.ask(0, "w", "job").code()).isEqualTo("not_a_worker_stage");
    }

    @Test
    void aStageThatIsRemovedAfterARestartIsKeptTooThoughNoWorkerAskedSince() {
        workers.stage("job", Map.of());
        String task = waits("job");
        restart();
        removed("job");

        JsonNode work = workers.take("w", "job");
        assertThat(work.path("task_id").asText()).isEqualTo(task);
        assertThat(workers.complete(work, "by the worker").status()).isEqualTo(200);
        workers.tasks().until(task, "completed");
        assertThat(workers.tasks().attempts(task, "Only")).hasSize(1);
    }

    @Test
    void afterARestartItGoesOnWithWhatTheStageIsNow() {
        workers.stage("job", Map.of()).stage("gone", Map.of());
        String task = waits("job");
        String lost = waits("gone");
        becomesExpression("job");
        removed("gone");
        restart();

        workers.tasks().until(task, "completed");
        assertThat(workers.tasks().output(task, "Only").asText()).isEqualTo("made here");
        assertThat(workers.tasks().attempts(task, "Only")).hasSize(1);
        assertThat(workers.tasks().until(lost, "failed").path("error").asText())
                .contains("There is no stage type 'gone'");
    }

    @Test
    void whatAWorkerHasStaysTheWorkersAfterARestartWhateverTheStageIsNow() {
        workers.stage("job", Map.of());
        String task = waits("job");
        JsonNode work = workers.take("w", "job");
        becomesExpression("job");
        restart();

        assertThat(workers.complete(work, "by the worker").status()).isEqualTo(200);
        workers.tasks().until(task, "completed");
        assertThat(workers.tasks().output(task, "Only").asText()).isEqualTo("by the worker");
    }

    @Test
    void whatWorkersHaveCountsAmongThoseThatRunAtOnceAfterARestartToo() {
        workers.stage("job", ONE_AT_ONCE);
        String first = waits("job");
        JsonNode work = workers.take("w", "job");
        String second = workers.start("job", "y");
        await().until(() -> waitsFor(second), "concurrency"::equals);
        restart();

        await().until(() -> waitsFor(second), "concurrency"::equals);
        assertThat(workers.ask(0, "other", "job").status()).isEqualTo(204);
        assertThat(workers.complete(work, "done").status()).isEqualTo(200);
        workers.tasks().until(first, "completed");
        assertThat(workers.take("other", "job").path("task_id").asText()).isEqualTo(second);
    }

    @Test
    void whatWaitsForAWorkerCountsTooUntilItIsCancelled() {
        workers.stage("job", ONE_AT_ONCE);
        String first = waits("job");
        String second = workers.start("job", "y");
        await().until(() -> waitsFor(second), "concurrency"::equals);
        restart();
        await().until(() -> waitsFor(second), "concurrency"::equals);
        workers.tasks().call(first, "cancel", Map.of());
        await().until(() -> waitsFor(second), "worker"::equals);
    }
}
