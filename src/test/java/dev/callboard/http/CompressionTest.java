package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever takes gzip gets the same content smaller; caches and clients without it are told what they have. */
class CompressionTest extends PaletteApiFixture {
    private static final String PALETTE = "/api/vp/stages";

    @Test
    void whatIsServedAgainAndAgainComesWithGzipOrPlain() throws IOException {
        for (String path : addresses()) {
            Reply plain = http.get(path);
            Reply gzip = http.get(path, "Accept-Encoding", "gzip");
            assertThat(plain.status()).as(path).isEqualTo(200);
            assertThat(plain.header("Content-Encoding")).as(path).isEmpty();
            assertThat(gzip.header("Content-Encoding")).as(path).isEqualTo("gzip");
            assertThat(gzip.bytes().length).as(path).isLessThan(plain.bytes().length);
            assertThat(decompressed(gzip)).as(path).isEqualTo(plain.bytes());
            for (Reply each : List.of(plain, gzip)) {
                assertThat(vary(each)).as(path).contains("accept-encoding");
                assertThat(each.header("ETag")).as(path).isEqualTo(plain.header("ETag"));
                assertThat(each.header("Content-Type")).as(path).isEqualTo(plain.header("Content-Type"));
                assertThat(each.header("Content-Length")).as(path).isEqualTo("" + each.bytes().length);
            }
        }
    }

    @Test
    void whoHasItAlreadyGets304InEitherEncoding() {
        for (String path : addresses()) {
            String etag = http.get(path, "Accept-Encoding", "gzip").header("ETag");
            for (String encoding : List.of("gzip", "identity")) {
                Reply again = http.get(path, "Accept-Encoding", encoding, "If-None-Match", etag);
                assertThat(again.status()).as(path).isEqualTo(304);
                assertThat(again.bytes()).isEmpty();
                assertThat(again.header("ETag")).isEqualTo(etag);
                assertThat(again.header("Content-Encoding")).isEmpty();
                assertThat(vary(again)).contains("accept-encoding");
                Reply other = http.get(path, "Accept-Encoding", encoding, "If-None-Match", "\"other\"");
                assertThat(other.status()).isEqualTo(200);
            }
        }
    }

    @Test
    void headSaysWhatGetWouldSend() {
        for (String path : addresses()) {
            for (String encoding : List.of("gzip", "identity")) {
                Reply get = http.get(path, "Accept-Encoding", encoding);
                Reply head = http.send("HEAD", path, null, "Accept-Encoding", encoding);
                assertThat(head.status()).as(path).isEqualTo(200);
                assertThat(head.bytes()).isEmpty();
                for (String name : List.of("ETag", "Vary", "Content-Type", "Content-Encoding", "Cache-Control")) {
                    assertThat(head.header(name)).as(path + " " + name).isEqualTo(get.header(name));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZip",
                "*",
                "gzip;q=0.5",
                "br, gzip;q=0.1",
                "deflate, gzip, br",
                "gzip;q=1, identity;q=0"
            })
    void whoTakesGzipGetsIt(String accepted) throws IOException {
        Reply reply = http.get(PALETTE, "Accept-Encoding", accepted);
        assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(decompressed(reply)).isEqualTo(http.get(PALETTE).bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip;q=0",
                "gzip;q=0.0",
                "gzip;q=0, *",
                "*;q=0",
                "br",
                "deflate",
                "identity",
                "gzip;q=0.2, identity;q=0.8",
                "gzipped",
                ",",
                ";q=1",
                ""
            })
    void whoDoesNotTakeGzipGetsThePlainBytes(String accepted) {
        Reply reply = http.get(PALETTE, "Accept-Encoding", accepted);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Encoding")).isEmpty();
        assertThat(reply.text()).startsWith("{\"epoch\"");
    }

    @Test
    void smallAnswersAreNotCompressed() {
        for (String path : List.of("/health/live", "/api/vp", "/manifest.webmanifest", "/api/nothing")) {
            Reply reply = http.get(path, "Accept-Encoding", "gzip");
            assertThat(reply.bytes().length).as(path).isLessThan(CachedBody.SMALLEST_COMPRESSED);
            assertThat(reply.header("Content-Encoding")).as(path).isEmpty();
            assertThat(vary(reply)).as(path).contains("accept-encoding");
        }
    }

    @Test
    void theNextRevisionIsSentAtOnceInBothEncodings() throws IOException {
        String before = http.get(PALETTE, "Accept-Encoding", "gzip").header("ETag");
        server.add("compressed-next");
        Reply gzip = http.get(PALETTE, "Accept-Encoding", "gzip", "If-None-Match", before);
        assertThat(gzip.status()).isEqualTo(200);
        assertThat(gzip.header("ETag")).isNotEqualTo(before).matches("\"[^\"]+-\\d+\"");
        assertThat(decompressed(gzip))
                .isEqualTo(http.get(PALETTE).bytes())
                .asString()
                .contains("\"compressed-next\"");
    }

    @Test
    void theContractOfTheFeedNamesTheAddressThatEachClientUses() throws IOException {
        String other = "localhost:" + server.uri().getPort();
        String first = http.get("/asyncapi.yaml").text();
        assertThat(first).contains("host: \"127.0.0.1:").doesNotContain(other);
        Reply gzip = Http.at(URI.create("http://" + other)).get("/asyncapi.yaml", "Accept-Encoding", "gzip");
        assertThat(decompressed(gzip)).asString().contains("host: \"" + other + "\"");
        assertThat(http.get("/asyncapi.yaml").text()).isEqualTo(first);
    }

    /** The palette, the contracts, a page, and what the page names: files of ours and of libraries. */
    private static List<String> addresses() {
        String page = http.get("/").text();
        return List.of(
                PALETTE,
                "/openapi.yaml",
                "/asyncapi.yaml",
                "/",
                "/sw.js",
                found("/ui/[^\"]+/css/base\\.css", page),
                found("/_static/[^\"]+\\.js", page));
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group();
    }

    private static String vary(Reply reply) {
        return reply.header("Vary").toLowerCase(Locale.ROOT);
    }

    private static byte[] decompressed(Reply reply) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(reply.bytes()))) {
            return in.readAllBytes();
        }
    }
}
