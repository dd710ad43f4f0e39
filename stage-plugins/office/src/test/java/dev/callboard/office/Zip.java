package dev.callboard.office;

import dev.callboard.spi.testing.RecordingStageContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes Office files of our own, part by part, and reads them. */
final class Zip {
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final Map<String, String> parts = new LinkedHashMap<>();

    Zip part(String name, String xml) {
        parts.put(name, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml);
        return this;
    }

    /** A file with one part that unpacks to so many megabytes of one letter in a text. */
    static byte[] bomb(String name, int megabytes) throws IOException {
        byte[] letters = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write("<d><p><r><t>".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < megabytes; i++) {
                zip.write(letters);
            }
        }
        return bytes.toByteArray();
    }

    /** A Word file with a body. */
    static Zip docx(String body) {
        return new Zip()
                .part(
                        "word/document.xml",
                        "<w:document xmlns:w='urn:w' xmlns:m='urn:m'><w:body>" + body + "</w:body></w:document>")
                .part(
                        "word/styles.xml",
                        "<w:styles xmlns:w='urn:w'>" + style("Title", "Title") + style("Heading1", "heading 1")
                                + style("berschrift2", "heading 2") + style("Caption", "caption")
                                + style("TOC1", "toc 1")
                                + "<w:style w:styleId='Eigene'><w:name w:val='Own'/><w:basedOn w:val='berschrift2'/></w:style>"
                                + "</w:styles>");
    }

    private static String style(String id, String name) {
        return "<w:style w:styleId='" + id + "'><w:name w:val='" + name + "'/></w:style>";
    }

    /** A paragraph of Word. */
    static String p(String style, String runs) {
        return "<w:p><w:pPr><w:pStyle w:val='" + style + "'/></w:pPr>" + runs + "</w:p>";
    }

    /** A run of Word. */
    static String r(String text) {
        return "<w:r><w:t xml:space='preserve'>" + text + "</w:t></w:r>";
    }

    /** The relations of a part: id to target. */
    Zip relations(String name, Map<String, String> targets) {
        StringBuilder xml = new StringBuilder("<Relationships xmlns='urn:p'>");
        targets.forEach((id, target) -> xml.append("<Relationship Id='" + id + "' Target='" + target + "'/>"));
        return part(name, xml.append("</Relationships>").toString());
    }

    /** The attribute {@code r:id} with its namespace. */
    static String rid(String id) {
        return "xmlns:r='" + RELATIONS + "' r:id='" + id + "'";
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException("nothing is written to a disk here", e);
        }
        return bytes.toByteArray();
    }

    Map<String, Object> read() throws Exception {
        return read(new RecordingStageContext(), bytes());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> read(RecordingStageContext context, byte[] bytes) throws Exception {
        context.file("office.zip", "application/octet-stream", bytes);
        return (Map<String, Object>)
                new OfficePlugin().stages().get(0).factory().get().execute(context, context.inputs());
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    /** Each block as {@code kind: text}. */
    static List<String> blocks(Map<String, Object> document) {
        return list(document.get("blocks")).stream()
                .map(block -> block.get("kind") + ": " + block.get("text"))
                .toList();
    }

    /** Each thing left out as {@code where: reason}. */
    static List<String> leftOut(Map<String, Object> document) {
        return list(document.get("left_out")).stream()
                .map(entry -> entry.get("where") + ": " + entry.get("reason"))
                .toList();
    }
}
