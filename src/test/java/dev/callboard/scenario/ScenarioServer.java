package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.Callboard;
import dev.callboard.config.ConfigLoader;
import dev.callboard.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A real server on a free port, and the calls of a client that works by hand. */
public final class ScenarioServer implements AutoCloseable {
    private final Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private Callboard callboard;

    ScenarioServer(Path folder) throws Exception {
        this.folder = folder;
        start();
    }

    void start() throws Exception {
        callboard = Callboard.start(
                ConfigLoader.load(Map.of(
                        "port", "0",
                        "config", folder.resolve("config").toString(),
                        "plugins", folder.resolve("plugins").toString(),
                        "data", folder.resolve("data").toString())),
                true);
    }

    void restart() throws Exception {
        close();
        start();
    }

    @Override
    public void close() throws Exception {
        callboard.stop();
    }

    private HttpRequest request(String method, String path, @Nullable Object body, String actor, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(callboard.url() + path))
                .header("X-Callboard-Actor", actor)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.write(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    HttpResponse<String> call(String method, String path, @Nullable Object body, String... headers) throws Exception {
        return client.send(request(method, path, body, "tester", headers), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> later(String method, String path, Object body, String actor) {
        return client.sendAsync(request(method, path, body, actor), HttpResponse.BodyHandlers.ofString());
    }

    Map<?, ?> send(int status, String method, String path, @Nullable Object body, String... headers) throws Exception {
        HttpResponse<String> response = call(method, path, body, headers);
        assertThat(response.statusCode())
                .as(method + " " + path + " " + response.body())
                .isEqualTo(status);
        return (Map<?, ?>) Json.parse(response.body());
    }

    Map<?, ?> get(String path) throws Exception {
        return send(200, "GET", path, null);
    }

    List<?> items(String path) throws Exception {
        return (List<?>) get(path).get("items");
    }

    /** A started task of dev-task that waits for the result of Research. */
    String task(String title, String description) throws Exception {
        Map<?, ?> task = send(
                201,
                "POST",
                "/api/tasks",
                Map.of("title", title, "description", description, "pipeline", "dev-task", "auto_start", true));
        return waiting((String) task.get("id"));
    }

    String waiting(String id) {
        await().until(() -> !task(id).get("status").equals("running"));
        return id;
    }

    Map<?, ?> task(String id) throws Exception {
        return get("/api/tasks/" + id);
    }

    List<Map<?, ?>> stages(String id) throws Exception {
        List<Map<?, ?>> stages = new ArrayList<>();
        ((List<?>) task(id).get("stages")).forEach(stage -> stages.add((Map<?, ?>) stage));
        return stages;
    }

    Map<?, ?> stage(String id, String name) throws Exception {
        return stages(id).stream()
                .filter(stage -> stage.get("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** "1 Research, 2 Implementation": the selected stages by number. */
    String numbered(String id) throws Exception {
        List<String> shown = new ArrayList<>();
        for (Map<?, ?> stage : stages(id)) {
            if (Boolean.TRUE.equals(stage.get("selected"))) {
                shown.add(stage.get("number") + " " + stage.get("name"));
            }
        }
        return String.join(", ", shown);
    }

    List<String> ids(String id, String... names) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String name : names) {
            ids.add((String) stage(id, name).get("id"));
        }
        return ids;
    }

    /** The name of the stage that the task is at, or its status when it is at none. */
    String at(String id) throws Exception {
        Map<?, ?> task = task(id);
        for (Map<?, ?> stage : stages(id)) {
            if (stage.get("id").equals(task.get("current_stage_id"))) {
                return (String) stage.get("name");
            }
        }
        return (String) task.get("status");
    }

    /** The newest attempt at a stage. */
    Map<?, ?> attempt(String id, String stage) throws Exception {
        Map<?, ?> newest = Map.of();
        for (Object item : items("/api/tasks/" + id + "/executions")) {
            if (((Map<?, ?>) item).get("stage").equals(stage)) {
                newest = (Map<?, ?>) item;
            }
        }
        return newest;
    }

    String prompt(String id, String stage) throws Exception {
        return (String) ((Map<?, ?>) attempt(id, stage).get("input")).get("prompt");
    }

    static Map<String, Object> research(Object suggested) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("research", "The parser drops the last line.");
        output.put("questions", List.of());
        if (suggested != null) {
            output.put("suggested_stages", suggested);
        }
        return output;
    }

    /** What a person would fill in at a stage. */
    static Map<String, Object> filledIn(String stage) {
        return switch (stage) {
            case "Research" -> Map.of("output", research(null));
            case "High-Level Approaches" ->
                Map.of(
                        "output",
                        Map.of("options", List.of(Map.of("id", "a", "title", "A", "description", "One way"))),
                        "selected",
                        List.of("a"));
            case "Refinement", "Security Review" -> Map.of("output", Map.of("summary", "Fine.", "findings", List.of()));
            case "PR Preparation" -> Map.of("output", Map.of("title", "Mend it", "description", "Mends it."));
            default -> Map.of("output", stage + " done by hand");
        };
    }

    /** Fills in and approves the stage that the task is at; waits until it went on. */
    void approve(String id, Map<String, Object> decision, String... selected) throws Exception {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("decision", decision);
        body.put("execution_id", attempt(id, at(id)).get("id"));
        if (selected.length > 0) {
            body.put("selected_stage_ids", ids(id, selected));
        }
        send(200, "POST", "/api/tasks/" + id + "/approve", body);
        waiting(id);
    }

    /** Goes through all that is left; answers the stages it came to. */
    List<String> finish(String id) throws Exception {
        List<String> came = new ArrayList<>();
        while (task(id).get("status").equals("awaiting_approval")) {
            String stage = at(id);
            came.add(stage);
            approve(id, filledIn(stage));
        }
        return came;
    }

    /** "kind: detail" of everything that happened. */
    List<String> timeline(String id) throws Exception {
        return items("/api/tasks/" + id + "/timeline").stream()
                .map(item -> ((Map<?, ?>) item).get("kind") + ": " + ((Map<?, ?>) item).get("detail"))
                .toList();
    }
}
