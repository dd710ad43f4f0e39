package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.testing.RawSocket;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is known outside by another address than its own. */
class PublicUrlTest {
    private static final String ORIGIN = "https://board.example.org";

    @TempDir
    Path folder;

    /** Clients are made from these: they must call the server from which they were read. */
    @Test
    void theContractsNameTheAddressByWhichTheServerIsReached() {
        try (TestServer server = behind(ORIGIN + "/board")) {
            assertThat(server.http().get("/openapi.yaml").text())
                    .contains("servers:\n  - url: " + ORIGIN + "/board/\n");
            assertThat(server.http().get("/asyncapi.yaml").text())
                    .contains("host: \"board.example.org\"\n    protocol: wss\n    pathname: /board/ws\n");
        }
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.http().get("/openapi.yaml").text()).contains("servers:\n  - url: /\n");
            assertThat(server.http().get("/asyncapi.yaml").text())
                    .contains("host: \"" + server.uri().getAuthority() + "\"\n    protocol: ws\n    pathname: /ws\n");
        }
    }

    @Test
    void itsOwnPagesChangeThingsAndAreLive() throws IOException {
        try (TestServer server = behind(ORIGIN + "/board")) {
            Reply added = server.http()
                    .post(
                            "/api/vp/stages",
                            Stages.manual("a"),
                            "Origin",
                            ORIGIN,
                            "X-Forwarded-Proto",
                            "https",
                            "X-Forwarded-For",
                            "10.0.0.7");
            assertThat(added.status()).as(added.toString()).isEqualTo(200);
            try (RawSocket socket = RawSocket.connect(server.uri())) {
                assertThat(socket.upgrade(server.uri(), "Origin: " + ORIGIN)).startsWith("HTTP/1.1 101 ");
            }
            assertThat(RawSocket.exchange(
                            server.uri(),
                            "GET /api/vp HTTP/1.1\r\nHost: board.example.org\r\nForwarded: proto=https\r\n"
                                    + "Connection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
            for (String foreign : new String[] {"https://evil.example", "http://board.example.org", ORIGIN + ":444"}) {
                Reply refused = server.http().post("/api/vp/stages", Stages.manual("b"), "Origin", foreign);
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.code()).isEqualTo("foreign_origin");
                assertThat(refused.at("/detail").asText()).contains(foreign, ORIGIN, "server.public_url");
            }
            assertThat(
                            RawSocket.exchange(
                                    server.uri(),
                                    "POST /api/tasks HTTP/1.1\r\nHost: board.example.org\r\nOrigin: http://board.example.org\r\n"
                                            + "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"))
                    .as("the public name without its encryption")
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void itsPagesNameAllTheirFilesUnderItsPath() {
        try (TestServer server = behind(ORIGIN + "/board/")) {
            String page = server.http().get("/tasks").text();
            assertThat(page)
                    .contains("<meta name=\"callboard-prefix\" content=\"/board\">", "\"/board/_static/")
                    .doesNotContain("\"/ui/", "\"/_static/", "{{");
        }
    }

    @Test
    void withoutItWhatComesThroughAProxyIsRefusedWithTheReason() throws IOException {
        try (TestServer server = TestServer.start(folder)) {
            for (String header :
                    new String[] {"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"}) {
                Reply reply = server.http().get("/", header, "x");
                assertThat(reply.status()).as(header).isEqualTo(403);
                assertThat(reply.code()).isEqualTo("no_public_url");
                assertThat(reply.at("/detail").asText()).contains("server.public_url");
            }
            assertThat(RawSocket.exchange(
                            server.uri(), "GET / HTTP/1.1\r\nHost: my-machine\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421 ")
                    .contains("server.public_url");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "board.example.org",
                "ftp://board.example.org",
                "https://ann@board.example.org",
                "https://board.example.org/a?b",
                "https://board.example.org/../a",
                "https://board.example.org/a b"
            })
    void anAddressThatIsNoneStopsTheStart(String address) {
        assertThatThrownBy(() -> behind(address)).hasStackTraceContaining("server.public_url must be an address");
    }

    private TestServer behind(String address) {
        return TestServer.start(folder, Map.of("server.public_url", address));
    }
}
