package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.dispatch.TaskServer;
import dev.callboard.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks as clients see them: over HTTP and the feed. */
class TaskApiTest {
    @TempDir
    Path dir;

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch go = new CountDownLatch(1);
    private TaskServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        server = new TaskServer(dir)
                .stage("echo", (context, input) -> Map.of("input", input))
                .stage(
                        "many",
                        (context, input) -> IntStream.range(0, 30_000).boxed().toList())
                .stage("wait", (context, input) -> {
                    context.log("waiting");
                    go.await();
                    return "done";
                })
                .chain("two", "echo", "many")
                .chain("slow", "echo", "wait")
                .start();
        port = server.http();
    }

    @AfterEach
    void close() throws Exception {
        go.countDown();
        server.close();
    }

    private HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null && headers.length == 0) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Map<?, ?> get(String path) throws Exception {
        HttpResponse<String> response = call("GET", path, null);
        assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
        return (Map<?, ?>) Json.parse(response.body());
    }

    private Map<?, ?> post(int status, String path, String body) throws Exception {
        HttpResponse<String> response = call("POST", path, body);
        assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(status);
        return (Map<?, ?>) Json.parse(response.body());
    }

    private static List<?> items(Map<?, ?> page) {
        return (List<?>) page.get("items");
    }

    @Test
    void aTaskIsMadeOfAnUploadRunAndRead() throws Exception {
        HttpResponse<String> uploaded =
                call("POST", "/api/blobs?name=letter.md", "# Hello", "Content-Type", "application/octet-stream");
        assertThat(uploaded.statusCode()).isEqualTo(201);
        Map<?, ?> blob = (Map<?, ?>) Json.parse(uploaded.body());
        assertThat(blob.get("media_type")).isEqualTo("text/markdown");
        HttpResponse<String> bytes = call("GET", "/api/blobs/" + blob.get("sha256"), null);
        assertThat(bytes.body()).isEqualTo("# Hello");
        assertThat(bytes.headers().firstValue("content-disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment"));

        Map<?, ?> task = post(
                201,
                "/api/tasks",
                "{\"title\":\"Letter\",\"pipeline\":\"two\",\"auto_start\":true,\"input\":[{\"blob\":\""
                        + blob.get("sha256") + "\",\"name\":\"letter.md\"}]}");
        String id = (String) task.get("id");
        assertThat(task.keySet().toString()).contains("current_stage_id", "state_keys", "ledger", "completed_at");
        server.until(id, "completed");

        Map<?, ?> done = get("/api/tasks/" + id);
        assertThat(done.containsKey("current_stage_id")).isTrue();
        assertThat(done.get("status")).isEqualTo("completed");
        List<?> executions = items(get("/api/tasks/" + id + "/executions"));
        assertThat(executions).hasSize(2);
        Map<?, ?> first = (Map<?, ?>) executions.get(0);
        assertThat(first.get("output").toString()).contains("letter.md", "text/markdown");
        Map<?, ?> second = (Map<?, ?>) executions.get(1);
        assertThat(second.get("output")).isNull();
        assertThat(second.get("output_ref")).isNotNull();
        HttpResponse<String> output = call("GET", "/api/executions/" + second.get("id") + "/output", null);
        assertThat(output.headers().firstValue("content-type")).contains("application/json");
        assertThat((List<?>) Json.parse(output.body())).hasSize(30_000);
        assertThat(get("/api/executions/" + first.get("id")).get("stage")).isEqualTo("echo");
        assertThat(items(get("/api/executions/" + first.get("id") + "/log?after=0&limit=10")))
                .isEmpty();
        assertThat(((List<?>) get("/api/tasks/" + id + "/stages").get("stages")))
                .hasSize(2);
        Map<?, ?> summary =
                (Map<?, ?>) items(get("/api/tasks?status=completed&limit=5")).get(0);
        assertThat(summary.containsKey("ledger")).isFalse();
        HttpResponse<String> again =
                call("GET", "/api/tasks/" + id, null, "If-None-Match", "\"" + done.get("revision") + "\"");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(call("DELETE", "/api/tasks/" + id, null).statusCode()).isEqualTo(200);
        assertThat(items(get("/api/tasks"))).isEmpty();
    }

    @Test
    void pipelinesAreListed() throws Exception {
        List<?> pipelines = items(get("/api/pipelines"));
        assertThat(pipelines).hasSize(2);
        assertThat(((Map<?, ?>) pipelines.get(0)).get("stages").toString())
                .contains("name=echo", "sort_order=0", "depends_on=[]", "config={}");
        assertThat(get("/api/pipelines/two").get("available")).isEqualTo(true);
        assertThat(call("GET", "/api/pipelines/none", null).statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsWrongIsAProblemWithItsCode() throws Exception {
        Map<?, ?> problem = post(400, "/api/tasks", "{\"title\":\"T\",\"pipeline\":\"nope\"}");
        assertThat(problem.get("code")).isEqualTo("unknown_pipeline");
        assertThat(problem.get("detail").toString()).contains("slow, two");
        assertThat(post(400, "/api/tasks", "{\"pipeline\":\"two\"}").get("code"))
                .isEqualTo("invalid_task");
        assertThat(call("GET", "/api/tasks/none", null).statusCode()).isEqualTo(404);
        assertThat(call("GET", "/api/tasks?status=odd", null).statusCode()).isEqualTo(400);
        assertThat(call("GET", "/api/executions/none/output", null).statusCode())
                .isEqualTo(404);
        assertThat(call("GET", "/api/blobs/" + "0".repeat(64), null).statusCode())
                .isEqualTo(404);
        String id = (String) post(201, "/api/tasks", "{\"title\":\"T\",\"pipeline\":\"two\"}")
                .get("id");
        assertThat(post(409, "/api/tasks/" + id + "/retry", "{}").get("code")).isEqualTo("wrong_status");
        assertThat(call("POST", "/api/tasks/" + id + "/cancel", null).statusCode())
                .isEqualTo(200);
        assertThat(post(409, "/api/tasks/" + id + "/run", "{}").get("code")).isEqualTo("wrong_status");
    }

    @Test
    void theSameIdempotencyKeyMakesOneTask() throws Exception {
        String body = "{\"title\":\"T\",\"pipeline\":\"two\"}";
        String[] headers = {"Content-Type", "application/json", "Idempotency-Key", "k1"};
        String one = call("POST", "/api/tasks", body, headers).body();
        assertThat(call("POST", "/api/tasks", body, headers).body()).isEqualTo(one);
        assertThat(items(get("/api/tasks"))).hasSize(1);
    }

    @Test
    void theFeedHasAllTasksWithoutGaps() throws Exception {
        FramesSent frames = new FramesSent();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), frames)
                .join();
        socket.sendText("{\"op\":\"subscribe\",\"topic\":\"tasks\"}", true).join();
        await().until(() -> frames.of("tasks").size() == 1);
        String id = (String) post(201, "/api/tasks", "{\"title\":\"T\",\"pipeline\":\"slow\"}")
                .get("id");
        socket.sendText("{\"op\":\"subscribe\",\"topic\":\"task:" + id + "\"}", true)
                .join();
        await().until(() -> frames.of("task:" + id).size() == 1);
        post(200, "/api/tasks/" + id + "/run", "{}");
        await().until(() -> frames.of("task:" + id).stream().anyMatch(frame -> "log".equals(frame.get("kind"))));
        go.countDown();
        await().until(() ->
                frames.of("tasks").stream().anyMatch(frame -> frame.toString().contains("status=completed,")));
        await().until(() -> frames.of("task:" + id).stream()
                .anyMatch(frame ->
                        "task".equals(frame.get("kind")) && frame.toString().contains("status=completed,")));

        for (String topic : List.of("tasks", "task:" + id)) {
            List<Map<?, ?>> told = frames.of(topic);
            assertThat(told.get(0).get("kind")).isEqualTo("snapshot");
            long first = ((Number) told.get(0).get("revision")).longValue();
            for (int i = 1; i < told.size(); i++) {
                assertThat(((Number) told.get(i).get("revision")).longValue()).isEqualTo(first + i);
            }
        }
        assertThat(frames.of("tasks").get(1).get("kind")).isEqualTo("added");
        assertThat(frames.of("task:" + id).toString()).contains("text=waiting");
        socket.sendText("{\"op\":\"subscribe\",\"topic\":\"task:none\"}", true).join();
        await().until(() -> frames.all().stream().anyMatch(frame -> "unknown_topic".equals(frame.get("code"))));
        socket.abort();
    }

    @Test
    void aSelectionWithAnOrderThatDoesNotFitIsRefused() throws Exception {
        Object task = post(201, "/api/tasks", "{\"title\": \"x\", \"pipeline\": \"two\"}")
                .get("id");
        List<?> stages = (List<?>) get("/api/tasks/" + task + "/stages").get("stages");
        Object first = ((Map<?, ?>) stages.get(0)).get("stage_template_id");
        HttpResponse<String> refused = call(
                "PUT",
                "/api/tasks/" + task + "/stages",
                "{\"stages\": [{\"stage_template_id\": \"" + first + "\", \"sort_order\": 4294967297}]}");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body())
                .contains("invalid_selection", "/stages/0/sort_order", "from -2147483648 to 2147483647");
    }
}
