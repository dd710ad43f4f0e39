package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FirstPartyPlugins;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Tasks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Office files in the shipped pipeline {@code auto}: with the optional plugin they are read, without it a sentence names it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the model's native library is there for Linux alone")
class OfficeIT {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    @TempDir
    Path folder;

    private static byte[] zip(Map<String, String> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write((HEAD + part.getValue()).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String relations(String type, String target) {
        return "<Relationships xmlns=\"" + PACKAGE + "\"><Relationship Id=\"rId1\" Type=\"" + RELATIONS + "/" + type
                + "\" Target=\"" + target + "\"/></Relationships>";
    }

    private static byte[] docx() throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        parts.put("_rels/.rels", relations("officeDocument", "word/document.xml"));
        parts.put(
                "word/document.xml",
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>The"
                        + " tide gauge of the old harbour was repaired in spring.</w:t></w:r></w:p></w:body></w:document>");
        return zip(parts);
    }

    private static byte[] xlsx() throws IOException {
        String main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "xl/workbook.xml",
                "<workbook " + main + " xmlns:r=\"" + RELATIONS
                        + "\"><sheets><sheet name=\"Levels\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        parts.put("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml"));
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<worksheet " + main
                        + "><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Spring tide</t></is></c><c"
                        + " r=\"B1\"><v>4.25</v></c></row></sheetData></worksheet>");
        return zip(parts);
    }

    @Test
    void withThePluginAutoReadsThem() throws Exception {
        FirstPartyPlugins.copyOfficeTo(folder);
        Files.write(folder.resolve("report.docx"), docx());
        JarProcess.Done done = JarProcess.runAsDelivered(folder, "run", "auto", "--input", "report.docx", "--json");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains("The tide gauge of the old harbour was repaired in spring.");
    }

    @Test
    void amongOthersTheyAreReadOrFailAloneWithTheJarsName() throws Exception {
        try (JarProcess server = JarProcess.serveAsDelivered(folder)) {
            Tasks tasks = new Tasks(server.http());
            tasks.awaitStages("parse", "embed");
            Object[] input = {
                Map.of("blob", tasks.blob(docx(), "application/octet-stream"), "name", "report.docx"),
                Map.of("text", "The harbour has a lighthouse.", "name", "note.txt"),
                Map.of("blob", tasks.blob(xlsx(), "application/octet-stream"), "name", "levels.xlsx")
            };
            String id = tasks.start("auto", input);
            tasks.until(id, "completed");
            JsonNode parsed = tasks.output(id, "parse");
            assertThat(parsed.path("documents").findValuesAsText("title")).contains("note.txt");
            assertThat(parsed.path("failed").findValuesAsText("name")).containsExactly("report.docx", "levels.xlsx");
            assertThat(parsed.path("failed").findValuesAsText("error")).allSatisfy(error -> assertThat(error)
                    .contains("put callboard-office-0.1.0.jar into the plugins folder"));

            FirstPartyPlugins.copyOfficeTo(folder);
            tasks.awaitStages("parse-office");
            String again = tasks.start("auto", input);
            tasks.until(again, "completed");
            List<String> texts = tasks.output(again, "parse").findValuesAsText("media_type");
            assertThat(texts).hasSize(3).anyMatch(type -> type.endsWith("spreadsheetml.sheet"));
        }
    }
}
