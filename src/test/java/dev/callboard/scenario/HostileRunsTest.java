package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.Definitions;
import dev.callboard.testing.HostileValues;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import dev.callboard.testing.WebStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile texts as a setting, title and input reach what runs a stage as they are, in each executor: nothing in them is ever
 * expanded. {@code callboard.rounds} makes it more rounds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs sh")
class HostileRunsTest {
    private static final int VALUES = 42 * Integer.getInteger("callboard.rounds", 1);
    private static final Set<String> OPEN = Set.of("pending", "running", "");
    private static final String ALL = "{{settings.v}}|{{task.title}}|{{input}}";

    private final WebStub web = new WebStub();
    private TestServer server;
    private Http http;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        web.answer("/echo", exchange -> WebStub.reply(exchange, 200, "application/json", WebStub.body(exchange)));
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config").resolve("callboard.yaml"),
                "network: {allow: [\"127.0.0.1\"]}\ncommand: {enabled: true, programs: [sh]}\n");
        server = TestServer.start(folder);
        http = server.http();
    }

    @AfterAll
    void stop() {
        server.close();
        web.close();
    }

    /** Those that run here and that people define stages of. */
    private Stream<String> executors() {
        return StreamSupport.stream(http.get("/api/vp/executors").at("/items").spliterator(), false)
                .filter(executor -> executor.path("custom").asBoolean()
                        && executor.path("available").asBoolean())
                .map(executor -> executor.path("executor").asText());
    }

    /** Says again what it was given. */
    private Map<String, Object> echo(String executor) {
        return switch (executor) {
            case "manual" -> Map.of("instructions", ALL);
            case "prompt" -> Map.of("prompt", ALL);
            case "expression" -> Map.of("expression", "settings.v & '|' & task.title & '|' & input");
            case "command" ->
                Map.of(
                        "command",
                        List.of(
                                "sh",
                                "-c",
                                "printf '%s|' \"$@\"",
                                "--",
                                "{{settings.v}}",
                                "{{task.title}}",
                                "{{input}}"));
            case "http" ->
                Map.of(
                        "method",
                        "POST",
                        "url",
                        web.url("/echo?v={{task.title}}"), // An address has at most 8,192 characters, a title 200.
                        "body",
                        Map.of("json", List.of("{{settings.v}}", "{{task.title}}", "{{input}}")));
            case "worker" -> Map.of();
            default -> throw new AssertionError("say how a stage of " + executor + " says again what it was given");
        };
    }

    @ParameterizedTest
    @MethodSource("executors")
    void noneIsExpanded(String executor) {
        pipeline(executor);
        Map<String, String> tasks = new LinkedHashMap<>();
        for (String value : HostileValues.of(VALUES)) {
            String task = task(executor, value);
            if (task.isEmpty()) {
                continue;
            }
            tasks.put(task, value);
            if (executor.equals("worker")) {
                work(executor);
            }
        }
        assertThat(tasks).hasSizeGreaterThan(VALUES / 2);
        tasks.forEach(this::isAsItWas);
    }

    private void isAsItWas(String task, String value) {
        JsonNode ended = await().until(
                        () -> http.get("/api/tasks/" + task + "/executions").at("/items/0"),
                        attempt -> !OPEN.contains(attempt.path("status").asText()));
        String output = "/api/executions/" + ended.path("id").asText() + "/output";
        String seen = ended.path("status").asText().equals("completed")
                ? http.get(output).json().toString()
                : ended.at("/input/prompt").toString();
        String error = ended.path("error").asText("");
        assertThat(seen + error).as(value).doesNotContain(task, HostileValues.EXPANDED);
        if (value.contains("\0") && error.contains("NUL character, which no program can be given")) {
            return;
        }
        assertThat(ended.path("status").asText())
                .as(() -> Json.write(value) + ": " + error)
                .isIn("completed", "awaiting_approval");
        String quoted = Json.write(value);
        assertThat(Json.write(Json.parse(seen))).contains(quoted.substring(1, quoted.length() - 1));
    }

    private void pipeline(String executor) {
        Definitions definitions = new Definitions(http);
        String type = definitions.stage(Stages.of(
                "echo-" + executor, executor, echo(executor), Map.of("key", "v", "type", "text", "label", "V")));
        definitions.pipelineOf(type, Map.of("name", "Only", "type", type));
    }

    /** A task with the text everywhere but where it is refused; empty when nobody takes it. */
    private String task(String executor, String value) {
        Map<String, Object> hostile = new LinkedHashMap<>(Map.of(
                "/title", value,
                "/settings", Map.of("Only", Map.of("v", value)),
                "/input", List.of(Map.of("text", value))));
        while (!hostile.isEmpty()) {
            Reply made = http.post(
                    "/api/tasks",
                    Map.of(
                            "title", hostile.getOrDefault("/title", "T"),
                            "pipeline", "echo-" + executor,
                            "settings", hostile.getOrDefault("/settings", Map.of("Only", Map.of("v", "V"))),
                            "input", hostile.getOrDefault("/input", List.of(Map.of("text", "I"))),
                            "auto_start", true));
            if (made.status() == 201) {
                return made.at("/id").asText();
            }
            assertThat(made.status()).as(() -> Json.write(value) + " " + made).isEqualTo(400);
            String pointer = made.at("/errors/0/pointer").asText();
            assertThat(hostile.keySet().removeIf(pointer::startsWith))
                    .as(() -> Json.write(value) + " " + made)
                    .isTrue();
        }
        return "";
    }

    private void work(String executor) {
        Reply taken = http.post("/api/work/take?wait=20", Map.of("types", List.of("echo-" + executor), "name", "echo"));
        assertThat(taken.status()).as(taken.toString()).isEqualTo(200);
        http.post(
                "/api/work/" + taken.at("/execution_id").asText() + "/complete",
                Map.of(
                        "lease", taken.at("/lease").asText(),
                        "output",
                                List.of(
                                        Json.parse(taken.at("/settings").toString()),
                                        Json.parse(taken.at("/input").toString()))));
    }
}
