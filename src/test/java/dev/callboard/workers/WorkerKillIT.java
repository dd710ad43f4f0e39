package dev.callboard.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers are killed while they have work: each piece of work ends once, by another worker, and whatever is said under the lost
 * lease is refused. {@code -Dcallboard.rounds=200} for more kills.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs python3")
class WorkerKillIT {
    private static final int ROUNDS = Integer.getInteger("callboard.rounds", 5);
    private static final int AT_ONCE = 10;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    /** A worker that has work. */
    private record Holder(Process process, JsonNode work) {}

    @Test
    void eachPieceOfWorkEndsOnceHoweverManyWorkersAreKilled() throws Exception {
        int killed = 0;
        try (TestServer server = TestServer.start(folder, Map.of("workers.lease_ms", "1500"));
                WorkerPrograms programs = new WorkerPrograms(folder, server.uri())) {
            WorkerStages workers = new WorkerStages(server.http())
                    .stage(
                            "job",
                            Map.of(
                                    "policy",
                                    "many",
                                    "policies",
                                    Map.of("many", Map.of("max_attempts", 50, "delay_seconds", 0))));
            while (killed < ROUNDS) {
                int batch = Math.min(AT_ONCE, ROUNDS - killed);
                List<String> tasks = new ArrayList<>();
                List<Holder> holders = new ArrayList<>();
                for (int i = 0; i < batch; i++) {
                    Process process = programs.stuck("job", "stuck-" + (killed + i));
                    tasks.add(workers.start("job", "text " + (killed + i)));
                    holders.add(new Holder(process, JSON.readTree(firstLine(process))));
                }
                for (Holder holder : holders) {
                    holder.process().destroyForcibly().waitFor();
                }
                killed += batch;
                holders.forEach(holder -> refused(workers, holder.work()));
                Process good = programs.python("job", "good-" + killed);
                for (int i = 0; i < batch; i++) {
                    endedOnce(workers, tasks.get(i), "TEXT " + (killed - batch + i));
                }
                good.destroyForcibly().waitFor();
                holders.forEach(holder -> assertThat(
                                workers.complete(holder.work(), "too late").code())
                        .isEqualTo("lease_lost"));
            }
        }
        assertThat(killed).isEqualTo(ROUNDS);
    }

    private static String firstLine(Process process) throws IOException {
        return process.inputReader().readLine();
    }

    /** Once another attempt is made. */
    private static void refused(WorkerStages workers, JsonNode work) {
        await().until(() -> workers.tasks().attempts(work.path("task_id").asText(), "Only").stream()
                .anyMatch(each ->
                        each.path("attempt").asInt() > work.path("attempt").asInt()));
        Reply late = workers.complete(work, "late");
        assertThat(late.status()).as(late.toString()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("lease_lost");
    }

    private static void endedOnce(WorkerStages workers, String task, String text) {
        workers.tasks().until(task, "completed");
        List<JsonNode> attempts = workers.tasks().attempts(task, "Only");
        assertThat(attempts.stream().filter(each -> each.path("status").asText().equals("completed")))
                .as(attempts.toString())
                .hasSize(1);
        assertThat(attempts.size()).isGreaterThan(1);
        assertThat(workers.tasks().output(task, "Only").path("text").asText()).isEqualTo(text);
    }
}
