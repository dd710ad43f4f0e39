package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Same key, same answer. */
class IdempotencyTest {
    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reply add(String id, String key, String... more) {
        List<String> headers = new ArrayList<>(List.of("Idempotency-Key", key));
        headers.addAll(List.of(more));
        return server.http().post("/api/vp/stages", Stages.manual(id), headers.toArray(String[]::new));
    }

    @Test
    void theSameRequestAgainIsAnsweredTheSameAndDoneOnce() {
        Reply first = add("a", "key-1");
        long revision = server.revision();
        Reply again = add("a", "key-1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(server.revision()).isEqualTo(revision);
    }

    @Test
    void afterARestartToo() {
        Reply first = add("a", "key-1");
        server.restart();
        assertThat(add("a", "key-1").text()).isEqualTo(first.text());
    }

    @Test
    void whileTheFirstIsStillBeingDone() {
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            replies.add(server.http().postLater("/api/vp/stages", Stages.manual("a"), "Idempotency-Key", "key-1"));
        }
        assertThat(replies.stream().map(reply -> reply.join().toString()).distinct())
                .hasSize(1);
        assertThat(replies.get(0).join().status()).isEqualTo(200);
    }

    @Test
    void aRefusalIsRepeatedToo() {
        Reply first = add("ingest", "key-1");
        assertThat(first.status()).isEqualTo(400);
        Reply again = add("ingest", "key-1");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aFailureOfTheServerIsNotKept() throws IOException {
        add("first", "key-0");
        String good = Files.readString(server.stagesFile());
        Files.writeString(server.stagesFile(), "{");
        await().until(() ->
                !server.http().get("/api/vp").at("/stages_file/status").asText().equals("ok"));
        assertThat(add("a", "key-1").status()).isEqualTo(503);
        Files.writeString(server.stagesFile(), good);
        await().until(() -> add("a", "key-1").status() == 200);
        assertThat(server.http().get("/api/vp/stages/a").status()).isEqualTo(200);
    }

    @Test
    void aKeyForAnotherRequestIsRefused() {
        add("a", "key-1");
        Reply other = add("b", "key-1");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(server.http().get("/api/vp/stages/b").status()).isEqualTo(404);
        Reply put = server.http().put("/api/vp/stages/a", Stages.manual("a"), "Idempotency-Key", "key-1");
        assertThat(put.code()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void anotherActorHasKeysOfItsOwn() {
        add("a", "key-1", "X-Callboard-Actor", "client-a");
        assertThat(add("b", "key-1", "X-Callboard-Actor", "client-b").status()).isEqualTo(200);
    }

    @Test
    void aKeyThatIsNoKeyIsRefused() {
        assertThat(add("a", "two words").code()).isEqualTo("invalid_idempotency_key");
        assertThat(add("a", "x".repeat(201)).status()).isEqualTo(400);
    }
}
