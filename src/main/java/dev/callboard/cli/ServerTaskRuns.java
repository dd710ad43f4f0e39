package dev.callboard.cli;

import dev.callboard.pipelines.SourceConfig.Given;
import dev.callboard.problem.FileFaults;
import dev.callboard.problem.Problem;
import dev.callboard.problem.Problem.Kind;
import dev.callboard.problem.ProblemException;
import dev.callboard.sinks.SinksMessages.DeliveryView;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task on a running server. From the request for it on, a server that is away is waited for, as {@link Reconnection} does: the
 * task goes on in it, or as soon as it is started again.
 */
final class ServerTaskRuns implements TaskRuns {
    private final RemoteServer server;
    private final Reconnection reconnection;

    ServerTaskRuns(String url) {
        this(url, new Reconnection(System::nanoTime, time -> Thread.sleep(time.toMillis())));
    }

    ServerTaskRuns(String url, Reconnection reconnection) {
        this.server = new RemoteServer(url);
        this.reconnection = reconnection;
    }

    @Override
    public List<String> stageNames(String pipeline) throws InterruptedException {
        return stages(pipeline).stream()
                .map(stage -> String.valueOf(stage.get("name")))
                .toList();
    }

    private List<Map<?, ?>> stages(String pipeline) throws InterruptedException {
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
    public Optional<List<String>> settings(String pipeline, String stage) throws InterruptedException {
        for (Map<?, ?> template : stages(pipeline)) {
            if (stage.equals(template.get("name"))) {
                return declared(String.valueOf(template.get("type")));
            }
        }
        return Optional.empty();
    }

    private Optional<List<String>> declared(String type) throws InterruptedException {
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
    public Set<Given> takes(String pipeline) throws InterruptedException {
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
    public String store(InputStream bytes, String name) throws InterruptedException {
        WatchedInput watched = new WatchedInput(bytes);
        HttpRequest request = server.unlimited("/api/blobs?name=" + encoded(name))
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> watched))
                .build();
        try {
            return server.exchange(request) instanceof Map<?, ?> blob ? String.valueOf(blob.get("sha256")) : "";
        } catch (ProblemException e) {
            throw watched.fault()
                    .map(fault -> RunRequest.unreadable(name, FileFaults.reason(fault)))
                    .orElseGet(() -> notStored(name, e.problem()));
        }
    }

    private static ProblemException notStored(String name, Problem problem) {
        return problem.kind() == Kind.TOO_LARGE
                ? ProblemException.invalid(
                        "unreadable_input", "The server does not take the input " + name + ": " + problem.detail())
                : new ProblemException(problem);
    }

    @Override
    public Map<?, ?> create(Map<String, Object> request) throws InterruptedException {
        // Asked again under the same key it is one task, whether or not the server had it when the connection broke.
        Map<String, String> once = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        Map<?, ?> created = reconnection.ask(() -> server.send("POST", "/api/tasks", once, request));
        System.err.println("callboard: Task " + created.get("id") + ", to be seen at "
                + server.page(String.valueOf(created.get("id"))));
        return TaskRuns.warned(created);
    }

    @Override
    public Map<?, ?> task(String id) throws InterruptedException {
        return reconnection.ask(() -> server.get("/api/tasks/" + id));
    }

    @Override
    public List<?> executions(String taskId) throws InterruptedException {
        Map<?, ?> page = reconnection.ask(() -> server.get("/api/tasks/" + taskId + "/executions"));
        return page.get("items") instanceof List<?> items ? items : List.of();
    }

    @Override
    public @Nullable Object output(String executionId) throws InterruptedException {
        HttpRequest request = server.request("/api/executions/" + executionId + "/output")
                .GET()
                .build();
        return reconnection
                .ask(() -> Optional.ofNullable(server.exchange(request)))
                .orElse(null);
    }

    @Override
    public void approve(String taskId, Map<String, Object> body) throws InterruptedException {
        // It names the attempt that it decides, so that it counts once however often it is sent.
        reconnection.ask(() -> server.send("POST", "/api/tasks/" + taskId + "/approve", body));
    }

    @Override
    public void cancel(String taskId) throws InterruptedException {
        server.send("POST", "/api/tasks/" + taskId + "/cancel", null);
    }

    @Override
    public void leave() {
        reconnection.leave();
    }

    @Override
    public Optional<String> stays(String taskId) {
        return Optional.of("The task " + taskId + " is not ended by this. See what became of it at "
                + server.page(taskId) + ", or with: curl " + server.api(taskId));
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
