package dev.callboard.scenario;

import static dev.callboard.testing.WebStub.reply;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.Exposition;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import dev.callboard.testing.WebStub;
import dev.callboard.testing.WebStub.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tasks put out goes to the sinks of their pipelines. */
class SinksTest {
    private static final String SECRET = "hook-secret-1";

    private WebStub receiver;
    private Path outbox;
    private TestServer server;
    private Http http;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        receiver = new WebStub();
        outbox = Files.createDirectory(folder.resolve("outbox")).toRealPath();
        server = TestServer.start(
                folder, Map.of("network.allow", "127.0.0.1:" + receiver.port(), "sinks.file_roots", outbox.toString()));
        http = server.http();
        assertThat(http.put("/api/secrets/hook", Map.of("value", SECRET)).status())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    private static Map<String, Object> sink(String name, String type, Map<String, Object> config, String... after) {
        return Map.of("name", name, "type", type, "config", config, "after", List.of(after));
    }

    private Map<String, Object> webhook(String path) {
        return Map.of("url", receiver.url(path), "secret", "secret:hook", "headers", Map.of("X-Team", "blue"));
    }

    private Map<String, Object> file(String name) {
        return Map.of("path", outbox.toString(), "name", name);
    }

    @SafeVarargs
    private void pipeline(String name, Map<String, Object>... sinks) {
        Reply stored = http.put(
                "/api/pipelines/" + name,
                Map.of(
                        "name",
                        name,
                        "stages",
                        List.of(
                                Map.of("name", "First", "type", "implementation"),
                                Map.of("name", "Last", "type", "implementation")),
                        "sinks",
                        List.of(sinks)));
        assertThat(stored.status()).as(stored.toString()).isIn(200, 201);
    }

    private String task(String pipeline, String title) {
        Reply task = http.post("/api/tasks", Map.of("title", title, "pipeline", pipeline, "auto_start", true));
        assertThat(task.status()).as(task.toString()).isEqualTo(201);
        return task.json().path("id").asText();
    }

    /** Fills in the stage that a task waits at. */
    private void fillIn(String task, Object output) {
        await().until(() ->
                http.get("/api/tasks/" + task).json().path("status").asText().equals("awaiting_approval"));
        Reply approved = http.post("/api/tasks/" + task + "/approve", Map.of("decision", Map.of("output", output)));
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
    }

    private JsonNode deliveries(String task) {
        return http.get("/api/sinks/deliveries?task=" + task).json().path("items");
    }

    private JsonNode ended(String task, int count) {
        return await().until(
                        () -> deliveries(task),
                        all -> all.size() == count
                                && Stream.iterate(0, i -> i + 1).limit(count).noneMatch(i -> all.at("/" + i + "/status")
                                        .asText()
                                        .equals("pending")));
    }

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

    private Reply stored(Map<String, Object> sink) {
        return http.put(
                "/api/pipelines/stored",
                Map.of("stages", List.of(Map.of("name", "S", "type", "planning")), "sinks", List.of(sink)));
    }

    private void refused(Map<String, Object> sink, String pointer, String detail) {
        Reply reply = stored(sink);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.at("/errors/0/pointer").asText()).isEqualTo("/sinks/0/config" + pointer);
        assertThat(reply.at("/errors/0/detail").asText()).contains(detail);
    }

    @Test
    void aSinkThatCanNeverWorkIsRefusedWhenItIsStored() {
        refused(sink("s", "file", file("{{task.nobody}}.txt")), "/name", "{{task.nobody}}, which never has a value");
        refused(sink("s", "file", file("{{#input}}.txt")), "/name", "is not closed");
        refused(sink("s", "webhook", Map.of("url", "ftp://a.test/", "secret", "secret:hook")), "/url", "http");
        refused(
                sink("s", "webhook", Map.of("url", "https://a.test/{{task.id}}", "secret", "secret:hook")),
                "/url",
                "nothing is filled in there");
        Map<String, Object> url = Map.of("url", "https://a.test/", "secret", "secret:hook");
        for (Map.Entry<String, String> header : Map.of("a b", "is not the name", "Host", "belongs to the connection")
                .entrySet()) {
            Map<String, Object> headed = new LinkedHashMap<>(url);
            headed.put("headers", Map.of(header.getKey(), "x"));
            refused(sink("s", "webhook", headed), "/headers/" + header.getKey(), header.getValue());
        }
        Map<String, Object> headed = new LinkedHashMap<>(url);
        headed.put("headers", Map.of("X-Note", "a\r\nb: c"));
        refused(sink("s", "webhook", headed), "/headers/X-Note", "line breaks");
    }

    @Test
    void aFolderThatIsNotAllowedAndAHeaderThatLooksFilledInAreWarnedOf(@TempDir Path elsewhere) {
        Reply outside = stored(sink("s", "file", Map.of("path", elsewhere.toString(), "name", "{{input.title}}.txt")));
        assertThat(outside.status()).as(outside.text()).isIn(200, 201);
        assertThat(outside.at("/warnings/0/pointer").asText()).isEqualTo("/sinks/0/config/path");
        assertThat(outside.at("/warnings/0/detail").asText()).contains("the sink 's' delivers nothing", "file_roots");
        Reply headed = stored(sink(
                "s",
                "webhook",
                Map.of("url", "https://a.test/", "secret", "secret:hook", "headers", Map.of("X-Task", "{{task.id}}"))));
        assertThat(headed.at("/warnings/0/detail").asText()).as(headed.text()).contains("is sent as it is");
    }

    @Test
    void anAddressThatIsNeverReachedAndAHeaderThatNamesASecretAreWarnedOf() {
        int own = server.uri().getPort();
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("http://10.0.0.8/in", "network.allow");
        reasons.put("http://localhost/in", "network.allow");
        reasons.put("http://127.0.0.1:" + own + "/in", "is this server itself");
        reasons.forEach((url, reason) -> {
            Reply never = stored(sink("s", "webhook", Map.of("url", url, "secret", "secret:hook")));
            assertThat(never.at("/warnings/0/pointer").asText())
                    .as(never.text())
                    .isEqualTo("/sinks/0/config/url");
            assertThat(never.at("/warnings/0/detail").asText())
                    .contains("the sink 's' delivers nothing", "can never be reached", reason);
        });
        for (String value : List.of("secret:token", "Bearer env:TOKEN")) {
            Reply literal = stored(sink("s", "webhook", headers("Authorization", value)));
            assertThat(literal.at("/warnings/0/pointer").asText())
                    .as(literal.text())
                    .isEqualTo("/sinks/0/config/headers/Authorization");
            assertThat(literal.at("/warnings/0/detail").asText()).contains("is sent as it is", "secret");
        }
        assertThat(stored(sink("s", "webhook", headers("X-Note", "the secret: none")))
                        .at("/warnings"))
                .isEmpty();
    }

    @Test
    void aHeaderThatTheServerSetsItselfIsRefused() {
        for (String header : List.of("Callboard-Signature", "callboard-delivery", "Idempotency-Key", "Content-Type")) {
            Reply refused = stored(sink("s", "webhook", headers(header, "x")));
            assertThat(refused.status()).as(header).isEqualTo(400);
            assertThat(refused.text()).contains("/sinks/0/config/headers/" + header, "by the server itself");
        }
    }

    private static Map<String, Object> headers(String header, String value) {
        return Map.of("url", "https://a.test/", "secret", "secret:hook", "headers", Map.of(header, value));
    }

    @Test
    void aFileThatIsThereAlreadyIsWarnedOfWhatWouldBeRefused() throws IOException {
        Files.writeString(
                outbox.resolveSibling("config/pipelines/old.yaml"),
                """
                name: old
                stages: [{name: S, type: planning}]
                sinks: [{name: s, type: file, config: {path: %s, name: "{{nobody}}.txt"}}]
                """
                        .formatted(outbox));
        Reply old = await().until(() -> http.get("/api/pipelines/old"), reply -> reply.status() == 200);
        assertThat(old.at("/errors")).isEmpty();
        assertThat(old.at("/warnings/0/detail").asText()).as(old.text()).contains("{{nobody}}");
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
