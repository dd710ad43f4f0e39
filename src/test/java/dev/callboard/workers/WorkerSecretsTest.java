package dev.callboard.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets go to workers that show who they are, and to no others. */
class WorkerSecretsTest {
    private static final String CANARY = "canary-9b1e-worker";

    /** A variable that each process has; its value is the token. */
    private static final String VARIABLE = "PATH";

    @TempDir
    Path folder;

    private static WorkerStages stages(Http http, String... headers) {
        assertThat(http.put("/api/secrets/key", Map.of("value", CANARY)).status())
                .isIn(200, 201);
        return new WorkerStages(http, headers)
                .stage(
                        "sealed",
                        Map.of("config", Map.of("token", "secret:key")),
                        Map.of("key", "token", "type", "secret"))
                .stage("open", Map.of());
    }

    @Test
    void withoutATokenTheTaskSaysWhyItWaits() {
        try (TestServer server = TestServer.start(folder)) {
            WorkerStages workers = stages(server.http());
            String sealed = workers.start("sealed", "x");
            assertThat(workers.tasks().waiting(sealed).path("reason").asText()).contains("workers.token_env");
            String open = workers.start("open", "x");
            JsonNode work = workers.take("w", "sealed", "open");
            assertThat(work.path("task_id").asText()).isEqualTo(open);
            assertThat(workers.ask(0, "w", "sealed", "open").status()).isEqualTo(204);
        }
    }

    @Test
    void withATokenTheWorkerGetsTheValueAndNobodyElseSeesIt() {
        try (TestServer server = TestServer.start(
                folder,
                // Programs are not given what is the server's alone.
                Map.of("workers.token_env", VARIABLE, "command.environment", "LANG"))) {
            Http http = server.http();
            String token = String.valueOf(System.getenv(VARIABLE)).strip();
            for (String header : List.of("Bearer wrong", "Bearer", "Basic " + token, token, "Bearer " + token + "x")) {
                Reply refused = new WorkerStages(http, "Authorization", header).ask(0, "w", "sealed");
                assertThat(refused.status()).as(header).isEqualTo(401);
                assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
            }
            WorkerStages workers = stages(http, "Authorization", "bearer " + token);
            assertThat(new WorkerStages(http).ask(0, "w", "sealed").status()).isEqualTo(401);
            String task = workers.start("sealed", "x");
            assertThat(workers.tasks().waiting(task).path("reason").asText())
                    .isEqualTo("a worker that offers 'sealed'");
            JsonNode work = workers.take("w", "sealed");
            assertThat(work.at("/settings/token").asText()).isEqualTo(CANARY);
            workers.said("log", work, Map.of("lines", List.of("the key is " + CANARY)));
            workers.said("progress", work, Map.of("done", 1, "message", CANARY));
            workers.said("complete", work, Map.of("output", Map.of("said", CANARY + "!")));
            workers.tasks().until(task, "completed");
            assertThat(workers.tasks().output(task, "Only").path("said").asText())
                    .isEqualTo("•••!");
            String id = work.path("execution_id").asText();
            String seen = http.get("/api/executions/" + id + "/log").text()
                    + http.get("/api/tasks/" + task).text()
                    + http.get("/api/tasks/" + task + "/executions").text()
                    + http.get("/api/audit").text()
                    + http.get("/api/workers").text();
            assertThat(seen).contains("the key is •••").doesNotContain(CANARY);
        }
    }
}
