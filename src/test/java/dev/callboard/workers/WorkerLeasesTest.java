package dev.callboard.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose work it is: of a worker that is lost, after a restart, and of two that want the same. */
class WorkerLeasesTest {
    private static final String SHORT_MS = "400";

    /** However slow this machine is, the attempts suffice. */
    private static final Map<String, Object> MANY =
            Map.of("policy", "many", "policies", Map.of("many", Map.of("max_attempts", 50, "delay_seconds", 0)));

    @TempDir
    Path folder;

    private TestServer server(String leaseMs) {
        return TestServer.start(folder, Map.of("workers.lease_ms", leaseMs));
    }

    @Test
    void theWorkOfALostWorkerGoesToAnotherAndItsOwnResultIsRefused() {
        try (TestServer server = server(SHORT_MS)) {
            WorkerStages workers = new WorkerStages(server.http()).stage("job", MANY);
            String task = workers.start("job", "x");
            JsonNode lost = workers.take("lost", "job");
            await().until(() -> workers.tasks().attempts(task, "Only").size() > 1);
            for (Reply late : List.of(
                    workers.complete(lost, "late"),
                    workers.say("beat", lost, Map.of()),
                    workers.say("log", lost, Map.of("lines", List.of("late"))),
                    workers.say("progress", lost, Map.of("done", 1)),
                    workers.say("fail", lost, Map.of("error", "late")))) {
                assertThat(late.status()).isEqualTo(409);
                assertThat(late.code()).isEqualTo("lease_lost");
            }
            String next = workers.tasks().attempt(task, "Only").path("id").asText();
            Map<String, Object> stolen = Map.of("lease", lost.path("lease").asText(), "output", "late");
            assertThat(server.http()
                            .post("/api/work/" + next + "/complete", stolen)
                            .code())
                    .isEqualTo("lease_lost");
            completeInTime(workers, task);
            workers.tasks().until(task, "completed");
            assertThat(workers.tasks().output(task, "Only").asText()).isEqualTo("in time");
            JsonNode first = workers.tasks().attempts(task, "Only").get(0);
            assertThat(first.path("error_code").asText()).isEqualTo("worker_lost");
        }
    }

    /** As another worker, which may be too slow for the short lease now and then. */
    private static void completeInTime(WorkerStages workers, String task) {
        await().until(() -> {
            JsonNode work = workers.take("other", "job");
            assertThat(work.path("task_id").asText()).isEqualTo(task);
            return workers.complete(work, "in time").status() == 200;
        });
    }

    @Test
    void workThatMayRunOnlyOnceIsNotGivenAgain() {
        try (TestServer server = server(SHORT_MS)) {
            WorkerStages workers = new WorkerStages(server.http())
                    .stage("once", Map.of("policy", "p", "policies", Map.of("p", Map.of("max_attempts", 1))));
            String task = workers.start("once", "x");
            workers.take("lost", "once");
            assertThat(workers.tasks().until(task, "failed").path("error").asText())
                    .contains("The worker 'lost' was lost");
        }
    }

    @Test
    void whatWaitsAndWhatWorkersHaveSurviveARestart() {
        try (TestServer server = server("30000")) {
            WorkerStages workers = new WorkerStages(server.http()).stage("job", Map.of());
            String waits = workers.start("job", "waits");
            JsonNode first = workers.take("w-1", "job");
            String had = workers.start("job", "had");
            JsonNode second = workers.take("w-2", "job");
            assertThat(second.path("task_id").asText()).isEqualTo(had);
            assertThat(workers.said("fail", first, Map.of("error", "Not now.", "retryable", false))
                            .path("status")
                            .asText())
                    .isEqualTo("failed");
            workers.tasks().until(waits, "failed");
            workers.tasks().call(waits, "retry", Map.of());
            workers.tasks().waiting(waits);
            server.restart();

            WorkerStages again = new WorkerStages(server.http());
            assertThat(again.tasks().waiting(waits).path("kind").asText()).isEqualTo("worker");
            assertThat(again.tasks().task(had).path("waiting_for").isNull()).isTrue();
            assertThat(server.http().get("/api/workers").at("/items/0/name").asText())
                    .isEqualTo("w-2");
            again.said("beat", second, Map.of());
            again.said("log", second, Map.of("lines", List.of("still here")));
            assertThat(again.complete(second, "kept").status()).isEqualTo(200);
            again.tasks().until(had, "completed");
            assertThat(again.tasks().attempts(had, "Only")).hasSize(1);
            JsonNode third = again.take("w-3", "job");
            assertThat(third.path("task_id").asText()).isEqualTo(waits);
            assertThat(again.complete(third, "done").status()).isEqualTo(200);
            again.tasks().until(waits, "completed");
        }
    }

    @Test
    void theWorkOfAWorkerThatIsGoneAfterARestartGoesToAnother() {
        try (TestServer server = server(SHORT_MS)) {
            WorkerStages workers = new WorkerStages(server.http()).stage("job", MANY);
            String task = workers.start("job", "x");
            JsonNode lost = workers.take("lost", "job");
            server.restart();
            WorkerStages again = new WorkerStages(server.http());
            completeInTime(again, task);
            assertThat(again.complete(lost, "late").code()).isEqualTo("lease_lost");
            again.tasks().until(task, "completed");
        }
    }

    @Test
    void nothingIsGivenTwice() {
        try (TestServer server = server("30000")) {
            WorkerStages workers = new WorkerStages(server.http()).stage("job", Map.of());
            List<CompletableFuture<Reply>> asked = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                asked.add(server.http()
                        .postLater("/api/work/take?wait=30", Map.of("types", List.of("job"), "name", "w-" + i)));
            }
            List<String> tasks = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                tasks.add(workers.start("job", "x" + i));
            }
            Set<String> given = new HashSet<>();
            for (CompletableFuture<Reply> each : asked) {
                JsonNode work = each.join().json();
                assertThat(given.add(work.path("task_id").asText()))
                        .as(work.toString())
                        .isTrue();
                assertThat(workers.complete(work, "done").status()).isEqualTo(200);
            }
            assertThat(given).containsExactlyInAnyOrderElementsOf(tasks);
            tasks.forEach(task -> workers.tasks().until(task, "completed"));
        }
    }
}
