package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.spi.StageFailure;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestStageTest {
    private static final String RTF = "{\\rtf1 words}";

    private static String typeOf(byte[] bytes) throws Exception {
        Object output = new TestContext()
                .file("input", bytes)
                .with("accept", List.of("application/*", "text/*", "image/*", "audio/*"))
                .run("ingest");
        return (String) TestContext.list(output).get(0).get("media_type");
    }

    private static String failure(TestContext context, String code) {
        try {
            context.run("ingest");
        } catch (StageFailure failure) {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.retryable()).isFalse();
            return failure.getMessage();
        } catch (Exception e) {
            throw new AssertionError("not a stage failure", e);
        }
        throw new AssertionError("nothing failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/jats+xml | <article><front/></article>",
                "application/jats+xml | <!DOCTYPE article PUBLIC \"-//NLM//DTD\" \"a.dtd\"><article dtd-version='1.3'>",
                "application/jats+xml | <?xml version='1.0'?><!-- > --><!DOCTYPE article [<!ENTITY a \"]>\">]><article>",
                "application/jats+xml | <j:article xmlns:j='urn:x'><j:front/></j:article>",
                "application/xml | <article xmlns='http://docbook.org/ns/docbook'><title>t</title></article>",
                "application/xml | <?xml version='1.0'?><note><to>a</to></note>",
                "application/xml | <TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>",
                "application/xhtml+xml | <?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
                "text/html | <!doctype HTML><title>x</title>",
                "text/html | <HTML><BODY>x</BODY></HTML>",
                "text/html | <!-- saved --><div>x</div>",
                "text/html | <article><h1>A blog</h1><p>x</p></article>",
                "image/svg+xml | <svg xmlns='http://www.w3.org/2000/svg'/>",
                "application/json | {\"a\": 1}",
                "application/json | [{\"a\": 1}]",
                "text/plain | [1] A reference list, not JSON",
                "text/plain | {curly} prose",
                "text/plain | <someone@example.org> wrote:",
                "text/plain | <3 this",
                "text/plain | Just words.",
                "text/plain | ID3 is an algorithm.",
                "text/plain | PAR1 is a receptor; %PDF-1.7 is a header.",
            })
    void tellsTextTypesFromTheBytes(String type, String text) throws Exception {
        assertThat(typeOf(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(type);
        assertThat(typeOf(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))).isEqualTo(type);
        assertThat(typeOf(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(type);
        assertThat(typeOf(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "application/pdf, 255044462D312E34",
        "application/zip, 504B030414000000",
        "application/pdf, 0A0A255044462D312E340A31203020206F626A",
        "audio/mpeg, 4944330400000000",
        "application/gzip, 1F8B0800",
        "image/png, 89504E470D0A1A0A",
        "image/jpeg, FFD8FFE0",
        "application/x-ole-storage, D0CF11E0A1B11AE1",
        "application/octet-stream, 00010203FFFE0000",
    })
    void tellsBinaryTypesFromTheBytes(String type, String hex) throws Exception {
        assertThat(typeOf(HexFormat.of().parseHex(hex))).isEqualTo(type);
    }

    @Test
    void refusesWhatParseCannotReadInOneSentence() {
        TestContext context = new TestContext().file("paper.xml", RTF.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(failure(context, "unsupported_media_type"))
                .isEqualTo(
                        "paper.xml is application/rtf, which this version cannot parse; it takes PDF, JATS or other XML,"
                                + " HTML, Markdown, plain text, ClinicalTrials.gov JSON and, with the office plugin, docx,"
                                + " pptx, xlsx and odt.");
    }

    @Test
    void refusesWhatTheSettingLeavesOut() {
        TestContext context = new TestContext().file("a.txt", "Words.").with("accept", List.of("application/jats+xml"));
        assertThat(failure(context, "unsupported_media_type"))
                .isEqualTo("a.txt is text/plain, which this stage is set not to take; it takes application/jats+xml.");
    }

    @Test
    void takesEqualBytesOnce() throws Exception {
        TestContext context = new TestContext()
                .file("a.txt", "Words.")
                .file("b.txt", "Words.")
                .file("c.txt", "Others.");
        List<Map<String, Object>> payloads = TestContext.list(context.run("ingest"));
        assertThat(payloads).extracting("name").containsExactly("a.txt", "c.txt");
        assertThat(payloads.get(0)).containsOnlyKeys("sha256", "size", "media_type", "name");
        assertThat(context.lines()).anyMatch(line -> line.contains("b.txt has the same bytes as a.txt"));
    }

    @Test
    void refusesNothingAndEmptyAndTooMuch() {
        assertThat(failure(new TestContext(), "no_input")).contains("no input");
        assertThat(failure(new TestContext().file("a.txt", ""), "empty_input")).isEqualTo("a.txt is empty.");
        assertThat(failure(new TestContext().file("a.txt", "12345678").with("max_bytes", 7), "input_too_large"))
                .isEqualTo("a.txt has 8 bytes; this stage takes at most 7 (setting max_bytes).");
    }

    @Test
    void namesStandardInputAndHidesControlCharactersOfNames() {
        assertThat(failure(new TestContext().file("-", ""), "empty_input")).isEqualTo("Standard input is empty.");
        assertThat(failure(new TestContext().file("a\u001B[31m\n.txt", ""), "empty_input"))
                .doesNotContain("\u001B", "\n");
    }

    @Test
    void saysWhichBlobIsMissing() {
        TestContext context = new TestContext();
        Map<String, Object> gone = Map.of("blob", "0".repeat(64), "name", "gone.txt");
        assertThatThrownBy(() -> context.runOn(List.of(gone), "ingest")).hasMessageContaining("gone.txt is not in");
    }

    @Test
    void stopsWhenCancelled() {
        TestContext context = new TestContext().file("a.txt", "Words.");
        context.cancel();
        assertThatThrownBy(() -> context.run("ingest")).isInstanceOf(InterruptedException.class);
    }

    @Test
    void takesWhatDownloadPutOut() throws Exception {
        TestContext context = new TestContext().address("http://example.org/a");
        String blob = context.blobs().put("Some text.".getBytes(StandardCharsets.UTF_8));
        Map<String, Object> file = Map.of(
                "url",
                "http://example.org/a",
                "blob",
                blob,
                "sha256",
                blob,
                "size",
                10L,
                "media_type",
                "text/html",
                "name",
                "a.txt",
                "final_url",
                "http://example.org/a",
                "attempts",
                1);
        Map<String, Object> error =
                Map.of("url", "http://example.org/b", "code", "http_status", "detail", "x", "attempts", 1);
        Map<String, Object> downloaded = Map.of("files", List.of(file), "errors", List.of(error));
        List<Map<String, Object>> expected =
                List.of(Map.of("sha256", blob, "size", 10L, "media_type", "text/plain", "name", "a.txt"));
        assertThat(context.runOn(downloaded, "ingest")).isEqualTo(expected);
        assertThat(context.runOn(Map.of("fetch", downloaded, "other", 1), "ingest"))
                .isEqualTo(expected);
    }

    @Test
    void namesDownloadWhenAnAddressWasNotFetched() {
        assertThat(failure(new TestContext().address("http://example.org/a"), "not_downloaded"))
                .contains("download");
        assertThat(failure(new TestContext().file("a.txt", "text").address("http://example.org/a"), "not_downloaded"))
                .contains("download");
    }
}
