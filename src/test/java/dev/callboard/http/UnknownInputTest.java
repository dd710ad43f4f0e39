package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.RawSocket;
import dev.callboard.testing.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operation does not know is refused by its name, and never ignored. */
class UnknownInputTest extends UntouchedServer {
    @Test
    void aMisspeltMemberOfAnApproval() {
        Reply reply = http.post("/api/tasks/any/approve", Map.of("selected_stages", List.of("x"), "note", "ok"));
        problem(reply, 400, "invalid_request");
        assertThat(reply.at("/errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/selected_stages", "/note");
        assertThat(reply.at("/errors").findValuesAsText("detail"))
                .anyMatch(detail -> detail.contains("did you mean 'selected_stage_ids'?"));
    }

    @Test
    void anUnknownMemberDeepInside() {
        Reply reply = http.put(
                "/api/tasks/any/stages", Map.of("stages", List.of(Map.of("stage_template_id", "a", "sort", 1))));
        problem(reply, 400, "invalid_request");
        assertThat(reply.at("/errors/0/pointer").asText()).isEqualTo("/stages/0/sort");
    }

    @Test
    void aBodyWhereThereIsNone() {
        problem(http.post("/api/vp/restore", Map.of("force", true)), 400, "invalid_request");
        problem(http.send("DELETE", "/api/tasks/any", Map.of("reason", "x")), 400, "invalid_request");
        problem(http.send("GET", "/api/tasks", "{}"), 400, "invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/projects?archive=true, /query/archive, did you mean 'archived'?",
        "/api/vp?verbose=1, /query/verbose, none is",
        "/api/tasks?stauts=running&limit=5, /query/stauts, did you mean 'status'?",
        "/api/tasks?limit=5&limit=6, /query/limit, is there 2 times",
        "/api/tasks?limit=, /query/limit, must be a whole number",
        "/api/tasks?limit=5.0, /query/limit, must be a whole number",
        "/api/projects?archived=yes, /query/archived, must be true or false",
        "/api/audit?subject=a;b, /query/subject, %3B"
    })
    void aQueryThatIsNotKnown(String path, String pointer, String detail) {
        Reply reply = http.get(path);
        problem(reply, 400, "invalid_request");
        assertThat(reply.at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(reply.at("/errors/0/detail").asText()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%25", "%22quoted%22", "-5", "%5B1%5D", "true", "a+b", "a%2Bb", "1e5"})
    void aTextThatLooksLikeSomethingElse(String text) {
        assertThat(http.get("/api/audit?subject=" + text).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/tasks/%",
                "/api/tasks/%zz",
                "/api/tasks/%ff",
                "/api/tasks?limit=%",
                "/api/tasks?%",
                "/api/tasks?status=%C3%28"
            })
    void aBadEscape(String path) throws IOException {
        String answer = get(path, "");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"invalid_request\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: 127.0.0.1\r\n",
                "X-Callboard-Actor: ann\r\nX-Callboard-Actor: bob\r\n",
                "Idempotency-Key: a\r\nIdempotency-Key: b\r\n"
            })
    void aHeaderThatIsThereTwice(String headers) throws IOException {
        assertThat(get("/api/vp", headers)).startsWith("HTTP/1.1 400 ").contains("is there more than once");
    }

    @Test
    void aBodyThatIsPacked() {
        for (String encoding : new String[] {"gzip", "br", "nonsense"}) {
            Reply reply = server.http().post("/api/tasks", Map.of("title", "T"), "Content-Encoding", encoding);
            assertThat(reply.status()).as(encoding).isEqualTo(415);
            assertThat(reply.code()).isEqualTo("unsupported_content_encoding");
        }
    }

    @Test
    void anExpectationThatNobodyKnows() throws IOException {
        assertThat(get("/api/vp", "Expect: junk\r\n")).startsWith("HTTP/1.1 417 ");
        String post = "POST /api/vp/restore HTTP/1.1\r\nHost: " + server.uri().getAuthority()
                + "\r\nExpect: junk\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        assertThat(RawSocket.exchange(server.uri(), post)).startsWith("HTTP/1.1 417 ");
    }

    @Test
    void anAddressOfAnotherHostSentWhole() throws IOException {
        assertThat(get("http://evil.example/api/vp", "")).startsWith("HTTP/1.1 421 ");
        assertThat(get("http://" + server.uri().getAuthority() + "/api/vp", "")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aMediaTypeInCapitals() {
        Reply reply = http.post("/api/vp/validate", "{\"nodes\":[],\"edges\":[]}", "Content-Type", "APPLICATION/JSON");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    private static String get(String path, String headers) throws IOException {
        return RawSocket.exchange(
                server.uri(),
                "GET " + path + " HTTP/1.1\r\nHost: " + server.uri().getAuthority() + "\r\n" + headers
                        + "Connection: close\r\n\r\n");
    }
}
