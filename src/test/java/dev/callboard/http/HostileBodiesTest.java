package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.RawSocket;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too large, no JSON, or no stage are refused and change nothing. */
class HostileBodiesTest extends UntouchedServer {
    @Test
    void aBodyOfTwoMebibytes() {
        Map<String, Object> stage = Stages.manual("big");
        stage.put("description", "x".repeat(2 << 20));
        Reply refused = http.post("/api/vp/stages", stage);
        problem(refused, 413, "body_too_large");
        assertThat(refused.at("/detail").asText())
                .isEqualTo("The body has more than " + (1 << 20)
                        + " bytes, the most that this server takes (limits.body_bytes).");
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
    @ValueSource(strings = {"../x", "a b", "<img onerror>", "A", "x/y"})
    void hostileIds(String id) {
        problem(http.post("/api/vp/stages", Stages.manual(id)), 400, "invalid_stage");
    }
}
