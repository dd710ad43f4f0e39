package dev.callboard.scenario;

import static dev.callboard.testing.WebStub.reply;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.Exposition;
import dev.callboard.testing.Reply;
import dev.callboard.testing.WebStub.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tasks put out goes to the sinks of their pipelines. */
class SinksTest extends SinksFixture {
    @Test
    void slashesOfValuesArePartOfTheNameOfAFile() throws IOException {
        pipeline("named", sink("file", "file", file("{{task.title}}-{{input}}.txt")));
        String task = task("named", "Q3/Q4 report");
        fillIn(task, "one");
        fillIn(task, "in/out: all");
        assertThat(ended(task, 1).at("/0/status").asText()).isEqualTo("delivered");
        try (Stream<Path> files = Files.list(outbox)) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .containsExactly("Q3_Q4 report-in_out_ all.txt");
        }
    }

    @Test
    void aWebhookGetsTheSignedResultAndASinkAfterAStageThatOfTheStage() throws Exception {
        receiver.answer("/end", each -> reply(each, 204, "text/plain", ""));
        receiver.answer("/first", each -> reply(each, 200, "text/plain", "thanks"));
        pipeline(
                "hooked",
                sink("kept", "result", Map.of()),
                sink("end", "webhook", webhook("/end?token=visible")),
                sink("early", "webhook", webhook("/first"), "First"));
        String task = task("hooked", "Über Æther");
        fillIn(task, "one");
        await().until(() -> receiver.requests().size() == 1);
        assertThat(Json.parse(receiver.requests().get(0).body()))
                .extracting("output")
                .isEqualTo("one");
        fillIn(task, Map.of("answer", 42));

        JsonNode all = ended(task, 3);
        assertThat(all.findValuesAsText("status")).containsOnly("delivered");
        Request end = receiver.requests().get(1);
        assertThat(end.line()).isEqualTo("POST /end?token=visible");
        assertThat(end.header("X-team")).isEqualTo("blue");
        Map<?, ?> body = (Map<?, ?>) requireNonNull(Json.parse(end.body()));
        assertThat(body.get("output")).isEqualTo(Map.of("answer", 42));
        assertThat(body.get("task")).isEqualTo(Map.of("id", task, "title", "Über Æther"));
        assertThat(body.get("stages")).isEqualTo(List.of("Last"));
        assertThat(end.header("Idempotency-key")).isEqualTo(body.get("delivery"));
        assertSigned(end);
        JsonNode webhook = Stream.iterate(0, i -> i + 1)
                .map(i -> all.get(i))
                .filter(each -> each.path("sink").asText().equals("end"))
                .findFirst()
                .orElseThrow();
        assertThat(webhook.path("target").asText()).isEqualTo(receiver.url("/end"));
        assertThat(webhook.path("attempts").asInt()).isEqualTo(1);
        assertThat(http.get("/api/tasks/" + task).json().path("status").asText())
                .isEqualTo("completed");
    }

    /** How many attempts at webhooks ended so, as the metrics say. */
    private double attempts(String outcome) {
        return Exposition.read(http.get("/metrics").text())
                .sum("callboard_sink_deliveries_total", "type=\"webhook\"", "outcome=\"" + outcome + "\"");
    }

    private static void assertSigned(Request request) throws Exception {
        String header = request.header("Callboard-signature");
        assertThat(header).matches("t=\\d{10},v1=[0-9a-f]{64}");
        String time = header.substring(2, header.indexOf(','));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal((time + "." + request.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(header).endsWith("v1=" + HexFormat.of().formatHex(expected));
    }

    @Test
    void whatFailsIsTriedAgainWithTheSameIdAndByHand() {
        AtomicInteger calls = new AtomicInteger();
        receiver.answer("/shaky", each -> reply(each, calls.incrementAndGet() == 1 ? 500 : 200, "text/plain", "x"));
        receiver.answer("/gone", each -> reply(each, 410, "text/plain", "x"));
        pipeline("shaky", sink("out", "webhook", webhook("/shaky")), sink("old", "webhook", webhook("/gone")));
        String task = task("shaky", "Shaky");
        fillIn(task, "one");
        fillIn(task, "two");
        JsonNode failedOnce = await().until(
                        () -> deliveries(task),
                        all -> all.size() == 2 && all.at("/0/attempts").asInt() > 0);
        String id = failedOnce.at("/0/id").asText();
        JsonNode all = ended(task, 2);
        assertThat(all.at("/0/status").asText()).isEqualTo("delivered");
        assertThat(all.at("/0/attempts").asInt()).isEqualTo(2);
        assertThat(all.at("/1/status").asText()).isEqualTo("failed");
        assertThat(all.at("/1/error").asText()).isEqualTo("The server answered 410.");
        assertThat(receiver.requests().stream().filter(each -> each.line().endsWith("/shaky")))
                .extracting(each -> each.header("Callboard-delivery"))
                .containsExactly(id, id);

        receiver.answer("/gone", each -> reply(each, 200, "text/plain", "x"));
        Reply again = http.post("/api/sinks/deliveries/" + all.at("/1/id").asText() + "/redeliver", null);
        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        assertThat(ended(task, 2).at("/1/status").asText()).isEqualTo("delivered");
        await().until(() -> attempts("delivered") == 2 && attempts("retried") == 1 && attempts("failed") == 1);
        JsonNode audit = http.get("/api/audit?kind=sink.redelivered").json().path("items");
        assertThat(audit).hasSize(1);
        assertThat(http.post("/api/sinks/deliveries/none/redeliver", null).status())
                .isEqualTo(404);
    }

    @Test
    void filesAreWrittenUnderSafeNamesAndOthersAreKept() throws IOException {
        Files.writeString(outbox.resolve("a_b_Report.txt"), "somebody's own");
        pipeline(
                "files",
                sink("out", "file", file("{{task.title}}.txt")),
                sink("json", "file", file("../.{{input.id}}")));
        String task = task("files", "a/b/Report");
        fillIn(task, "one");
        fillIn(task, Map.of("id", "x:y", "text", "é"));
        assertThat(ended(task, 2).findValuesAsText("status")).containsOnly("delivered");
        assertThat(Files.readString(outbox.resolve("a_b_Report.txt"))).isEqualTo("somebody's own");
        assertThat(Json.parse(Files.readString(outbox.resolve("a_b_Report-2.txt"))))
                .isEqualTo(Map.of("id", "x:y", "text", "é"));
        assertThat(Files.exists(outbox.resolve("_x_y"))).isTrue();

        // Delivered again, it is the same file.
        String id = deliveries(task).at("/0/id").asText();
        Files.delete(outbox.resolve("a_b_Report-2.txt"));
        http.post("/api/sinks/deliveries/" + id + "/redeliver", null);
        ended(task, 2);
        assertThat(Files.exists(outbox.resolve("a_b_Report-2.txt"))).isTrue();
        try (Stream<Path> files = Files.list(outbox)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("a_b_Report.txt", "a_b_Report-2.txt", "_x_y");
        }
    }

    @Test
    void aFolderThatNobodyAllowedIsNotWrittenTo(@TempDir Path elsewhere) throws IOException {
        Path link = Files.createSymbolicLink(outbox.resolve("link"), elsewhere);
        pipeline(
                "outside",
                sink("direct", "file", Map.of("path", elsewhere.toString(), "name", "a.txt")),
                sink("linked", "file", Map.of("path", link.toString(), "name", "a.txt")));
        String task = task("outside", "Outside");
        fillIn(task, "one");
        fillIn(task, "two");
        JsonNode tried = await().until(
                        () -> deliveries(task),
                        all -> all.size() == 2
                                && all.at("/0/attempts").asInt() > 0
                                && all.at("/1/attempts").asInt() > 0);
        assertThat(tried.at("/0/error").asText()).contains("sinks.file_roots");
        assertThat(tried.at("/1/error").asText()).contains("sinks.file_roots");
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(http.get("/api/tasks/" + task).json().path("status").asText())
                .isEqualTo("completed");
    }

    @Test
    void whatWaitsIsDeliveredAfterARestart() {
        receiver.answer("/later", each -> reply(each, 503, "text/plain", "x"));
        pipeline("later", sink("out", "webhook", webhook("/later")));
        String task = task("later", "Later");
        fillIn(task, "one");
        fillIn(task, "two");
        await().until(() -> deliveries(task).at("/0/attempts").asInt() > 0);
        String id = deliveries(task).at("/0/id").asText();
        server.stop();
        receiver.answer("/later", each -> reply(each, 200, "text/plain", "x"));
        server.start();
        http = server.http();
        JsonNode all = ended(task, 1);
        assertThat(all.at("/0/status").asText()).isEqualTo("delivered");
        assertThat(all.at("/0/id").asText()).isEqualTo(id);
    }

    @Test
    void whatIsAskedForAgainWhileItIsOnItsWayIsDeliveredAgain() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        receiver.answer("/slow", each -> {
            asked.join();
            reply(each, 200, "text/plain", "x");
        });
        pipeline("slow", sink("out", "webhook", webhook("/slow")));
        String task = task("slow", "Slow");
        fillIn(task, "one");
        fillIn(task, "two");
        await().until(() -> receiver.requests().size() == 1);
        String id = deliveries(task).at("/0/id").asText();
        try {
            Reply again = http.post("/api/sinks/deliveries/" + id + "/redeliver", null);
            assertThat(again.status()).as(again.toString()).isEqualTo(200);
        } finally {
            asked.complete(null);
        }
        await().until(() -> deliveries(task).at("/0/attempts").asInt() == 2);
        assertThat(ended(task, 1).at("/0/status").asText()).isEqualTo("delivered");
        assertThat(receiver.requests())
                .extracting(each -> each.header("Callboard-delivery"))
                .containsExactly(id, id);
    }
}
