package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encodings that nobody asked for, and names that are paths. */
@Timeout(60)
class ContentTest extends DownloadFixture {
    @Test
    void gzipThatWasNotAskedForIsUnpacked() throws Exception {
        server.on("/page", 200, gzip("<html>hello</html>".getBytes(StandardCharsets.UTF_8)), "Content-Encoding: gzip")
                .on("/archive.gz", 200, gzip(FILE), "Content-Encoding: x-gzip", "Content-Type: application/x-gzip")
                .on("/liar", 200, "plain", "Content-Encoding: gzip")
                .on("/brotli", 200, "x", "Content-Encoding: br");
        Map<?, ?> page = context.file(server.url("/page"));
        assertThat(context.text(page)).isEqualTo("<html>hello</html>");
        assertThat(page.get("media_type")).isEqualTo("text/html");
        assertThat(page.get("size")).isEqualTo(18L);
        assertThat(context.blobs()
                        .open((String) context.file(server.url("/archive.gz")).get("blob"))
                        .readAllBytes())
                .isEqualTo(gzip(FILE));
        assertThat(new TestContext().error(server.url("/liar")).get("code")).isEqualTo("bad_answer");
        assertThat(new TestContext().error(server.url("/brotli")).get("code")).isEqualTo("unsupported_encoding");
    }

    @Test
    void aGzipBombIsNotUnpacked() throws Exception {
        byte[] bomb = gzip(new byte[50_000_000]);
        server.on("/bomb", 200, bomb, "Content-Encoding: gzip", "Content-Type: text/plain");
        assertThat(bomb.length).isLessThan(100_000);
        assertThat(context.error(server.url("/bomb")).get("code")).isEqualTo("too_compressed");
        assertThat(context.with("max_bytes", 500_000).error(server.url("/bomb")).get("code"))
                .isEqualTo("too_large");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attachment; filename=\"../../x\" | x",
                "attachment; filename=\"..\\\\..\\\\evil.exe\" | evil.exe",
                "attachment; filename=\"/etc/passwd\" | passwd",
                "attachment; filename=.. | file.txt",
                "attachment; filename=\".bashrc\" | bashrc",
                "attachment; filename=\"plain.txt\"; filename*=UTF-8''na%C3%AFve%20%2F..%2Fname.pdf | name.pdf",
                "attachment; filename=\"a<b>c:d?.txt\" | a_b_c_d_.txt",
                "attachment; filename=\"x\u202Etxt.exe\" | xtxt.exe",
                "attachment; filename=\"\u00FCbung.txt\" | \u00FCbung.txt",
                "attachment; filename=\"%%%\" | %%%",
                "inline | file.txt",
            })
    void namesAreNeverPaths(String disposition, String name) throws Exception {
        server.on("/a%2F..%2Ffile.txt?x=/y", 200, "x", "Content-Disposition: " + disposition);
        assertThat(context.file(server.url("/a%2F..%2Ffile.txt?x=/y")).get("name"))
                .isEqualTo(name);
    }

    @Test
    void longNamesAreShortenedAndKeepTheirEnding() throws Exception {
        server.on("/" + "n".repeat(300) + ".pdf", 200, "x");
        assertThat((String)
                        context.file(server.url("/" + "n".repeat(300) + ".pdf")).get("name"))
                .hasSize(120)
                .endsWith("n.pdf");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
