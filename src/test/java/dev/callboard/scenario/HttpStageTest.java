package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.HttpStages;
import dev.callboard.testing.Stages;
import dev.callboard.testing.WebStub;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages that call a web service: what is defined is what goes over the wire. */
class HttpStageTest extends HttpStageFixture {
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"})
    void everyMethodArrives(String method) {
        web.answer("/method", exchange -> WebStub.reply(exchange, 204, "text/plain", ""));
        JsonNode ran = stages.run(Map.of("method", method, "url", web.url("/method")), Map.of(), "x");
        assertThat(ran.path("status").asText()).as(ran.toString()).isEqualTo("completed");
        assertThat(ran.path("output").isNull() || ran.path("output").isMissingNode())
                .isTrue();
        assertThat(last().line()).isEqualTo(method + " /method");
        assertThat(last().header("Idempotency-key")).isNotBlank();
        assertThat(last().header("User-agent")).startsWith("Callboard/");
    }

    @Test
    void valuesStayInTheirPlaces() {
        String hostile = "a/../b?c=d&e=f#g\" {{settings.tone}} %2F\u202E";
        JsonNode ran = stages.run(
                Map.of(
                        "method",
                        "POST",
                        "url",
                        "{{settings.base}}/echo?first={{input}}",
                        "query",
                        Map.of("q", "{{input}}", "tag", List.of("a b", "{{settings.count}}")),
                        "headers",
                        Map.of("X-Tone", "<{{settings.tone}}>"),
                        "body",
                        Map.of(
                                "json",
                                Map.of(
                                        "text",
                                        "It is {{input}}",
                                        "list",
                                        List.of("{{settings.count}}", "{{settings.list}}", 7),
                                        "raw",
                                        "{{input}}"))),
                Map.of(
                        "base",
                        web.url(""),
                        "tone",
                        "gr\u00FC\u00DFe",
                        "count",
                        3,
                        "list",
                        List.of(1, Map.of("a", true))),
                hostile,
                Stages.setting("base", "string"),
                Stages.setting("tone", "string"),
                Stages.setting("count", "integer"),
                Stages.setting("list", "json"));
        assertThat(ran.path("status").asText()).as(ran.toString()).isEqualTo("completed");
        String encoded = "a%2F..%2Fb%3Fc%3Dd%26e%3Df%23g%22%20%7B%7Bsettings.tone%7D%7D%20%252F%E2%80%AE";
        assertThat(last().line()).startsWith("POST /echo?first=" + encoded);
        assertThat(last().line()).contains("q=" + encoded).contains("tag=a%20b").contains("tag=3");
        assertThat(new String(last().header("X-tone").getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .isEqualTo("<gr\u00FC\u00DFe>");
        assertThat(last().header("Content-type")).isEqualTo("application/json");
        JsonNode sent = HttpStages.json(last().body());
        assertThat(sent.path("text").asText()).isEqualTo("It is " + hostile);
        assertThat(sent.path("raw").asText()).isEqualTo(hostile);
        assertThat(sent.path("list").toString()).isEqualTo("[3,[1,{\"a\":true}],7]");
    }

    @Test
    void formsTextsAndFilesAreSent() {
        JsonNode form = stages.run(
                Map.of("method", "POST", "url", web.url("/echo"), "body", Map.of("form", Map.of("a b", "{{input}}"))),
                Map.of(),
                "1&c=2");
        assertThat(form.path("output").asText()).as(form.toString()).isEqualTo("a+b=1%26c%3D2");
        assertThat(last().header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
        JsonNode text = stages.run(
                Map.of(
                        "method",
                        "PUT",
                        "url",
                        web.url("/echo"),
                        "headers",
                        Map.of("Content-Type", "text/markdown"),
                        "body",
                        Map.of("text", "# {{input}}")),
                Map.of(),
                "{{task.id}}");
        assertThat(text.path("output").asText()).isEqualTo("# {{task.id}}");
        assertThat(last().header("Content-type")).isEqualTo("text/markdown");
        String blob = stages.upload("\u0000\u0001 bytes", "application/x-own");
        JsonNode file = stages.runOn(
                Map.of("method", "PUT", "url", web.url("/echo"), "body", Map.of("blob", "{{input}}")),
                Map.of(),
                Map.of("blob", blob, "name", "own.bin", "media_type", "application/x-own"));
        assertThat(file.path("status").asText()).as(file.toString()).isEqualTo("completed");
        assertThat(last().body()).isEqualTo("\u0000\u0001 bytes");
        assertThat(last().header("Content-type")).isEqualTo("application/x-own");
        assertThat(last().header("Content-length")).isEqualTo("8");
    }

    @Test
    void aHeaderCannotBeginAnotherOne() {
        int before = web.requests().size();
        for (String value : List.of("a\r\nX-Evil: 1", "a\nb")) {
            JsonNode ran = stages.run(
                    Map.of("url", web.url("/echo"), "headers", Map.of("X-Own", "{{input}}")), Map.of(), value);
            assertThat(ran.path("status").asText()).as(ran.toString()).isEqualTo("failed");
            assertThat(ran.path("error").asText()).contains("X-Own");
        }
        JsonNode up = stages.run(Map.of("url", web.url("/a/{{input}}/b")), Map.of(), "..");
        assertThat(up.path("error").asText()).as(up.toString()).contains("another path");
        assertThat(web.requests()).hasSize(before);
    }

    @Test
    void aSecretArrivesAndIsSeenNowhereElse() {
        String secret = "canary/9 f+\u00e9-b17d2";
        server.http().put("/api/secrets/service", Map.of("value", secret));
        web.answer(
                "/secret",
                exchange -> WebStub.reply(
                        exchange, 403, "text/plain", "no: " + exchange.getRequestURI() + " " + WebStub.body(exchange)));
        JsonNode failed = stages.run(
                Map.of(
                        "method",
                        "POST",
                        "url",
                        web.url("/secret?in={{settings.token}}"),
                        "query",
                        Map.of("t", "{{settings.token}}"),
                        "headers",
                        Map.of("Authorization", "Bearer {{settings.token}}"),
                        "body",
                        Map.of("form", Map.of("t", "{{settings.token}}"))),
                Map.of("token", "secret:service"),
                "x",
                Stages.setting("token", "secret"));
        assertThat(last().line()).contains("t=canary%2F9%20f%2B%C3%A9-b17d2");
        assertThat(new String(
                        last().header("Authorization").getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .isEqualTo("Bearer " + secret);
        String seen = failed
                + server.http()
                        .get("/api/executions/" + failed.path("id").asText() + "/log")
                        .text()
                + server.http()
                        .get("/api/tasks/" + failed.path("task_id").asText() + "/timeline")
                        .text();
        assertThat(failed.path("error").asText()).contains("status 403").contains("•••");
        assertThat(seen).doesNotContain("canary").doesNotContain("b17d2");
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        stages.refused(Map.of(), "url", "missing");
        stages.refused(Map.of("url", "ftp://example.org/"), "url", "http://");
        stages.refused(Map.of("url", "http://a:b@example.org/"), "url", "password");
        stages.refused(Map.of("url", "http://x/{{settings.tine}}"), "url", "never has a value");
        stages.refused(Map.of("url", "http://x/", "method", "BREW"), "method", "");
        stages.refused(Map.of("url", "http://x/", "headers", Map.of("Host", "y")), "headers/Host", "connection");
        stages.refused(Map.of("url", "http://x/", "headers", Map.of("A B", "y")), "headers/A B", "name of a header");
        stages.refused(Map.of("url", "http://x/", "headers", Map.of("A", "y\nz")), "headers/A", "line breaks");
        stages.refused(Map.of("url", "http://x/", "query", Map.of("a", Map.of())), "query/a", "text");
        stages.refused(Map.of("url", "http://x/", "body", Map.of("xml", "")), "body", "json, form, text, blob");
        stages.refused(
                Map.of("url", "http://x/", "body", Map.of("json", Map.of("a/b", List.of("{{nope}}")))),
                "body/json/a~1b/0",
                "never has a value");
        stages.refused(
                Map.of("url", "http://x/", "body", Map.of("text", "a")),
                "body",
                "must not be there with the method GET");
        for (String open : List.of("http://x/{{input", "http://x/{{ }}", "{{input", "http://x/\\{{input}}")) {
            stages.refused(Map.of("url", open), "url", "");
        }
        for (String blob : List.of("report.pdf", "{{input", "")) {
            stages.refused(
                    Map.of("method", "POST", "url", "http://x/", "body", Map.of("blob", blob)), "body/blob", "SHA-256");
        }
        stages.refused(Map.of("url", "http://x/", "expect", List.of(99)), "expect", "200 to 599");
        stages.refused(Map.of("url", "http://x/", "response", "body.("), "response", "");
    }

    @Test
    void theFormSaysWhatMayBeReachedAndWhatNeverCan() {
        JsonNode executors = server.http().get("/api/vp/executors").json().path("items");
        JsonNode http = HttpStages.of(executors, "executor", "http");
        assertThat(http.path("available").asBoolean()).isTrue();
        assertThat(http.path("note").asText()).contains("443").contains("127.0.0.1:" + web.port());
        for (String host : List.of("10.0.0.8", "localhost", "127.0.0.1:1", "[::1]")) {
            JsonNode made = stages.define(Map.of("url", "http://" + host + "/x"), List.of());
            assertThat(made.toString()).contains("can never be reached").contains("network.allow");
        }
        String own = server.uri().getAuthority();
        assertThat(stages.define(Map.of("url", "http://" + own + "/x"), List.of())
                        .toString())
                .contains("can never be reached", "is this server itself")
                .doesNotContain("network.allow");
        JsonNode fine = stages.define(Map.of("url", web.url("/")), List.of());
        assertThat(fine.toString()).doesNotContain("never be reached");
    }
}
