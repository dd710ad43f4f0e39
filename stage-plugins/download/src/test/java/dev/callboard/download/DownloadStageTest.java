package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.StageFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadStageTest extends DownloadFixture {
    private static final String SHA_OF_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @Test
    void fetchesThroughRedirectsAndKeepsTheBytes() throws Exception {
        server.on("/start", 302, "moved ".repeat(50_000), "Location: /next?a=1")
                .on("/next?a=1", 307, "", "Location: " + server.url("/papers/hello.txt"))
                .on("/papers/hello.txt", 200, "hello", "Content-Type: text/plain; charset=utf-8");
        Map<?, ?> file = context.file(server.url("/start"));
        assertThat(context.text(file)).isEqualTo("hello");
        assertThat(file.get("url")).isEqualTo(server.url("/start"));
        assertThat(file.get("final_url")).isEqualTo(server.url("/papers/hello.txt"));
        assertThat(file.get("sha256")).isEqualTo(SHA_OF_HELLO);
        assertThat(file.get("blob")).isEqualTo(SHA_OF_HELLO);
        assertThat(file.get("size")).isEqualTo(5L);
        assertThat(file.get("media_type")).isEqualTo("text/plain");
        assertThat(file.get("name")).isEqualTo("hello.txt");
        assertThat(file.get("attempts")).isEqualTo(1);
        assertThat(context.written().get("downloads")).isEqualTo(Map.of("total", 1, "ok", 1, "failed", 0));
        assertThat(context.written().get("download_errors")).isEqualTo(List.of());
        assertThat(context.lines()).containsExactly(server.url("/start") + ": 5 bytes, text/plain, kept as hello.txt.");
        assertThat(server.requests)
                .allSatisfy(
                        request -> assertThat(request.header("Accept-Encoding")).isEqualTo("identity"))
                .allSatisfy(request -> assertThat(request.header("User-Agent")).isEqualTo("callboard-download/0.1.0"))
                .allSatisfy(request ->
                        assertThat(request.headers()).doesNotContainKeys("cookie", "authorization", "referer"));
    }

    @Test
    void moreThanFiveRedirectsAreTooMany() throws Exception {
        for (int i = 0; i < 7; i++) {
            server.on("/" + i, 302, "", "Location: /" + (i + 1));
        }
        server.on("/7", 200, "x");
        assertThat(context.error(server.url("/0")).get("code")).isEqualTo("too_many_redirects");
        assertThat(server.connections).hasValue(6);
        assertThat(context.file(server.url("/2")).get("final_url")).isEqualTo(server.url("/7"));
    }

    @Test
    void aWaitingServerIsGivenTheTimeItAsksFor() throws Exception {
        server.on("/busy", (request, out) -> {
            switch (request.number()) {
                case 1 -> TestServer.head(out, 429, "Retry-After: 7", "Content-Length: 0\r\n");
                case 2 ->
                    TestServer.head(out, 503, "Retry-After: Sun, 01 Mar 2026 12:00:27 GMT", "Content-Length: 0\r\n");
                case 3 -> TestServer.head(out, 504, "Content-Length: 0\r\n");
                default -> TestServer.head(out, 200, "Content-Length: 2\r\n\r\nok");
            }
        });
        assertThat(context.file(server.url("/busy")).get("attempts")).isEqualTo(4);
        assertThat(context.waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(20), Duration.ofSeconds(4));
        assertThat(context.lines()).hasSize(4).first().asString().contains("429", "Try 2 of 4 follows in 7 s.");
    }

    @Test
    void waitsAreBounded() throws Exception {
        server.on("/busy", 503, "", "Retry-After: 3600");
        Map<?, ?> error = context.error(server.url("/busy"));
        assertThat(error.get("code")).isEqualTo("http_status");
        assertThat(error.get("status")).isEqualTo(503);
        assertThat(error.get("attempts")).isEqualTo(1);
        assertThat((String) error.get("detail")).contains("3600 s", "max_wait_seconds (60)");
        assertThat(context.waits).isEmpty();

        server.on("/soon", 503, "", "Retry-After: 20");
        context.deadline(TestContext.START.plusSeconds(10));
        assertThat((String) context.error(server.url("/soon")).get("detail")).contains("no time left");
        assertThat(context.waits).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"502, 4", "503, 4", "504, 4", "429, 4", "500, 1", "404, 1", "403, 1", "204, 1", "206, 1", "304, 1"})
    void onlyWhatMayPassIsTriedAgain(int status, int attempts) throws Exception {
        server.on("/file", status, "");
        Map<?, ?> error = context.error(server.url("/file"));
        assertThat(error.get("status")).isEqualTo(status);
        assertThat(error.get("attempts")).isEqualTo(attempts);
        assertThat(server.count("/file")).isEqualTo(attempts);
        assertThat(context.waits)
                .isEqualTo(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))
                        .subList(0, attempts - 1));
    }

    @Test
    void oneFailureFailsTheStageUnlessItIsToContinue() throws Exception {
        server.on("/good", 200, "good").on("/gone", 410, "").on("/busy", 503, "");
        context.with("urls", List.of(server.url("/good"), server.url("/gone?key=secret"), server.url("/busy")))
                .with("attempts", 1);
        StageFailure failure = context.failure();
        assertThat(failure.code()).isEqualTo("download_failed");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.getMessage())
                .startsWith("2 of 3 files could not be fetched. ")
                .contains("/gone?…: The server answered 404 Not Found.", "/busy: The server answered 503")
                .doesNotContain("secret");

        Map<?, ?> output = context.with("on_error", "continue").run();
        assertThat(TestContext.files(output)).hasSize(1);
        assertThat(TestContext.maps(output.get("errors")))
                .extracting(error -> error.get("status"))
                .isEqualTo(List.of(404, 503));
        assertThat(context.written().get("downloads")).isEqualTo(Map.of("total", 3, "ok", 1, "failed", 2));
        assertThat(context.written().get("download_errors").toString())
                .contains("http_status")
                .doesNotContain("secret");
        assertThat(new DownloadPlugin()
                        .stages()
                        .get(0)
                        .metadata()
                        .outputCounter()
                        .count(output))
                .isEqualTo(1);
    }

    @Test
    void theStageMayBeTriedAgainWhenAllFailuresMayPass() throws Exception {
        server.on("/busy", 503, "");
        context.with("urls", server.url("/busy")).with("attempts", 1);
        assertThat(context.failure().retryable()).isTrue();
    }

    @Test
    void aFileWithAnotherChecksumIsNotKept() throws Exception {
        server.on("/hello", 200, "hello").on("/other", 200, "other");
        context.with("on_error", "continue")
                .with(
                        "urls",
                        List.of(
                                Map.of(
                                        "url",
                                        server.url("/hello"),
                                        "sha256",
                                        SHA_OF_HELLO.toUpperCase(java.util.Locale.ROOT),
                                        "name",
                                        "a.txt"),
                                Map.of("url", server.url("/other"), "sha256", SHA_OF_HELLO)));
        Map<?, ?> output = context.run();
        assertThat(TestContext.files(output)).hasSize(1).first().satisfies(file -> assertThat(file.get("name"))
                .isEqualTo("a.txt"));
        assertThat(TestContext.maps(output.get("errors")).get(0).get("code")).isEqualTo("checksum_mismatch");
        assertThat(context.blobs().count()).isEqualTo(1);
        assertThat(server.count("/other")).isEqualTo(1);
    }

    @Test
    void typesAreTakenFromTheHeaderElseFromTheBytes() throws Exception {
        context.with("types", List.of("application/pdf", "text/*"));
        server.on("/a", 200, "%PDF-1.7 x", "Content-Type: Application/PDF; x=y")
                .on("/b", 200, "%PDF-1.7 x", "Content-Type: application/octet-stream")
                .on("/c", 200, "<!DOCTYPE html><p>x")
                .on("/d", 200, "PK\u0003\u0004 zip")
                .on("/e", 200, "%PDF-1.7 x", "Content-Type: image/png");
        assertThat(context.file(server.url("/a")).get("media_type")).isEqualTo("application/pdf");
        assertThat(context.file(server.url("/b")).get("media_type")).isEqualTo("application/pdf");
        assertThat(context.file(server.url("/c")).get("media_type")).isEqualTo("text/html");
        TestContext other = new TestContext().with("types", List.of("application/pdf", "text/*"));
        assertThat((String) other.error(server.url("/d")).get("detail"))
                .contains("application/zip", "application/pdf, text/*");
        assertThat(other.error(server.url("/e")).get("code")).isEqualTo("unsupported_media_type");
    }

    @Test
    void nothingIsLeftInTheTemporaryFolder() throws Exception {
        java.nio.file.Path temp = java.nio.file.Path.of(System.getProperty("java.io.tmpdir"));
        server.on("/good", 200, "good").on("/bad", 500, "x".repeat(5000).getBytes(StandardCharsets.UTF_8));
        context.with("urls", server.url("/good") + "\n\n" + server.url("/bad") + "\n")
                .with("on_error", "continue")
                .run();
        try (var left = java.nio.file.Files.list(temp)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("callboard-download-")))
                    .isEmpty();
        }
    }
}
