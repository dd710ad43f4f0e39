package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses that start tasks: with a token alone, and signed. */
class WebhookTest {
    private static final String SECRET = "a-key-for-signatures";
    private static final String BODY = "{\"paper\":\"tide gauges\"}";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static TriggerFixture fixture;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        fixture = TriggerFixture.on(server);
        server.http().put("/api/secrets/hook", Map.of("value", SECRET));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode open(String name) {
        return fixture.trigger(name, "webhook", Map.of());
    }

    private static JsonNode signed(String name) {
        return fixture.trigger(name, "webhook", Map.of("hmac_secret", "secret:hook"));
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String signature(long time, String body) throws Exception {
        return "t=" + time + ",v1=" + hmac(time + "." + body);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    @Test
    void theSameKeyAnswersTheSameTask() {
        String path = TriggerFixture.path(open("keyed"));
        Reply first = fixture.post(path, BODY, "Idempotency-Key", "delivery-1");
        assertThat(fixture.post(path, BODY, "Idempotency-Key", "delivery-1").at("/task_id"))
                .isEqualTo(first.at("/task_id"));
        assertThat(fixture.post(path, BODY, "X-GitHub-Delivery", "d-1").at("/task_id"))
                .isEqualTo(fixture.post(path, BODY, "X-GitHub-Delivery", "d-1").at("/task_id"))
                .isNotEqualTo(first.at("/task_id"));
        assertThat(fixture.tasks("keyed")).hasSize(2);
    }

    @Test
    void aSignatureIsNeededFitsTheBodyIsNewAndIsGoodOnce() throws Exception {
        String path = TriggerFixture.path(signed("signed"));
        long now = now();
        assertThat(fixture.post(path, BODY).code()).isEqualTo("invalid_signature");
        assertThat(fixture.post(path, BODY).status()).isEqualTo(401);
        assertThat(fixture.post(path, BODY + " ", "Callboard-Signature", signature(now, BODY))
                        .status())
                .isEqualTo(401);
        assertThat(fixture.post(path, BODY, "Callboard-Signature", signature(now - 301, BODY))
                        .status())
                .isEqualTo(401);
        assertThat(fixture.post(path, BODY, "Callboard-Signature", signature(now + 400, BODY))
                        .status())
                .isEqualTo(401);
        assertThat(fixture.post(path, BODY, "Callboard-Signature", "t=" + (now - 1) + ",v1=" + hmac(now + "." + BODY))
                        .status())
                .isEqualTo(401);
        Reply taken = fixture.post(path, BODY, "Callboard-Signature", signature(now, BODY), "Idempotency-Key", "k");
        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
        assertThat(fixture.post(path, BODY, "Callboard-Signature", signature(now, BODY))
                        .code())
                .as("sent again by somebody else")
                .isEqualTo("signature_used");
        assertThat(fixture.post(path, BODY, "Callboard-Signature", signature(now, BODY), "Idempotency-Key", "k")
                        .at("/task_id"))
                .as("sent again by its sender")
                .isEqualTo(taken.at("/task_id"));
        assertThat(fixture.tasks("signed")).hasSize(1);
    }

    @Test
    void aHubsSignatureNeedsADelivery() throws Exception {
        String path = TriggerFixture.path(signed("hub"));
        String signature = "sha256=" + hmac(BODY);
        assertThat(fixture.post(path, BODY, "X-Hub-Signature-256", signature).status())
                .isEqualTo(401);
        assertThat(fixture.post(path, BODY, "X-Hub-Signature-256", signature, "X-GitHub-Delivery", "1")
                        .status())
                .isEqualTo(202);
        assertThat(fixture.post(path, BODY, "X-Hub-Signature-256", signature, "X-GitHub-Delivery", "2")
                        .code())
                .as("replayed under another id")
                .isEqualTo("signature_used");
        assertThat(fixture.post(path, BODY + "!", "X-Hub-Signature-256", signature, "X-GitHub-Delivery", "3")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void anAddressIsKeptOverARestartAndGoneOnceItIsRotated() {
        JsonNode trigger = open("moved");
        String old = TriggerFixture.path(trigger);
        server.restart();
        assertThat(TriggerFixture.path(fixture.trigger("moved"))).isEqualTo(old);
        assertThat(fixture.post(old, BODY).status()).isEqualTo(202);
        Reply rotated = fixture.command(trigger, "rotate");
        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(200);
        assertThat(fixture.post(old, BODY).code()).isEqualTo("unknown_hook");
        String fresh = TriggerFixture.path(rotated.at("/trigger"));
        assertThat(fresh).isEqualTo(TriggerFixture.path(fixture.trigger("moved")));
        assertThat(fixture.post(fresh, BODY).status()).isEqualTo(202);

        // What is answered to a key is kept.
        Reply kept = server.http()
                .send(
                        "POST",
                        "/api/triggers/" + trigger.path("id").asText() + "/rotate",
                        Map.of(),
                        "Idempotency-Key",
                        "again");
        assertThat(kept.text()).doesNotContain("/api/hooks/");
        assertThat(kept.at("/message").asText()).contains("url in GET /api/triggers");
        assertThat(fixture.post(fresh, BODY).code()).isEqualTo("unknown_hook");
        assertThat(fixture.post(TriggerFixture.path(fixture.trigger("moved")), BODY)
                        .status())
                .isEqualTo(202);
        fixture.command(trigger, "pause");
        assertThat(fixture.post(TriggerFixture.path(fixture.trigger("moved")), BODY)
                        .code())
                .isEqualTo("trigger_paused");
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        String path = TriggerFixture.path(fixture.trigger("unset", "webhook", Map.of("hmac_secret", "secret:nobody")));
        Reply refused = fixture.post(path, BODY, "Callboard-Signature", "t=1,v1=00");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.at("/detail").asText()).contains("'nobody'");
        assertThat(server.http().delete("/api/secrets/hook").code()).isEqualTo("secret_in_use");
    }

    @Test
    void theTokenIsInNoOtherAnswer() {
        JsonNode trigger = open("hidden");
        String token = TriggerFixture.path(trigger).substring("/api/hooks/".length());
        Reply taken = fixture.post(TriggerFixture.path(trigger), BODY);
        String task = "/api/tasks/" + taken.at("/task_id").asText();
        for (String path : new String[] {
            "/api/audit",
            "/metrics",
            task,
            task + "/timeline",
            task + "/executions",
            "/api/pipelines/hidden",
            "/api/tasks"
        }) {
            assertThat(server.http().get(path).text()).as(path).doesNotContain(token);
        }
    }
}
