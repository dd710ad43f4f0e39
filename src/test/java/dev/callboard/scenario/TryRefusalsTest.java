package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Patience;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is not tried says why: before it runs, and in place of running. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs sh")
class TryRefusalsTest extends TryFixture {
    @Test
    void whatStoringRefusesIsRefusedWithThePlaceInTheRequest() {
        Map<String, Object> wrong = program(List.of("sh", "{{settings.tine}}"), Stages.setting("tone", "string"));
        Reply stored = http.post("/api/vp/stages", wrong);
        Reply tried = tryOut(wrong, "", Map.of());
        assertThat(stored.status()).isEqualTo(400);
        assertThat(tried.status()).isEqualTo(400);
        assertThat(tried.json().path("code")).isEqualTo(stored.json().path("code"));
        assertThat(tried.json().at("/errors/0/detail")).isEqualTo(stored.json().at("/errors/0/detail"));
        assertThat(tried.json().at("/errors/0/pointer").asText())
                .isEqualTo("/definition" + stored.json().at("/errors/0/pointer").asText());

        Reply settings = tryOut(shell("true", Stages.setting("words", "integer")), "", Map.of("words", "many"));
        assertThat(settings.status()).isEqualTo(400);
        assertThat(settings.json().path("code").asText()).isEqualTo("invalid_settings");
        assertThat(settings.json().at("/errors/0/pointer").asText()).isEqualTo("/settings/words");
        assertThat(http.get("/api/audit?kind=stage.tried").json().path("items")).isEmpty();
    }

    @Test
    void whatCannotBeTriedSaysWhy() {
        cannotTry(stage("manual", Map.of()), "A person does this stage");
        cannotTry(stage("worker", Map.of()), "a worker that offers it");
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
    void fourAreTriedAtOnceAndTheFifthIsRefused() throws Exception {
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
}
