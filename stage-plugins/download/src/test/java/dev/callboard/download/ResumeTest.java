package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers that break off, and go on only with what is surely the same file. */
@Timeout(60)
class ResumeTest extends DownloadFixture {
    private static void rest(OutputStream out, int from, String... headers) throws IOException {
        TestServer.head(out, 206, headers);
        TestServer.write(out, "Content-Length: " + (FILE.length - from) + "\r\n\r\n");
        out.write(FILE, from, FILE.length - from);
    }

    private void assertWhole(Map<?, ?> file) throws Exception {
        assertThat(context.blobs().open((String) file.get("blob")).readAllBytes())
                .isEqualTo(FILE);
    }

    @Test
    void goesOnWhereAStrongETagProvesThatItIsTheSame() throws Exception {
        server.on("/file", (request, out) -> {
            switch (request.number()) {
                case 1 -> breakOff(out, 100_000, "ETag: \"v1\"");
                case 2 -> {
                    TestServer.head(
                            out,
                            206,
                            "ETag: \"v1\"",
                            "Content-Range: bytes 100000-199999/200000",
                            "Content-Length: 100000\r\n");
                    out.write(FILE, 100_000, 50_000);
                }
                case 3 -> TestServer.head(out, 503, "Content-Length: 0\r\n");
                default -> rest(out, 150_000, "ETag: \"v1\"", "Content-Range: bytes 150000-199999/200000");
            }
        });
        Map<?, ?> file = context.file(server.url("/file"));
        assertWhole(file);
        assertThat(file.get("attempts")).isEqualTo(4);
        assertThat(server.requests)
                .extracting(request -> request.header("Range"))
                .containsExactly("", "bytes=100000-", "bytes=150000-", "bytes=150000-");
        assertThat(server.requests.get(1).header("If-Range")).isEqualTo("\"v1\"");
        assertThat(context.lines()).first().asString().contains("from byte 100000 on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETag: W/\"v1\"", "Last-Modified: Sun, 01 Mar 2026 12:00:00 GMT", "ETag: v1"})
    void startsAgainWithoutAStrongETag(String header) throws Exception {
        server.on("/file", (request, out) -> breakOff(out, request.number() == 1 ? 100_000 : FILE.length, header));
        assertWhole(context.file(server.url("/file")));
        assertThat(server.requests)
                .extracting(request -> request.header("Range"))
                .containsExactly("", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"v2\" | bytes 100000-199999/200000",
                "\"v1\" | bytes 100001-200000/200001",
                "\"v1\" | bytes 0-99999/200000",
                "\"v1\" | bytes 100000-199999/300000",
                "\"v1\" | bytes 100000-150000/200000",
                "\"v1\" | octets 100000-199999/200000",
                "W/\"v1\" | bytes 100000-199999/200000",
            })
    void startsAgainWhenTheRestIsOfSomethingElse(String etag, String range) throws Exception {
        server.on("/file", (request, out) -> {
            switch (request.number()) {
                case 1 -> breakOff(out, 100_000, "ETag: \"v1\"");
                case 2 -> rest(out, 100_000, "ETag: " + etag, "Content-Range: " + range);
                default -> breakOff(out, FILE.length, "ETag: \"v2\"");
            }
        });
        Map<?, ?> file = context.file(server.url("/file"));
        assertWhole(file);
        assertThat(file.get("attempts")).isEqualTo(2);
        assertThat(server.requests)
                .extracting(request -> request.header("Range"))
                .containsExactly("", "bytes=100000-", "");
    }

    @Test
    void startsAgainWhenTheServerSendsAllOrNothing() throws Exception {
        server.on(
                "/all",
                (request, out) -> breakOff(
                        out, request.number() == 1 ? 100_000 : FILE.length, "ETag: \"v" + request.number() + "\""));
        server.on("/none", (request, out) -> {
            switch (request.number()) {
                case 1 -> breakOff(out, 100_000, "ETag: \"v1\"");
                case 2 -> TestServer.head(out, 416, "Content-Length: 0\r\n");
                default -> breakOff(out, FILE.length);
            }
        });
        assertWhole(context.file(server.url("/all")));
        assertWhole(context.file(server.url("/none")));
        assertThat(server.requests)
                .extracting(request -> request.header("Range"))
                .containsExactly("", "bytes=100000-", "", "bytes=100000-", "");
    }
}
