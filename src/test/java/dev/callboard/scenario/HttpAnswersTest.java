package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.WebStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a web service answers is what a stage puts out, or why it fails. */
class HttpAnswersTest extends HttpStageFixture {
    @Test
    void jsonIsAValueLargeAnswersAreFiles() {
        web.answer("/json", exchange -> WebStub.reply(exchange, 200, "application/json", "{\"a\": [1, 2]}"));
        web.answer("/large", exchange -> WebStub.reply(exchange, 200, "text/csv", "x".repeat(1_500_000)));
        web.answer("/bytes.bin", exchange -> WebStub.reply(exchange, 200, "image/png", new byte[] {1, 2, 3}));
        web.answer("/broken", exchange -> WebStub.reply(exchange, 200, "application/json", "{\"a\": "));
        assertThat(stages.run(Map.of("url", web.url("/json")), Map.of(), "x")
                        .path("output")
                        .toString())
                .isEqualTo("{\"a\":[1,2]}");
        JsonNode large =
                stages.run(Map.of("url", web.url("/large")), Map.of(), "x").path("output");
        assertThat(large.path("size").asLong()).as(large.toString()).isEqualTo(1_500_000);
        assertThat(large.path("media_type").asText()).isEqualTo("text/csv");
        assertThat(server.http()
                        .get("/api/blobs/" + large.path("blob").asText())
                        .status())
                .isEqualTo(200);
        JsonNode bytes =
                stages.run(Map.of("url", web.url("/bytes.bin")), Map.of(), "x").path("output");
        assertThat(bytes.path("name").asText()).as(bytes.toString()).isEqualTo("bytes.bin");
        assertThat(bytes.path("size").asLong()).isEqualTo(3);
        JsonNode broken = stages.run(Map.of("url", web.url("/broken")), Map.of(), "x");
        assertThat(broken.path("error").asText()).as(broken.toString()).contains("says that it is JSON");
    }

    @Test
    void theResponseIsMappedByAnExpression() {
        web.answer("/items", exchange -> {
            exchange.getResponseHeaders().set("X-Total", "2");
            WebStub.reply(exchange, 200, "application/json", "{\"items\": [{\"id\": 1}, {\"id\": 2}]}");
        });
        JsonNode ran = stages.run(
                Map.of(
                        "url",
                        web.url("/items"),
                        "response",
                        "{\"ids\": body.items.id, \"total\": $number(headers.`x-total`), \"status\": status}"),
                Map.of(),
                "x");
        assertThat(ran.path("output").toString())
                .as(ran.toString())
                .isEqualTo("{\"ids\":[1,2],\"total\":2,\"status\":200}");
    }

    @Test
    void otherStatusesFailWithWhatWasSaid() {
        web.answer(
                "/missing",
                exchange -> WebStub.reply(exchange, 404, "text/plain", "No such\nthing \u202E" + "y".repeat(5_000)));
        JsonNode failed = stages.run(Map.of("url", web.url("/missing")), Map.of(), "x");
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("error").asText())
                .contains("status 404")
                .contains("It said: No such thing")
                .hasSizeLessThan(700);
        JsonNode expected = stages.run(Map.of("url", web.url("/missing"), "expect", List.of(200, 404)), Map.of(), "x");
        assertThat(expected.path("status").asText()).as(expected.toString()).isEqualTo("completed");
        assertThat(stages.run(Map.of("url", web.url("/echo"), "expect", List.of(404)), Map.of(), "x")
                        .path("error")
                        .asText())
                .contains("status 200");
        web.answer("/moved", exchange -> WebStub.redirect(exchange, 302, "/echo"));
        assertThat(stages.run(Map.of("url", web.url("/moved"), "expect", List.of(302)), Map.of(), "x")
                        .path("status")
                        .asText())
                .isEqualTo("completed");
    }

    @Test
    void aPolicyAttemptsItAgainUnderTheSameKeyAndNotTooSoon() {
        AtomicInteger asked = new AtomicInteger();
        int before = web.requests().size();
        web.answer("/busy", exchange -> {
            if (asked.incrementAndGet() == 1) {
                exchange.getResponseHeaders().set("Retry-After", "2");
                WebStub.reply(exchange, 503, "text/plain", "busy");
            } else {
                WebStub.reply(exchange, 200, "text/plain", "done");
            }
        });
        JsonNode attempts = stages.attempts(
                Map.of("method", "POST", "url", web.url("/busy")), Map.of("max_attempts", 2, "delay_seconds", 0.1));
        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(1).path("output").asText())
                .as(attempts.toString())
                .isEqualTo("done");
        List<WebStub.Request> both =
                web.requests().subList(before, web.requests().size());
        assertThat(both.get(0).header("Idempotency-key")).isEqualTo(both.get(1).header("Idempotency-key"));
        assertThat(Duration.between(
                        Instant.parse(attempts.get(0).path("completed_at").asText()),
                        Instant.parse(attempts.get(1).path("started_at").asText())))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1_900));
    }

    @Test
    void cancelEndsTheRequest() {
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        web.answer("/forever", exchange -> {
            asked.complete(null);
            over.join();
        });
        String task = stages.start(Map.of("url", web.url("/forever")), Map.of(), Map.of("text", "x"), Map.of());
        asked.join();
        Reply cancelled = server.http().post("/api/tasks/" + task + "/cancel", Map.of());
        assertThat(cancelled.status()).as(cancelled.toString()).isEqualTo(200);
        assertThat(stages.ended(task).path("status").asText()).isEqualTo("cancelled");
        over.complete(null);
    }
}
