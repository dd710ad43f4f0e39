package dev.callboard.cli;

import dev.callboard.model.SourceConfig.Given;
import dev.callboard.sinks.SinksMessages.DeliveryView;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs tasks on a running server. */
final class ServerTaskRuns implements TaskRuns {
    private final RemoteServer server;

    ServerTaskRuns(String url) {
        this.server = new RemoteServer(url);
    }

    @Override
    public List<String> stageNames(String pipeline) throws InterruptedException, IOException {
        Object stages = server.get("/api/pipelines/" + encoded(pipeline)).get("stages");
        return stages instanceof List<?> list
                ? list.stream()
                        .map(stage -> String.valueOf(((Map<?, ?>) stage).get("name")))
                        .toList()
                : List.of();
    }

    @Override
    public Set<Given> takes(String pipeline) throws InterruptedException, IOException {
        Object sources = server.get("/api/pipelines/" + encoded(pipeline)).get("sources");
        List<?> types = sources instanceof List<?> list
                ? list.stream()
                        .map(source -> source instanceof Map<?, ?> map ? map.get("type") : null)
                        .toList()
                : List.of();
        Set<Given> takes = EnumSet.allOf(Given.class);
        takes.removeIf(given -> !types.isEmpty() && !types.contains(given.type()));
        return takes;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String store(InputStream bytes, String name) throws InterruptedException, IOException {
        Object stored = server.exchange(server.request("/api/blobs?name=" + encoded(name))
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> bytes))
                .build());
        return stored instanceof Map<?, ?> blob ? String.valueOf(blob.get("sha256")) : "";
    }

    @Override
    public Map<?, ?> create(Map<String, Object> request) throws InterruptedException, IOException {
        return TaskRuns.warned(server.send("POST", "/api/tasks", request));
    }

    @Override
    public Map<?, ?> task(String id) throws InterruptedException, IOException {
        return server.get("/api/tasks/" + id);
    }

    @Override
    public List<?> executions(String taskId) throws InterruptedException, IOException {
        return server.get("/api/tasks/" + taskId + "/executions").get("items") instanceof List<?> items
                ? items
                : List.of();
    }

    @Override
    public @Nullable Object output(String executionId) throws InterruptedException, IOException {
        return server.exchange(server.request("/api/executions/" + executionId + "/output")
                .GET()
                .build());
    }

    @Override
    public void approve(String taskId, Map<String, Object> body) throws InterruptedException, IOException {
        server.send("POST", "/api/tasks/" + taskId + "/approve", body);
    }

    @Override
    public void cancel(String taskId) throws InterruptedException, IOException {
        server.send("POST", "/api/tasks/" + taskId + "/cancel", null);
    }

    @Override
    public Optional<String> stuck(Map<?, ?> task) {
        return Optional.empty();
    }

    @Override
    public List<DeliveryView> deliveries(String taskId) {
        return List.of();
    }

    @Override
    public void close() {}
}
