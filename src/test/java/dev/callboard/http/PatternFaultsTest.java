package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A value that does not match a pattern of the contract is answered with the pattern. */
class PatternFaultsTest extends UntouchedServer {
    private static void faulty(Reply reply, String pointer, String pattern) {
        problem(reply, 400, "invalid_request");
        assertThat(reply.at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(reply.at("/errors/0/detail").asText()).isEqualTo("must match the pattern " + pattern);
        assertThat(reply.at("/detail").asText()).contains(pattern);
    }

    @Test
    void ofAQuery() {
        faulty(http.get("/api/audit?kind=9"), "/query/kind", "^[a-z_]+\\.?[a-z_]*(,[a-z_]+\\.?[a-z_]*){0,15}$");
    }

    @Test
    void ofAListInAQuery() {
        faulty(http.get("/api/search?q=a&facet=9"), "/query/facet/0", "^[a-z][a-z0-9_]{0,39}:.");
    }

    @Test
    void ofABody() {
        faulty(
                http.post("/api/work/take", Map.of("types", List.of("there"), "name", "a b")),
                "/name",
                "^[A-Za-z0-9][A-Za-z0-9._@:-]{0,63}$");
    }
}
