package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.Http;
import dev.callboard.testing.Patience;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /api/vp/try}: a definition runs once on sample input, and nothing of it stays but who did it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs sh")
class TryTest {
    private Path folder;
    private TestServer server;
    private Http http;

    @BeforeEach
    void start(@TempDir Path temporary) {
        folder = temporary;
        server = TestServer.start(
                temporary,
                Map.of(
                        "command.enabled",
                        "true",
                        "command.programs",
                        "sh,printf,cat",
                        "command.output_bytes",
                        "4000000"));
        http = server.http();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, Object> program(Object command, Object... settings) {
        return stage("command", Map.of("command", command), settings);
    }

    private static Map<String, Object> shell(String script, Object... settings) {
        return program(List.of("sh", "-c", script), settings);
    }

    private static Map<String, Object> stage(String executor, Map<String, Object> config, Object... settings) {
        Map<String, Object> stage = new HashMap<>();
        stage.put("id", "sample");
        stage.put("name", "Sample");
        stage.put("type", "stage");
        stage.put("ports", Map.of("inputs", List.of(), "outputs", List.of()));
        stage.put("executor", executor);
        stage.put("executor_config", config);
        stage.put("settings_schema", List.of(settings));
        return stage;
    }

    private static Map<String, Object> setting(String key, String type) {
        return Map.of("key", key, "type", type, "label", "The " + key);
    }

    private static Map<String, Object> body(
            Map<String, Object> definition, Object input, Map<String, Object> settings) {
        return Map.of("definition", definition, "input", input, "settings", settings);
    }

    private Reply tryOut(Map<String, Object> definition, Object input, Map<String, Object> settings) {
        return http.post("/api/vp/try", body(definition, input, settings));
    }

    private JsonNode ran(Map<String, Object> definition, Object input, Map<String, Object> settings) {
        Reply reply = tryOut(definition, input, settings);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }

    @Test
    void aDefinitionThatNobodySavedRunsWithItsSettingsAndInput() {
        JsonNode tried = ran(
                program(
                        List.of("printf", "%s|", "--", "{{settings.tone}}", "{{input.name}}"),
                        setting("tone", "string")),
                Map.of("name", "{{settings.tone}}"),
                Map.of("tone", "dry"));
        assertThat(tried.path("status").asText()).as(tried.toString()).isEqualTo("completed");
        assertThat(tried.path("output").asText()).isEqualTo("--|dry|{{settings.tone}}|");
        assertThat(tried.path("duration_ms").asLong()).isNotNegative();
        assertThat(tried.has("error")).isFalse();
    }

    @Test
    void aSavedDefinitionIsTriedAsItIsSent() {
        assertThat(http.post("/api/vp/stages", shell("printf saved")).status()).isEqualTo(200);
        assertThat(ran(shell("printf changed"), "", Map.of()).path("output").asText())
                .isEqualTo("changed");
        JsonNode stored = http.get("/api/vp/stages/sample").json();
        assertThat(stored.at("/executor_config/command/2").asText()).isEqualTo("printf saved");
    }

    @Test
    void anExpressionSeesTheSampleAndItsSettings() {
        JsonNode tried = ran(
                stage(
                        "expression",
                        Map.of("expression", "settings.tone & ' ' & input.name & ' of ' & task.title"),
                        setting("tone", "string")),
                Map.of("name", "Ada"),
                Map.of("tone", "dry"));
        assertThat(tried.path("output").asText()).as(tried.toString()).isEqualTo("dry Ada of Try of Sample");
        Reply wrong = tryOut(stage("expression", Map.of("expression", "input.(")), "", Map.of());
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().at("/errors/0/pointer").asText()).isEqualTo("/definition/executor_config/expression");
    }

    @Test
    void theLogAndTheFailureAreAnswered() {
        JsonNode tried = ran(shell("echo one >&2; echo two >&2; exit 3"), "", Map.of());
        assertThat(tried.path("status").asText()).isEqualTo("failed");
        assertThat(tried.at("/error/code").asText()).isEqualTo("command_failed");
        assertThat(tried.at("/error/message").asText()).contains("exit code 3");
        assertThat(tried.path("log").findValuesAsText("text")).containsExactly("one", "two");
        assertThat(tried.has("output")).isFalse();
    }

    @Test
    void nothingStaysButWhoDidIt() throws IOException {
        Reply uploaded = http.post("/api/blobs", "from the server");
        String blob = uploaded.json().path("sha256").asText();
        List<String> before = files("data/blobs");
        JsonNode tried = ran(
                shell("cat \"$CALLBOARD_INPUTS\"/*.* ; printf made > \"$CALLBOARD_OUTPUTS/new.txt\""),
                Map.of("blob", blob, "name", "in.txt"),
                Map.of());
        assertThat(tried.path("status").asText()).as(tried.toString()).isEqualTo("completed");
        assertThat(tried.path("output").toString()).contains("from the server");
        String made = tried.at("/output/files/0/blob").asText();
        assertThat(made).as(tried.toString()).hasSize(64);
        assertThat(http.get("/api/blobs/" + made).status()).isEqualTo(404);
        assertThat(files("data/blobs")).isEqualTo(before);
        assertThat(files("data/work")).isEmpty();
        assertThat(http.get("/api/tasks").json().path("items")).isEmpty();
        assertThat(http.get("/api/vp/stages/sample").status()).isEqualTo(404);
        JsonNode row = http.get("/api/audit?kind=stage.tried").json().path("items");
        assertThat(row).hasSize(1);
        assertThat(row.at("/0/subject").asText()).isEqualTo("sample");
        assertThat(row.at("/0/origin").asText()).startsWith("api ");
    }

    private List<String> files(String below) throws IOException {
        Path root = folder.resolve(below);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatStoringRefusesIsRefusedWithThePlaceInTheRequest() {
        Map<String, Object> wrong = program(List.of("sh", "{{settings.tine}}"), setting("tone", "string"));
        Reply stored = http.post("/api/vp/stages", wrong);
        Reply tried = tryOut(wrong, "", Map.of());
        assertThat(stored.status()).isEqualTo(400);
        assertThat(tried.status()).isEqualTo(400);
        assertThat(tried.json().path("code")).isEqualTo(stored.json().path("code"));
        assertThat(tried.json().at("/errors/0/detail")).isEqualTo(stored.json().at("/errors/0/detail"));
        assertThat(tried.json().at("/errors/0/pointer").asText())
                .isEqualTo("/definition" + stored.json().at("/errors/0/pointer").asText());

        Reply settings = tryOut(shell("true", setting("words", "integer")), "", Map.of("words", "many"));
        assertThat(settings.status()).isEqualTo(400);
        assertThat(settings.json().path("code").asText()).isEqualTo("invalid_settings");
        assertThat(settings.json().at("/errors/0/pointer").asText()).isEqualTo("/settings/words");
        assertThat(http.get("/api/audit?kind=stage.tried").json().path("items")).isEmpty();
    }

    @Test
    void whatCannotBeTriedSaysWhy() {
        cannotTry(stage("manual", Map.of()), "A person does this stage");
        cannotTry(stage("java", Map.of()), "Java code");
        cannotTry(stage("prompt", Map.of("prompt", "Say {{input}}")), "No model is configured");
        Map<String, Object> sink = shell("true");
        sink.put("type", "sink");
        cannotTry(sink, "this is a sink");
        Reply gone = tryOut(program(List.of("callboard-has-no-such-program")), "", Map.of());
        assertThat(gone.status()).isEqualTo(409);
        assertThat(gone.json().path("code").asText()).isEqualTo("stage_unavailable");
        assertThat(gone.json().path("detail").asText()).contains("callboard-has-no-such-program");
        for (JsonNode executor : http.get("/api/vp/executors").json().path("items")) {
            boolean command = executor.path("executor").asText().equals("command");
            assertThat(executor.has("no_try") && command).isFalse();
        }
    }

    private void cannotTry(Map<String, Object> definition, String why) {
        Reply reply = tryOut(definition, "", Map.of());
        assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
        assertThat(reply.json().path("code").asText()).isEqualTo("cannot_try");
        assertThat(reply.json().path("detail").asText()).contains(why);
    }

    @Test
    void aSecretArrivesAndIsNeverAnswered() {
        String value = "hunter2-hunter2";
        assertThat(http.put("/api/secrets/TRIED", Map.of("value", value)).status())
                .isEqualTo(201);
        Map<String, Object> definition = shell(
                "printf '%s %s' \"${#CALLBOARD_SETTING_KEY}\" \"$CALLBOARD_SETTING_KEY\";"
                        + " echo \"log $CALLBOARD_SETTING_KEY\" >&2",
                setting("key", "secret"));
        Reply tried = tryOut(definition, "", Map.of("key", "secret:TRIED"));
        assertThat(tried.json().path("output").asText()).as(tried.toString()).isEqualTo(value.length() + " •••");
        assertThat(tried.json().path("log").findValuesAsText("text")).contains("log •••");
        assertThat(tried.toString()).doesNotContain(value);
        Reply failing = tryOut(
                shell("echo \"$CALLBOARD_SETTING_KEY\" >&2; exit 1", setting("key", "secret")),
                "",
                Map.of("key", "secret:TRIED"));
        assertThat(failing.json().path("status").asText()).isEqualTo("failed");
        assertThat(failing.toString()).doesNotContain(value).contains("•••");
        Reply missing = tryOut(definition, "", Map.of("key", "secret:NONE"));
        assertThat(missing.status()).isEqualTo(409);
        assertThat(missing.json().path("code").asText()).isEqualTo("secret_missing");
        Reply plain = tryOut(definition, "", Map.of("key", value));
        assertThat(plain.status()).isEqualTo(400);
        assertThat(plain.toString()).doesNotContain(value);
    }

    @Test
    void fourAreTriedAtOnceAndTheFifthIsToldSo() throws Exception {
        Path ready = Files.createDirectory(folder.resolve("ready"));
        Path go = folder.resolve("go");
        List<CompletableFuture<Reply>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Map<String, Object> waits =
                    shell("touch '" + ready.resolve("r" + i) + "'; while [ ! -e '" + go + "' ]; do sleep 0.05; done");
            running.add(CompletableFuture.supplyAsync(() -> tryOut(waits, "", Map.of())));
        }
        await().until(() -> files("ready").size() == 4);
        Reply fifth = tryOut(shell("true"), "", Map.of());
        assertThat(fifth.status()).isEqualTo(503);
        assertThat(fifth.json().path("code").asText()).isEqualTo("too_many_tries");
        Files.createFile(go);
        for (CompletableFuture<Reply> each : running) {
            assertThat(each.get(Patience.SOON.toSeconds(), TimeUnit.SECONDS)
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("completed");
        }
        assertThat(ran(shell("true"), "", Map.of()).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void whoGoesAwayEndsIt() throws Exception {
        Path pid = folder.resolve("pid");
        byte[] body = Json.writeBytes(body(shell("echo $$ > '" + pid + "'; exec sleep 600"), "", Map.of()));
        URI at = server.uri();
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            String head = "POST /api/vp/try HTTP/1.1\r\nHost: " + at.getAuthority()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            await().until(() -> Files.exists(pid) && Files.size(pid) > 1);
        }
        long process = Long.parseLong(Files.readString(pid).strip());
        await().until(() ->
                ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
        await().until(() -> files("data/work").isEmpty());
    }

    @Test
    void aLongOutputIsCountedAndALongLogIsCut() {
        JsonNode tried = ran(shell("printf '%1100000s' x; seq 1200 >&2"), "", Map.of());
        assertThat(tried.path("status").asText()).isEqualTo("completed");
        assertThat(tried.path("output_size").asLong()).isEqualTo(1_100_002);
        assertThat(tried.has("output")).isFalse();
        assertThat(tried.path("log")).hasSize(1_000);
        assertThat(tried.at("/log/999/text").asText()).isEqualTo("Further lines are left out.");
    }
}
