package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that arrives after its attempt was cancelled, superseded or given up changes nothing. */
class LateResultsTest {
    @TempDir
    Path dir;

    /** One attempt at the stage {@code stubborn}, which does not listen when it is to end. */
    private record Attempt(Thread thread, CountDownLatch answers) {
        /** Returns when its thread has handed the answer over: it has ended then, or is ready for other work. */
        void answer() {
            answers.countDown();
            await().until(() -> !thread.isAlive() || !thread.getName().equals("stage-stubborn"));
        }
    }

    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private TaskServer server;
    private Http http;

    @BeforeEach
    void start() throws Exception {
        server = new TaskServer(dir)
                .stage("stubborn", (context, input) -> {
                    Attempt attempt = new Attempt(Thread.currentThread(), new CountDownLatch(1));
                    attempts.add(attempt);
                    while (attempt.answers().getCount() > 0) {
                        try {
                            attempt.answers().await();
                        } catch (InterruptedException e) {
                            context.log("It does not listen.");
                        }
                    }
                    context.writeLedger("answered", context.attempt());
                    return "answer " + context.attempt();
                })
                .stage("after", (context, input) -> "after " + input)
                .chain("free", "stubborn", "after")
                .pipeline(
                        """
                        name: limited
                        policies: {short: {timeout_seconds: 1, max_attempts: 1}}
                        stages: [{name: stubborn, type: stubborn, policy: short}]
                        """)
                .pipeline(
                        """
                        name: asked
                        stages: [{name: stubborn, type: stubborn, approval: approval}, {name: after, type: after, depends_on: [stubborn]}]
                        """)
                .start();
        http = Http.at(URI.create("http://127.0.0.1:" + server.http()));
    }

    @AfterEach
    void stop() throws Exception {
        attempts.forEach(attempt -> attempt.answers().countDown());
        server.close();
    }

    @Test
    void ofACancelledAttemptThatWasRedone() throws Exception {
        String task = run("free");
        post(task, "cancel", Map.of());
        attempts.get(0).answer();
        assertUnchanged(task, "cancelled", "[cancelled]");

        post(task, "redo", Map.of("stage", stage(task)));
        await().until(() -> attempts.size() == 2);
        post(task, "cancel", Map.of());
        post(task, "redo", Map.of("stage", stage(task)));
        await().until(() -> attempts.size() == 3);
        String before = whole(task);
        attempts.get(1).answer();
        assertThat(whole(task)).isEqualTo(before);
        assertUnchanged(task, "running", "[cancelled, cancelled, running]");

        attempts.get(2).answer();
        when(task, "completed");
        assertThat(outputs(task)).containsExactly("", "", "answer 3", "after answer 3");
        assertThat(task(task).at("/ledger/answered").asInt()).isEqualTo(3);
    }

    @Test
    void ofAnAttemptThatRanTooLong() throws Exception {
        String task = run("limited");
        when(task, "failed");
        String before = whole(task);
        attempts.get(0).answer();
        assertThat(whole(task)).isEqualTo(before);
        assertUnchanged(task, "failed", "[failed]");

        post(task, "retry", Map.of());
        await().until(() -> attempts.size() == 2);
        attempts.get(1).answer();
        when(task, "completed");
        assertThat(outputs(task)).containsExactly("", "answer 2");
    }

    @Test
    void ofAPersonWhoseAttemptWasRedoneMeanwhile() throws Exception {
        String task = run("asked");
        attempts.get(0).answer();
        when(task, "awaiting_approval");
        String first = executions(task).get(0).path("id").asText();
        post(task, "redo", Map.of("stage", stage(task), "user_input", "Again."));
        await().until(() -> attempts.size() == 2);
        attempts.get(1).answer();
        when(task, "awaiting_approval");

        String before = whole(task);
        Reply late = http.post("/api/tasks/" + task + "/approve", Map.of("execution_id", first));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("already_decided");
        assertThat(whole(task)).isEqualTo(before);
        assertUnchanged(task, "awaiting_approval", "[stale, awaiting_approval]");

        post(
                task,
                "approve",
                Map.of("execution_id", executions(task).get(1).path("id").asText()));
        when(task, "completed");
        assertThat(outputs(task)).containsExactly("answer 1", "answer 2", "after answer 2");
    }

    private String run(String pipeline) {
        String id = http.post("/api/tasks", Map.of("title", "T", "pipeline", pipeline, "auto_start", true))
                .json()
                .path("id")
                .asText();
        await().until(() -> attempts.size() == 1);
        return id;
    }

    private void post(String task, String verb, Object body) {
        Reply reply = http.post("/api/tasks/" + task + "/" + verb, body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    private JsonNode task(String id) {
        return http.get("/api/tasks/" + id).json();
    }

    private JsonNode executions(String task) {
        return http.get("/api/tasks/" + task + "/executions").json().path("items");
    }

    private String stage(String task) {
        return task(task).at("/stages/0/id").asText();
    }

    private void when(String task, String status) {
        await().until(() -> task(task).path("status").asText().equals(status));
    }

    /** All that clients see of a task. */
    private String whole(String task) {
        return task(task) + "\n" + executions(task) + "\n"
                + http.get("/api/tasks/" + task + "/timeline").json();
    }

    private void assertUnchanged(String task, String status, String attempts) {
        assertThat(task(task).path("status").asText()).isEqualTo(status);
        assertThat(executions(task).findValuesAsText("status")).hasToString(attempts);
    }

    private List<String> outputs(String task) {
        List<String> outputs = new ArrayList<>();
        executions(task).forEach(each -> outputs.add(each.path("output").asText("")));
        return outputs;
    }
}
