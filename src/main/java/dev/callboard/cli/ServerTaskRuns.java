package dev.callboard.cli;

import dev.callboard.pipelines.SourceConfig.Given;
import dev.callboard.problem.Problem.Kind;
import dev.callboard.problem.ProblemException;
import dev.callboard.sinks.SinksMessages.DeliveryView;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        return stages(pipeline).stream()
                .map(stage -> String.valueOf(stage.get("name")))
                .toList();
    }

    private List<Map<?, ?>> stages(String pipeline) throws InterruptedException, IOException {
        return maps(server.get("/api/pipelines/" + encoded(pipeline)).get("stages"));
    }

    private static List<Map<?, ?>> maps(@Nullable Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        for (Object each : value instanceof List<?> list ? list : List.of()) {
            maps.add(each instanceof Map<?, ?> map ? map : Map.of());
        }
        return maps;
    }

    @Override
    public Optional<List<String>> settings(String pipeline, String stage) throws InterruptedException, IOException {
        for (Map<?, ?> template : stages(pipeline)) {
            if (stage.equals(template.get("name"))) {
                return declared(String.valueOf(template.get("type")));
            }
        }
        return Optional.empty();
    }

    private Optional<List<String>> declared(String type) throws InterruptedException, IOException {
        Map<?, ?> entry;
        try {
            entry = server.get("/api/vp/stages/" + encoded(type));
        } catch (ProblemException e) {
            if (e.problem().kind() == Kind.NOT_FOUND) {
                // The server says so when the task is made.
                return Optional.empty();
            }
            throw e;
        }
        return RunSettings.declared(
                String.valueOf(entry.get("executor")),
                maps(entry.get("settings_schema")).stream()
                        .map(setting -> String.valueOf(setting.get("key")))
                        .toList());
    }

    @Override
    public Set<Given> takes(String pipeline) throws InterruptedException, IOException {
        List<String> types = maps(
                        server.get("/api/pipelines/" + encoded(pipeline)).get("sources"))
                .stream()
                .map(source -> String.valueOf(source.get("type")))
                .toList();
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
