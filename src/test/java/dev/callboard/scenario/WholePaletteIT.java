package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.config.ModelApi;
import dev.callboard.executors.ModelStub;
import dev.callboard.testing.Definitions;
import dev.callboard.testing.FirstPartyPlugins;
import dev.callboard.testing.Http;
import dev.callboard.testing.PaletteMirror;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TestServer;
import dev.callboard.testing.WebStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the palette offers runs: on a server that has everything, each entry that says it is ready is run in a task, with
 * the least that it needs, and each that says it is not ready is refused with its reason. There is an entry for each executor
 * besides.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs cat")
class WholePaletteIT {
    private static final String NOTE = "The tide rises. The tide falls.";
    private static final String OF_EXECUTOR = "of-";

    private final ModelStub model = new ModelStub(ModelApi.OPENAI);
    private final WebStub web = new WebStub();
    private Path folder;
    private Path outbox;
    private TestServer server;
    private Http http;
    private Tasks tasks;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        model.answers(model.says("An answer."));
        web.answer("/note.txt", exchange -> WebStub.reply(exchange, 200, "text/plain", NOTE));
        web.answer("/results", exchange -> WebStub.reply(exchange, 204, "text/plain", ""));
        FirstPartyPlugins.copyTo(folder);
        outbox = Files.createDirectory(folder.resolve("outbox")).toRealPath();
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config").resolve("callboard.yaml"),
                """
                network: {allow: ["127.0.0.1"]}
                sinks: {file_roots: ["%s"]}
                plugins: {settle_ms: 0, settings: {callboard-download: {allow: ["127.0.0.1/32"]}}}
                command: {enabled: true, programs: [cat]}
                models: {provider: openai, base_url: "%s/v1", model: small, api_key_env: HOME}
                """
                        .formatted(outbox, model.server.baseUrl()));
        server = TestServer.start(folder);
        http = server.http();
        tasks = new Tasks(http);
        assertThat(http.put("/api/secrets/results", Map.of("value", "signs-the-results"))
                        .status())
                .isEqualTo(201);
        await().until(
                        () -> http.get("/api/plugins").at("/items").findValuesAsText("state"),
                        states -> states.size() == 3 && Set.of("loaded").containsAll(states));
        for (JsonNode executor : http.get("/api/vp/executors").at("/items")) {
            if (executor.path("custom").asBoolean()) {
                add(executor.path("executor").asText());
            }
        }
    }

    @AfterAll
    void stop() {
        server.close();
        web.close();
        model.close();
    }

    private String address() {
        return web.url("/note.txt");
    }

    private void add(String executor) {
        Map<String, Object> config =
                switch (executor) {
                    case "command" -> Map.of("command", List.of("cat"));
                    case "expression" -> Map.of("expression", "input");
                    case "http" -> Map.of("method", "GET", "url", address());
                    default -> Map.of();
                };
        new Definitions(http).stage(Stages.of(OF_EXECUTOR + executor, executor, config));
    }

    private Stream<String> entries() {
        return PaletteMirror.entriesOf(server.palette()).keySet().stream();
    }

    private JsonNode entry(String id) {
        return http.get("/api/vp/stages/" + id).json();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void whatSaysThatItIsReadyRuns(String id) throws IOException {
        JsonNode entry = entry(id);
        Reply made = http.put("/api/pipelines/try-" + id, pipeline(entry));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        if (!entry.path("available").asBoolean()) {
            Reply refused = http.post("/api/tasks", task(entry));
            assertThat(refused.code()).as(refused.toString()).isEqualTo("stage_unavailable");
            JsonNode first = firstThatIsNotReady(id);
            assertThat(first.path("reason").asText()).isNotBlank();
            assertThat(entry.path("reason").asText()).isNotBlank();
            assertThat(refused.at("/detail").asText())
                    .contains(first.path("id").asText(), first.path("reason").asText());
            return;
        }
        assertThat(entry.has("reason")).isFalse();
        String task = tasks.start(task(entry));
        switch (entry.path("executor").asText()) {
            case "manual" -> decide(task);
            case "worker" -> work(id);
            default -> {}
        }
        tasks.until(task, "completed");
        assertThat(tasks.attempted(task)).contains(entry.path("type").asText().equals("stage") ? id : "ingest");
        assertThat(tasks.output(
                                task,
                                tasks.attempted(task).get(tasks.attempted(task).size() - 1))
                        .toString())
                .isNotIn("", "null", "{}", "[]");
        if (entry.path("type").asText().equals("sink")) {
            delivered(task, id);
        }
    }

    /** The entry after all that it depends on; a source or a sink at its end of a pipeline. */
    private Map<String, Object> pipeline(JsonNode entry) {
        String id = entry.path("id").asText();
        String type = entry.path("type").asText();
        Map<String, Object> pipeline = new LinkedHashMap<>(Map.of("name", "try-" + id));
        Set<String> types = new LinkedHashSet<>();
        if (type.equals("stage")) {
            withAllBefore(id, types);
        } else {
            types.add("ingest");
            pipeline.put(type + "s", List.of(Map.of("name", "end", "type", id, "config", end(id))));
        }
        List<Object> stages = new ArrayList<>();
        types.forEach(each -> stages.add(
                entry(each).path("executor").asText().equals("prompt")
                        ? Map.of("name", each, "type", each, "prompt_template", "Sum up: {{input}}")
                        : Map.of("name", each, "type", each, "config", settings(each))));
        pipeline.put("stages", stages);
        return pipeline;
    }

    private void withAllBefore(String id, Set<String> types) {
        entry(id).path("dependencies").forEach(before -> withAllBefore(before.asText(), types));
        types.add(id);
    }

    private JsonNode firstThatIsNotReady(String id) {
        Set<String> types = new LinkedHashSet<>();
        withAllBefore(id, types);
        return types.stream()
                .map(this::entry)
                .filter(entry -> !entry.path("available").asBoolean())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> settings(String id) {
        return id.equals("gate") ? Map.of("conditions", Map.of("field", "go", "exists", false)) : Map.of();
    }

    private Map<String, Object> end(String id) {
        return switch (id) {
            case "file" -> Map.of("path", outbox.toString(), "name", "out.json");
            case "webhook" -> Map.of("url", web.url("/results"), "secret", "secret:results");
            default -> Map.of();
        };
    }

    /** What the sink got is where it says. */
    private void delivered(String task, String id) throws IOException {
        await().until(
                        () -> http.get("/api/sinks/deliveries?task=" + task)
                                .at("/items/0/status")
                                .asText(),
                        "delivered"::equals);
        switch (id) {
            case "file" -> assertThat(outbox.resolve("out.json")).content().contains("sha256");
            case "webhook" ->
                assertThat(web.requests()).anyMatch(request -> request.line().equals("POST /results"));
            default -> {}
        }
    }

    private Map<String, Object> task(JsonNode entry) {
        String id = entry.path("id").asText();
        Map<String, Object> input =
                switch (id) {
                    case "download" -> Map.of("url", address());
                    case "files" ->
                        Map.of(
                                "blob",
                                tasks.blob(NOTE.getBytes(StandardCharsets.UTF_8), "text/plain"),
                                "name",
                                "note.txt");
                    default -> Map.of("text", NOTE);
                };
        return Map.of("title", "T", "pipeline", "try-" + id, "input", List.of(input), "auto_start", true);
    }

    private void decide(String task) {
        await().until(() -> tasks.task(task).path("status").asText(), "awaiting_approval"::equals);
        String execution =
                http.get("/api/tasks/" + task + "/executions").at("/items/0/id").asText();
        tasks.call(task, "approve", Map.of("execution_id", execution, "decision", Map.of("output", "Done by hand.")));
    }

    private void work(String type) {
        Reply taken = http.post("/api/work/take?wait=20", Map.of("types", List.of(type), "name", "palette"));
        assertThat(taken.status()).as(taken.toString()).isEqualTo(200);
        Reply done = http.post(
                "/api/work/" + taken.at("/execution_id").asText() + "/complete",
                Map.of("lease", taken.at("/lease").asText(), "output", "Done by a worker."));
        assertThat(done.status()).as(done.toString()).isEqualTo(200);
    }
}
