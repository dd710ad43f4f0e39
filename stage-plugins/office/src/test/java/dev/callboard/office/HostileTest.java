package dev.callboard.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken and hostile files fail with one sentence; nothing outside them is read. */
class HostileTest {
    private static String failure(byte[] bytes, String code) {
        try {
            Zip.read(new RecordingStageContext(), bytes);
        } catch (StageFailure failure) {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.getMessage()).startsWith("office.zip ").endsWith(".");
            return failure.getMessage();
        } catch (Exception e) {
            throw new AssertionError("not a stage failure", e);
        }
        throw new AssertionError("nothing failed");
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void otherFilesAreRefusedByName() {
        assertThat(failure(latin("%PDF-1.7"), "unsupported_media_type")).contains("is no Office file");
        assertThat(failure(new Zip().part("a.txt", "").bytes(), "unsupported_media_type"))
                .contains("is a zip file");
        String ole = "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1";
        assertThat(failure(latin(ole + "old"), "unsupported_media_type")).contains("before 2007");
        failure(latin(ole + "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"), "encrypted_document");
        Zip encrypted = new Zip()
                .part("content.xml", "<x/>")
                .part("META-INF/manifest.xml", "<m><file-entry><encryption-data/></file-entry></m>");
        failure(encrypted.bytes(), "encrypted_document");
    }

    @Test
    void documentTypesAreRefused() {
        Zip zip = new Zip()
                .part(
                        "word/document.xml",
                        "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><d><p><r><t>&x;</t></r></p></d>");
        assertThat(failure(zip.bytes(), "unreadable_document")).contains("document type");
    }

    @Test
    void bombsAreRefused() throws Exception {
        failure(Zip.bomb("word/document.xml", 200), "input_too_large");
        failure(Zip.bomb("content.xml", 200), "input_too_large");
        Zip deep = new Zip().part("word/document.xml", "<d>".repeat(5000) + "</d>".repeat(5000));
        assertThat(failure(deep.bytes(), "unreadable_document")).contains("256 levels");
    }

    @Test
    void tooMuchTextIsRefused() {
        RecordingStageContext context = new RecordingStageContext().setting("max_characters", 10);
        assertThatThrownBy(() -> Zip.read(
                        context, Zip.docx(Zip.p("", Zip.r("More than ten."))).bytes()))
                .hasMessageContaining("setting max_characters of parse-office");
    }

    @Test
    void emptyFilesSaySo() {
        failure(Zip.docx("<w:p/>").bytes(), "empty_document");
    }

    @Test
    void damagedFilesEndWithASentenceOrADocument() throws Exception {
        byte[] whole = Zip.docx(Zip.p("Heading1", Zip.r("Title")) + Zip.p("", Zip.r("Words. ".repeat(200))))
                .bytes();
        Random random = new Random(7);
        int failed = 0;
        for (int i = 0; i < 300; i++) {
            byte[] damaged = i % 2 == 0 ? whole.clone() : Arrays.copyOf(whole, random.nextInt(whole.length));
            if (i % 2 == 0) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(Zip.read(new RecordingStageContext(), damaged)).containsKey("text");
            } catch (StageFailure failure) {
                assertThat(failure.getMessage()).startsWith("office.zip ").endsWith(".");
                failed++;
            }
        }
        assertThat(failed).isGreaterThan(150);
    }

    @Test
    void oneBadFileOfSeveralFailsAlone() throws Exception {
        RecordingStageContext context = new RecordingStageContext()
                .file("good.docx", "x", Zip.docx(Zip.p("", Zip.r("Words."))).bytes())
                .file("bad.docx", "x", latin("none"));
        Map<?, ?> output =
                (Map<?, ?>) new OfficePlugin().stages().get(0).factory().get().execute(context, context.inputs());
        assertThat(Zip.list(output.get("documents"))).extracting("text").containsExactly("Words.");
        assertThat(Zip.list(output.get("failed"))).extracting("name").containsExactly("bad.docx");
        assertThat(context.library().parts("document")).hasSize(1);
    }
}
