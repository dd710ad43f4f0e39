package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Office files, which the stage parse has another plugin read; what that plugin does is its own tests' matter. */
class OfficeFilesTest {
    private static final byte[] DOCX = "PK\3\4\24\0\0\0\0\0word/document.xml".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] XLSX = "PK\3\4\24\0\0\0\0\0xl/workbook.xml".getBytes(StandardCharsets.ISO_8859_1);

    /** Answers with a text of its own: the file's name. */
    private static final Stage OFFICE = (context, question) -> {
        Map<?, ?> asked = (Map<?, ?>) question;
        assertThat(asked.get("max_bytes")).isEqualTo(1000L);
        assertThat(asked.get("language")).isEqualTo("en");
        if (asked.get("name").equals("locked.xlsx")) {
            throw StageFailure.permanent("encrypted_document", "locked.xlsx is encrypted with a password.");
        }
        TestContext own = new TestContext().file("a.txt", "Read of " + asked.get("name") + ".");
        own.with("language", "en");
        Map<String, Object> document = own.document();
        byte[] json = new ObjectMapper().writeValueAsBytes(document);
        return Map.of("blob", context.blobs().put(new ByteArrayInputStream(json)));
    };

    private static TestContext context() {
        TestContext context = new TestContext();
        context.with("max_bytes", 1000).with("language", "en");
        return context;
    }

    @Test
    void theyAreReadByAnotherPluginInTheirTurn() throws Exception {
        TestContext context = context();
        context.answerer("read-office", OFFICE);
        context.file("first.txt", "Words.").file("report.docx", DOCX).file("last.txt", "More words.");
        assertThat(SourceTexts.documents(context.run("ingest", "parse", "ir-validation")))
                .extracting(document -> document.get("text"))
                .containsExactly("Words.", "Read of report.docx.", "More words.");
        assertThat(context.library().parts("document")).hasSize(3);
    }

    @Test
    void oneThatCannotBeReadFailsAlone() throws Exception {
        TestContext context = context();
        context.answerer("read-office", OFFICE);
        context.file("report.docx", DOCX).file("locked.xlsx", XLSX);
        Map<?, ?> output = (Map<?, ?>) context.run("ingest", "parse");
        assertThat(TestContext.list(output.get("documents")))
                .extracting("text")
                .containsExactly("Read of report.docx.");
        assertThat(TestContext.list(output.get("failed")))
                .containsExactly(Map.of("name", "locked.xlsx", "error", "locked.xlsx is encrypted with a password."));
    }

    @Test
    void withoutThePluginTheSentenceNamesIt() {
        TestContext context = context().file("report.docx", DOCX);
        assertThatThrownBy(() -> context.run("ingest", "parse"))
                .isInstanceOf(StageFailure.class)
                .hasMessage("report.docx is an Office file, and the plugin that reads those is not installed: put"
                        + " callboard-office-0.1.0.jar into the plugins folder (stage-plugins/office makes it) and start"
                        + " the stage again.")
                .extracting(failure -> ((StageFailure) failure).code())
                .isEqualTo("missing_plugin");
    }

    @ParameterizedTest
    @CsvSource({"a.docx, wordprocessingml.document", "a.PPTX, presentationml.presentation", "a.odt, opendocument.text"})
    void aZipFileThatSaysNothingIsWhatItsNameSays(String name, String type) throws Exception {
        TestContext context = context().file(name, HexFormat.of().parseHex("504B030414000000"));
        assertThat(TestContext.list(context.run("ingest")))
                .extracting(payload -> String.valueOf(payload.get("media_type")))
                .singleElement()
                .satisfies(found -> assertThat(found).endsWith(type));
    }

    @Test
    void whatNoPluginReadsIsRefusedWithWhatToDo() {
        for (String name : List.of("old.doc", "locked.docx")) {
            TestContext context = context().file(name, HexFormat.of().parseHex("D0CF11E0A1B11AE1"));
            assertThatThrownBy(() -> context.run("ingest"))
                    .hasMessage(
                            name + " is a file of Office before 2007, or one with a password, which this version cannot"
                                    + " parse: save it as docx, pptx, xlsx or odt, without a password.");
        }
    }
}
