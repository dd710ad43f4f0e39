package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.RawSocket;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no well-behaved client makes are refused, each in its way, and change nothing. */
class HostileRequestsTest extends UntouchedServer {
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

    @Test
    void aHeadThatIsTooLong() throws IOException {
        assertThat(RawSocket.status(server.uri(), "/api/vp", "X-Long: " + "x".repeat(100_000)))
                .isIn(431, 400);
    }

    /** Also what is refused before any part of ours sees a request. */
    @Test
    void aHeadThatCannotBeReadIsAnsweredWithAProblem() throws IOException {
        String host = "Host: " + server.uri().getAuthority() + "\r\n";
        isProblem("GET /api/vp HTTP/1.1\r\n" + host + "X-Long: " + "x".repeat(100_000), 431, "headers_too_large");
        isProblem("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + host, 414, "address_too_long");
        isProblem("GET /api/vp HTTP/1.1\r\n" + host + "Content-Length : 2\r\n", 400, "invalid_request");
        isProblem("GET /api/vp HTTP/1.1\r\n" + host + "X: a\u0000b\r\n", 400, "invalid_request");
    }

    private void isProblem(String head, int status, String code) throws IOException {
        String answer = RawSocket.exchange(server.uri(), head + "\r\n\r\n");
        assertThat(answer)
                .matches("(?s)HTTP/1.[01] " + status + " .*")
                .containsIgnoringCase("content-type: application/problem+json")
                .containsIgnoringCase("connection: close")
                .contains("\"status\":" + status, "\"code\":\"" + code + "\"", "\"title\":", "\"detail\":");
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
    @ValueSource(strings = {"PATCH", "TRACE", "PUT", "DELETE"})
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
}
