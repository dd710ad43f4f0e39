package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code POST /api/vp/try}: a definition runs once on sample input, and nothing of it stays but who did it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs sh")
class TryTest extends TryFixture {
    @Test
    void aDefinitionThatNobodySavedRunsWithItsSettingsAndInput() {
        JsonNode tried = ran(
                program(
                        List.of("printf", "%s|", "--", "{{settings.tone}}", "{{input.name}}"),
                        Stages.setting("tone", "string")),
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
                        Stages.setting("tone", "string")),
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

    @Test
    void aSecretArrivesAndIsNeverAnswered() {
        String value = "hunter2-hunter2";
        assertThat(http.put("/api/secrets/TRIED", Map.of("value", value)).status())
                .isEqualTo(201);
        Map<String, Object> definition = shell(
                "printf '%s %s' \"${#CALLBOARD_SETTING_KEY}\" \"$CALLBOARD_SETTING_KEY\";"
                        + " echo \"log $CALLBOARD_SETTING_KEY\" >&2",
                Stages.setting("key", "secret"));
        Reply tried = tryOut(definition, "", Map.of("key", "secret:TRIED"));
        assertThat(tried.json().path("output").asText()).as(tried.toString()).isEqualTo(value.length() + " •••");
        assertThat(tried.json().path("log").findValuesAsText("text")).contains("log •••");
        assertThat(tried.toString()).doesNotContain(value);
        Reply failing = tryOut(
                shell("echo \"$CALLBOARD_SETTING_KEY\" >&2; exit 1", Stages.setting("key", "secret")),
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
