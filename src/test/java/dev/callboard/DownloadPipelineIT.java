package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.callboard.testing.Chunks;
import dev.callboard.testing.FirstPartyPlugins;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Inputs by address through the shipped pipeline {@code web}, fetched from a web server of this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DownloadPipelineIT {
    private static final String PAGE =
            """
            <!DOCTYPE html><html><head><title>Tides</title></head><body><h1>Tides</h1>
            <p>High water \uD83C\uDF0A comes twice a day. The moon pulls at the sea.</p>
            <p>Low water follows six hours later. Boats wait for it.</p></body></html>
            """;

    private static final String NOTES = "A plain note \uD83D\uDCDD about gauges. It has two sentences.";

    private final Queue<Instant> busy = new ConcurrentLinkedQueue<>();
    private HttpServer web;
    private TestServer server;
    private Tasks tasks;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/tides.html", exchange -> answer(exchange, 200, "text/html; charset=utf-8", PAGE));
        web.createContext("/notes.txt", exchange -> answer(exchange, 200, "text/plain; charset=utf-8", NOTES));
        web.createContext("/missing", exchange -> answer(exchange, 404, "text/plain", "no"));
        web.createContext("/busy.txt", exchange -> {
            busy.add(Instant.now());
            exchange.getResponseHeaders().set("Retry-After", "2");
            answer(exchange, busy.size() == 1 ? 503 : 200, "text/plain", NOTES);
        });
        web.start();
        server = server(folder, "plugins: {settings: {callboard-download: {allow: [\"127.0.0.1/32\"]}}}\n");
        tasks = new Tasks(server.http());
        tasks.awaitStages("download", "ingest", "parse", "ir-validation", "chunk", "embed");
    }

    private static TestServer server(Path folder, String config) throws IOException {
        FirstPartyPlugins.copyTo(folder);
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config").resolve("callboard.yaml"), config);
        return TestServer.start(folder);
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @AfterAll
    void stop() {
        server.close();
        web.stop(0);
    }

    private Map<String, Object> at(String path) {
        return Map.of("url", "http://127.0.0.1:" + web.getAddress().getPort() + path);
    }

    /** Total, ok and failed, from the ledger. */
    private static List<Integer> downloads(JsonNode task) {
        return Stream.of("total", "ok", "failed")
                .map(key -> task.at("/ledger/downloads").path(key).asInt(-1))
                .toList();
    }

    @Test
    void addressesBecomeChunksAndThePipelineIsChosenByThem() {
        String id = tasks.start(Map.of("input", List.of(at("/tides.html"), at("/notes.txt"))));
        JsonNode task = tasks.until(id, "completed");

        assertThat(task.path("pipeline").asText()).isEqualTo("web");
        assertThat(tasks.attempted(id))
                .startsWith("download", "ingest", "parse", "ir-validation", "chunk")
                .contains("embed", "index", "extract", "knowledge-graph");
        assertThat(downloads(task)).containsExactly(2, 2, 0);
        JsonNode files = tasks.output(id, "download").path("files");
        assertThat(files.findValuesAsText("name")).containsExactly("tides.html", "notes.txt");
        assertThat(tasks.attempt(id, "download").path("output_count").asInt()).isEqualTo(2);
        Reply blob = server.http().get("/api/blobs/" + files.at("/0/blob").asText());
        assertThat(blob.status()).isEqualTo(200);
        assertThat(blob.text()).isEqualTo(PAGE);

        JsonNode documents = tasks.output(id, "parse");
        JsonNode chunks = tasks.output(id, "chunk");
        assertThat(documents.findValuesAsText("media_type")).containsExactly("text/html", "text/plain");
        assertThat(documents.at("/0/text").asText()).contains("\uD83C\uDF0A").doesNotContain("<p>");
        documents.forEach(document -> Chunks.cut(chunks, document));
    }

    @Test
    void aFileThatIsMissingFailsTheTaskUnlessItMayGoOn() {
        List<Object> input = List.of(at("/notes.txt"), at("/missing"));
        String strict = tasks.start(Map.of("pipeline", "web", "input", input));
        JsonNode failed = tasks.until(strict, "failed");
        JsonNode attempt = tasks.attempt(strict, "download");
        assertThat(attempt.path("error_code").asText()).isEqualTo("download_failed");
        assertThat(attempt.path("error").asText()).contains("1 of 2 files could not be fetched", "404");
        assertThat(failed.path("error").asText()).contains("404");
        assertThat(tasks.attempted(strict)).containsExactly("download");

        String lenient = tasks.start(Map.of(
                "pipeline", "web", "input", input, "settings", Map.of("download", Map.of("on_error", "continue"))));
        JsonNode done = tasks.until(lenient, "completed");
        assertThat(downloads(done)).containsExactly(2, 1, 1);
        assertThat(done.at("/ledger/download_errors/0/code").asText()).isEqualTo("http_status");
        JsonNode output = tasks.output(lenient, "download");
        assertThat(output.at("/errors/0/status").asInt()).isEqualTo(404);
        assertThat(output.at("/errors/0/attempts").asInt())
                .as("what is not there is not asked for again")
                .isEqualTo(1);
        Chunks.cut(tasks.output(lenient, "chunk"), tasks.output(lenient, "parse"));
    }

    @Test
    void aServerThatIsBusyIsAskedAgainWhenItSays() {
        String id = tasks.start("web", at("/busy.txt"));
        tasks.until(id, "completed");
        assertThat(tasks.output(id, "download").at("/files/0/attempts").asInt()).isEqualTo(2);
        assertThat(busy).hasSize(2);
        assertThat(Duration.between(busy.remove(), busy.remove())).isGreaterThanOrEqualTo(Duration.ofMillis(1_900));
        assertThat(tasks.attempts(id, "download"))
                .as("within one attempt at the stage")
                .hasSize(1);
    }

    @Test
    void withoutBeingAllowedNothingOfThisMachineIsReached(@TempDir Path folder) throws IOException {
        try (ServerSocket inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestServer strict = server(folder, "")) {
            Tasks others = new Tasks(strict.http());
            others.awaitStages("download", "ingest", "parse", "ir-validation", "chunk", "embed");
            String address = ":" + inside.getLocalPort() + "/notes.txt";
            String id = others.start(
                    "web",
                    Map.of("url", "http://127.0.0.1" + address),
                    Map.of("url", "http://localhost" + address),
                    Map.of("url", "http://[::ffff:127.0.0.1]" + address));
            others.until(id, "failed");
            assertThat(others.attempt(id, "download").path("error").asText())
                    .contains("3 of 3 files could not be fetched", "private or reserved network");
            inside.setSoTimeout(1);
            assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aStageThatCannotFetchSaysWhichOneCan() {
        String id = tasks.start("auto", at("/notes.txt"));
        tasks.until(id, "failed");
        assertThat(tasks.attempt(id, "ingest").path("error_code").asText()).isEqualTo("not_downloaded");
        assertThat(tasks.attempt(id, "ingest").path("error").asText()).contains("download");
    }
}
