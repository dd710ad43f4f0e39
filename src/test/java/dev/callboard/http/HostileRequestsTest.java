package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.RawSocket;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no well-behaved client makes are refused, each in its way, and change nothing. */
class HostileRequestsTest {
    @TempDir
    static Path folder;

    private static TestServer server;
    private static Http http;
    private static String palette;
    private static byte[] file;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(folder);
        http = server.http();
        server.add("there");
        palette = server.palette().toString();
        file = Files.readAllBytes(server.stagesFile());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nothingChanged() throws IOException {
        assertThat(server.palette().toString()).isEqualTo(palette);
        assertThat(Files.readAllBytes(server.stagesFile())).isEqualTo(file);
    }

    @Test
    void aBodyOfTwoMebibytes() {
        Map<String, Object> stage = Stages.manual("big");
        stage.put("description", "x".repeat(2 << 20));
        problem(http.post("/api/vp/stages", stage), 413, "body_too_large");
    }

    @Test
    void anEndlessBodyWithoutALength() throws IOException {
        try (RawSocket raw = RawSocket.connect(server.uri())) {
            raw.write(ascii(
                    "POST /api/vp/stages HTTP/1.1\r\nHost: " + server.uri().getAuthority()
                            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"));
            byte[] chunk = ascii("10000\r\n" + "x".repeat(0x10000) + "\r\n");
            try {
                for (int i = 0; i < 1_000; i++) {
                    raw.write(chunk);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageMatching(".*(reset|pipe|abort).*");
                return;
            }
            assertThat(new String(raw.readToEnd(), StandardCharsets.ISO_8859_1)).contains("413");
        }
    }

    @Test
    void brokenUtf8() {
        byte[] body = ascii("{\"id\":\"a\",\"name\":\"??\",\"type\":\"stage\",\"ports\":{}}");
        body[18] = (byte) 0xC0;
        body[19] = (byte) 0xAF;
        problem(http.post("/api/vp/stages", body), 400, "invalid_json");
        body[18] = (byte) 0xFF;
        problem(http.post("/api/vp/stages", body), 400, "invalid_json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{} x",
                "{\"id\":\"a\",\"id\":\"b\"}",
                "{\"id\":1e1000000000}",
                "{\"__proto__\":{}}",
                "{\"id\":\"\\ud800\"}"
            })
    void whatIsNotStrictJson(String body) {
        Reply reply = http.post("/api/vp/stages", body);
        problem(reply, 400, "invalid_json");
        assertThat(reply.at("/detail").asText()).contains("line 1");
    }

    @Test
    void nestingWithoutAnEnd() {
        problem(http.post("/api/vp/stages", "[".repeat(100_000)), 400, "invalid_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "7", "\"text\"", "{}"})
    void jsonThatIsNoStage(String body) {
        Reply reply = http.post("/api/vp/stages", body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void noBodyAtAll() {
        Reply reply = http.post("/api/vp/stages", null);
        assertThat(reply.status()).as(reply.toString()).isIn(400, 415);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "rubbish"})
    void whatAFormOfAForeignPageCouldSend(String type) {
        problem(
                http.post("/api/vp/stages", Stages.manual("form"), "Content-Type", type),
                415,
                "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "https://127.0.0.1",
                "http://localhost.evil.example",
                "http://127.0.0.1"
            })
    void aWriteFromAForeignPage(String origin) {
        problem(http.post("/api/vp/stages", Stages.manual("csrf"), "Origin", origin), 403, "foreign_origin");
        problem(http.delete("/api/vp/stages/there", "Origin", origin), 403, "foreign_origin");
    }

    @Test
    void aWriteThatABrowserCallsCrossSite() {
        problem(
                http.post("/api/vp/stages", Stages.manual("csrf"), "Sec-Fetch-Site", "cross-site"),
                403,
                "foreign_origin");
    }

    @Test
    void aReadFromAForeignPageIsNotSharedWithIt() {
        Reply reply = http.get("/api/vp", "Origin", "http://evil.example");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "[::2]"})
    void aForeignHostName(String host) throws IOException {
        assertThat(RawSocket.exchange(
                        server.uri(), "GET /api/vp HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (421|400) .*");
    }

    @Test
    void noHostName() throws IOException {
        assertThat(RawSocket.exchange(server.uri(), "GET /api/vp HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (421|400) .*");
        assertThat(RawSocket.exchange(server.uri(), "GET /api/vp HTTP/1.0\r\n\r\n"))
                .matches("(?s)HTTP/1.[01] (421|400) .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/vp",
                "/api//vp",
                "/api/vp/",
                "/api/./vp",
                "/api/x/../vp",
                "/api/%2e/vp",
                "/api/vp%2f",
                "/api%2Fvp",
                "/api/vp;a=b",
                "/api/x/..;/vp",
                "/api/vp%00",
                "/api/vp%0d%0aX:y",
                "/api/vp\\",
                "/API/VP",
                "/api/vp/configs",
                "/api/vp/stages/",
                "/api/vp/stages/..%2f..%2fvp",
                "/api/vp/stages/%2e%2e"
            })
    void anotherSpellingOfAPath(String path) throws IOException {
        assertThat(RawSocket.status(server.uri(), path)).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/x/..%2f..%2fpom.xml",
                "/ui/x/../../pom.xml",
                "/ui/x/....//pom.xml",
                "/ui/x/%2e%2e/pom.xml",
                "/ui/../config/custom_pipeline_stages.json",
                "/ui/x/.git/config",
                "/ui/x/index.html%00.js",
                "/ui/x//etc/passwd",
                "/_static/../META-INF/MANIFEST.MF",
                "/_static/lit/..%2f..%2f..%2flogback.xml",
                "/logback.xml",
                "/openapi.yaml/../pom.xml",
                "/ui/",
                "/ui/x/",
                "/_static/"
            })
    void aPathThatLeadsOutOfThePages(String path) throws IOException {
        assertThat(RawSocket.status(server.uri(), path)).isIn(400, 404);
        assertThat(RawSocket.status(server.uri(), "/")).isEqualTo(200);
    }

    @Test
    void aPathOfThousandsOfSegments() throws IOException {
        for (String start : new String[] {"", "/ui/x", "/_static"}) {
            for (int segments : new int[] {500, 2_000, 20_000}) {
                assertThat(RawSocket.status(server.uri(), start + "/a".repeat(segments)))
                        .isIn(404, 414, 400);
            }
        }
    }

    @Test
    void aHeadThatIsTooLong() throws IOException {
        assertThat(RawSocket.status(server.uri(), "/api/vp", "X-Long: " + "x".repeat(100_000)))
                .isIn(431, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 2\r\nContent-Length: 3\r\n",
                "Content-Length : 2\r\n",
                "Content-Length: -1\r\n"
            })
    void headersThatTwoServersWouldReadDifferently(String headers) throws IOException {
        String answer = RawSocket.exchange(
                server.uri(),
                "POST /api/vp/stages HTTP/1.1\r\nHost: " + server.uri().getAuthority()
                        + "\r\nContent-Type: application/json\r\n" + headers + "Connection: close\r\n\r\n{}");
        assertThat(answer).matches("(?s)HTTP/1.1 400 .*");
    }

    @Test
    void anUpgradeToUnencryptedHttp2() throws IOException {
        String answer = RawSocket.exchange(
                server.uri(),
                "GET /api/vp HTTP/1.1\r\nHost: " + server.uri().getAuthority()
                        + "\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
        assertThat(answer).doesNotContain("101 Switching");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "TRACE", "OPTIONS", "PUT", "DELETE"})
    void aMethodThatTheAddressDoesNotTake(String method) {
        Reply reply = http.send(method, "/api/vp", null);
        assertThat(reply.status()).as(reply.toString()).isIn(404, 405, 415);
    }

    @Test
    void anActorThatIsNoName() {
        problem(
                http.post("/api/vp/stages", Stages.manual("actor"), "X-Callboard-Actor", "<script>"),
                400,
                "invalid_actor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a b", "<img onerror>", "A", "x/y"})
    void hostileIds(String id) {
        problem(http.post("/api/vp/stages", Stages.manual(id)), 400, "invalid_stage");
    }

    private static void problem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.code()).isEqualTo(code);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
