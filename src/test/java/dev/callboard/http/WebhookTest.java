package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
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

    private static String path(JsonNode trigger) {
        return URI.create(trigger.at("/url").asText()).getPath();
    }

    private static JsonNode open(String name) {
        return fixture.trigger(name, "webhook", Map.of());
    }

    private static JsonNode signed(String name) {
        return fixture.trigger(name, "webhook", Map.of("hmac_secret", "secret:hook"));
    }

    private static Reply post(String path, String body, String... headers) {
        return server.http().send("POST", path, body, headers);
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
    void theBodyBecomesTheInputOfATask() {
        JsonNode trigger = open("plain");
        Reply taken = post(path(trigger) + "?any=query&twice=1&twice=2", BODY);
        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
        JsonNode task =
                server.http().get("/api/tasks/" + taken.at("/task_id").asText()).json();
        assertThat(task.at("/trigger/id")).isEqualTo(trigger.at("/id"));
        assertThat(task.at("/pipeline").asText()).isEqualTo("plain");
        assertThat(server.http()
                        .get("/api/blobs/" + task.at("/input/0/blob").asText())
                        .text())
                .isEqualTo(BODY);
        assertThat(task.at("/input/0/media_type").asText()).isEqualTo("application/json");
        Reply text = post(path(trigger), "not { json", "Content-Type", "text/plain; charset=utf-8");
        assertThat(text.status()).isEqualTo(202);
        assertThat(post(path(trigger), "", "Content-Type", "application/json").status())
                .isEqualTo(202);
    }

    /** What the task got as its input. */
    private static Reply stored(Reply taken, String mediaType) {
        assertThat(taken.status()).as(taken.text()).isEqualTo(202);
        Reply task = server.http().get("/api/tasks/" + taken.at("/task_id").asText());
        assertThat(task.at("/input/0/media_type").asText()).isEqualTo(mediaType);
        return server.http().get("/api/blobs/" + task.at("/input/0/blob").asText());
    }

    private static String expressing(String name, String expression) {
        return path(fixture.trigger(name, "webhook", Map.of("input", expression)));
    }

    @Test
    void anExpressionMakesTheInputOfTheRequest() {
        String one = expressing("one", "body.paper & ' by ' & query.who & ' (' & headers.`x-kind` & ')'");
        Reply text = stored(
                post(one + "?who=me", BODY, "X-Kind", "survey", "Content-Type", "application/json"), "text/plain");
        assertThat(text.text()).isEqualTo("tide gauges by me (survey)");

        String all = expressing("all", "{'title': $uppercase(body.paper), 'n': $count(body.*)}");
        Reply json = stored(post(all, BODY, "Content-Type", "application/vnd.x+json"), "application/json");
        assertThat(json.at("/title").asText()).isEqualTo("TIDE GAUGES");
        assertThat(json.at("/n").asInt()).isEqualTo(1);

        String plain = expressing("words", "$split(body, ' ')[1]");
        assertThat(stored(post(plain, "one two", "Content-Type", "text/plain"), "text/plain")
                        .text())
                .isEqualTo("two");
    }

    @Test
    void whatAnExpressionCannotMakeIsRefusedAndStartsNothing() {
        String path = expressing("strict", "body.paper.$uppercase()");
        Reply nothing = post(path, "{}", "Content-Type", "application/json");
        assertThat(nothing.status()).as(nothing.text()).isEqualTo(400);
        assertThat(nothing.code()).isEqualTo("invalid_input");
        assertThat(nothing.at("/detail").asText()).contains("finds nothing");
        Reply broken = post(path, "{\"paper\": 5}", "Content-Type", "application/json");
        assertThat(broken.code()).as(broken.text()).isEqualTo("invalid_input");
        assertThat(post(path, "{", "Content-Type", "application/json").code()).isEqualTo("invalid_input");
        assertThat(fixture.tasks("strict")).isEmpty();
        Reply refused = server.http()
                .put(
                        "/api/pipelines/wrong",
                        Map.of(
                                "stages",
                                List.of(Map.of("name", "a", "type", "planning")),
                                "sources",
                                List.of(Map.of("name", "h", "type", "webhook", "config", Map.of("input", "body.(")))));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/sources/0/config/input");
    }

    @Test
    void theSameKeyAnswersTheSameTask() {
        String path = path(open("keyed"));
        Reply first = post(path, BODY, "Idempotency-Key", "delivery-1");
        assertThat(post(path, BODY, "Idempotency-Key", "delivery-1").at("/task_id"))
                .isEqualTo(first.at("/task_id"));
        assertThat(post(path, BODY, "X-GitHub-Delivery", "d-1").at("/task_id"))
                .isEqualTo(post(path, BODY, "X-GitHub-Delivery", "d-1").at("/task_id"))
                .isNotEqualTo(first.at("/task_id"));
        assertThat(fixture.tasks("keyed")).hasSize(2);
    }

    @Test
    void aSignatureIsNeededFitsTheBodyIsNewAndIsGoodOnce() throws Exception {
        String path = path(signed("signed"));
        long now = now();
        assertThat(post(path, BODY).code()).isEqualTo("invalid_signature");
        assertThat(post(path, BODY).status()).isEqualTo(401);
        assertThat(post(path, BODY + " ", "Callboard-Signature", signature(now, BODY))
                        .status())
                .isEqualTo(401);
        assertThat(post(path, BODY, "Callboard-Signature", signature(now - 301, BODY))
                        .status())
                .isEqualTo(401);
        assertThat(post(path, BODY, "Callboard-Signature", signature(now + 400, BODY))
                        .status())
                .isEqualTo(401);
        assertThat(post(path, BODY, "Callboard-Signature", "t=" + (now - 1) + ",v1=" + hmac(now + "." + BODY))
                        .status())
                .isEqualTo(401);
        Reply taken = post(path, BODY, "Callboard-Signature", signature(now, BODY), "Idempotency-Key", "k");
        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
        assertThat(post(path, BODY, "Callboard-Signature", signature(now, BODY)).code())
                .as("sent again by somebody else")
                .isEqualTo("signature_used");
        assertThat(post(path, BODY, "Callboard-Signature", signature(now, BODY), "Idempotency-Key", "k")
                        .at("/task_id"))
                .as("sent again by its sender")
                .isEqualTo(taken.at("/task_id"));
        assertThat(fixture.tasks("signed")).hasSize(1);
    }

    @Test
    void aHubsSignatureNeedsADelivery() throws Exception {
        String path = path(signed("hub"));
        String signature = "sha256=" + hmac(BODY);
        assertThat(post(path, BODY, "X-Hub-Signature-256", signature).status()).isEqualTo(401);
        assertThat(post(path, BODY, "X-Hub-Signature-256", signature, "X-GitHub-Delivery", "1")
                        .status())
                .isEqualTo(202);
        assertThat(post(path, BODY, "X-Hub-Signature-256", signature, "X-GitHub-Delivery", "2")
                        .code())
                .as("replayed under another id")
                .isEqualTo("signature_used");
        assertThat(post(path, BODY + "!", "X-Hub-Signature-256", signature, "X-GitHub-Delivery", "3")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void anAddressIsKeptOverARestartAndGoneOnceItIsRotated() {
        JsonNode trigger = open("moved");
        String old = path(trigger);
        server.restart();
        assertThat(path(fixture.trigger("moved"))).isEqualTo(old);
        assertThat(post(old, BODY).status()).isEqualTo(202);
        Reply rotated = fixture.command(trigger, "rotate");
        assertThat(rotated.status()).as(rotated.toString()).isEqualTo(200);
        assertThat(post(old, BODY).code()).isEqualTo("unknown_hook");
        String fresh = path(rotated.at("/trigger"));
        assertThat(fresh).isEqualTo(path(fixture.trigger("moved")));
        assertThat(post(fresh, BODY).status()).isEqualTo(202);

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
        assertThat(post(fresh, BODY).code()).isEqualTo("unknown_hook");
        assertThat(post(path(fixture.trigger("moved")), BODY).status()).isEqualTo(202);
        fixture.command(trigger, "pause");
        assertThat(post(path(fixture.trigger("moved")), BODY).code()).isEqualTo("trigger_paused");
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        String path = path(fixture.trigger("unset", "webhook", Map.of("hmac_secret", "secret:nobody")));
        Reply refused = post(path, BODY, "Callboard-Signature", "t=1,v1=00");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.at("/detail").asText()).contains("'nobody'");
        assertThat(server.http().delete("/api/secrets/hook").code()).isEqualTo("secret_in_use");
    }

    @Test
    void theTokenIsInNoOtherAnswer() {
        JsonNode trigger = open("hidden");
        String token = path(trigger).substring("/api/hooks/".length());
        Reply taken = post(path(trigger), BODY);
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
