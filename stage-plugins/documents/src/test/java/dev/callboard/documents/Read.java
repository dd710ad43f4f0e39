package dev.callboard.documents;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Short ways to read one small source. */
final class Read {
    private Read() {}

    static Map<String, Object> file(String name, String source) throws Exception {
        return file(name, source.getBytes(StandardCharsets.UTF_8));
    }

    static Map<String, Object> file(String name, byte[] source) throws Exception {
        return new TestContext().file(name, source).document();
    }

    static List<Map<String, Object>> all(String name, String source) throws Exception {
        return SourceTexts.documents(new TestContext().file(name, source).run("ingest", "parse", "ir-validation"));
    }

    static Map<String, Object> jats(String body) throws Exception {
        return file("a.nxml", Fixtures.jats(body));
    }

    static Map<String, Object> page(String body) throws Exception {
        return file("a.html", "<!doctype html><html><head><title>T</title></head><body>" + body + "</body></html>");
    }

    static byte[] in(String charset, String text) {
        return text.getBytes(Charset.forName(charset));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> meta(Map<String, Object> document) {
        return (Map<String, Object>) document.get("meta");
    }

    /** Each block as {@code kind: text}. */
    static List<String> blocks(Map<String, Object> document) {
        return TestContext.list(document.get("blocks")).stream()
                .map(block -> block.get("kind") + ": " + block.get("text"))
                .toList();
    }

    /** Each thing left out as {@code where: reason}. */
    static List<String> leftOut(Map<String, Object> document) {
        return TestContext.list(document.get("left_out")).stream()
                .map(entry -> entry.get("where") + ": " + entry.get("reason"))
                .toList();
    }
}
