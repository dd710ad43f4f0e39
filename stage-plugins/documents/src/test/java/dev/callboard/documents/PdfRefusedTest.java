package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.callboard.spi.StageFailure;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a PDF cannot be read is said in one sentence, or named. */
class PdfRefusedTest {
    private static StageFailure failure(TestContext context) {
        try {
            context.run("ingest", "parse");
        } catch (StageFailure failure) {
            assertThat(failure.retryable()).isFalse();
            assertThat(failure.getMessage()).startsWith("a.pdf ").endsWith(".");
            return failure;
        } catch (Exception e) {
            throw new AssertionError("not a stage failure", e);
        }
        throw new AssertionError("nothing failed");
    }

    private static StageFailure failure(byte[] pdf) {
        return failure(new TestContext().file("a.pdf", pdf));
    }

    private static void picture(PdfMaker pdf) throws Exception {
        BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_BYTE_GRAY);
        pdf.content().drawImage(LosslessFactory.createFromImage(pdf.document, image), 0, 0, 600, 700);
    }

    private static byte[] onePage() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.paragraph(54, 100, 500, PdfMaker.prose("gauge", 30));
            return pdf.bytes();
        }
    }

    @Test
    void aScanHasNoTextLayer() throws Exception {
        try (PdfMaker pdf = new PdfMaker()) {
            picture(pdf.page());
            picture(pdf.page());
            StageFailure failure = failure(pdf.bytes());
            assertThat(failure.code()).isEqualTo("no_text_layer");
            assertThat(failure.getMessage()).contains("none of its 2 pages has text", "OCR", "pdf-two-phase");
        }
    }

    @Test
    void aScannedPageAmongOthersIsNamed() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.paragraph(54, 100, 500, "A page of words.");
            picture(pdf.page());
            pdf.page().paragraph(54, 100, 500, "Another page of words.");
            Map<String, Object> document = Read.file("a.pdf", pdf.bytes());
            assertThat(Read.leftOut(document))
                    .containsExactly("page 2: a page without text that can be read, such as a picture or a blank one");
            assertThat(Read.meta(document)).containsEntry("pages_without_text", List.of(2));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 128, 256})
    void withoutItsPasswordAnEncryptedFileIsRefused(int bits) throws Exception {
        StageFailure failure = failure(encrypted("secret", bits));
        assertThat(failure.code()).isEqualTo("encrypted_document");
        assertThat(failure.getMessage()).contains("password");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 128, 256})
    void aFileWithAnOwnersPasswordOnlyIsRead(int bits) throws Exception {
        assertThat(Read.file("a.pdf", encrypted("", bits))).containsEntry("text", "Words for all to read.");
    }

    private static byte[] encrypted(String password, int bits) throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.paragraph(54, 100, 500, "Words for all to read.");
            AccessPermission nothing = new AccessPermission();
            nothing.setCanExtractContent(false);
            StandardProtectionPolicy policy = new StandardProtectionPolicy("owner", password, nothing);
            policy.setEncryptionKeyLength(bits);
            pdf.document.protect(policy);
            return pdf.bytes();
        }
    }

    @Test
    void aTruncatedFileIsRefusedOrReadAsFarAsItGoes() throws Exception {
        byte[] whole = onePage();
        for (int part = 1; part < 10; part++) {
            TestContext context = new TestContext().file("a.pdf", Arrays.copyOf(whole, whole.length * part / 10));
            try {
                context.run("ingest", "parse");
            } catch (StageFailure failure) {
                assertThat(failure.code()).isIn("unreadable_document", "no_text_layer");
                assertThat(failure.getMessage()).startsWith("a.pdf ").endsWith(".");
            }
        }
        assertThat(failure(Arrays.copyOf(whole, 200)).code()).isEqualTo("unreadable_document");
    }

    @Test
    void moreThanTheLimitsIsRefused() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page().page().page()) {
            assertThat(failure(new TestContext().file("a.pdf", pdf.bytes()).with("max_pages", 2))
                            .getMessage())
                    .isEqualTo(
                            "a.pdf has 3 pages; this stage takes at most 2 (setting max_pages of parse). Split the file,"
                                    + " or raise the setting.");
        }
        StageFailure failure =
                failure(new TestContext().file("a.pdf", onePage()).with("max_characters", 100));
        assertThat(failure.code()).isEqualTo("input_too_large");
        assertThat(failure.getMessage()).contains("more than 100 characters");
    }

    @Test
    void glyphsWithoutMeaningAreNamedAndMostlyThemRefused() throws Exception {
        assertThat(failure(unmapped("")).getMessage()).contains("glyphs cannot be read");
        String text = "A line with words enough to read, and more than there are others.";
        Map<String, Object> document = new TestContext()
                .file("a.pdf", unmapped(text))
                .with("max_replacement_share", 0.2)
                .document();
        assertThat((String) document.get("text"))
                .contains(text, "\uFFFD\uFFFD\uFFFD")
                .doesNotContain("Hid");
        assertThat(Read.leftOut(document))
                .containsExactly(
                        "page 1: glyphs of fonts that do not say which characters they are; U+FFFD stands for each");
    }

    private static byte[] unmapped(String other) throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            PDType0Font font = PDType0Font.load(
                    pdf.document,
                    PDType0Font.class.getResourceAsStream(
                            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"));
            pdf.text(font, 10, 54, 100, "Hidden");
            pdf.text(pdf.plain, 10, 54, 112, other);
            byte[] saved = pdf.bytes();
            PDResources resources = pdf.page.getResources();
            for (COSName name : resources.getFontNames()) {
                resources.getFont(name).getCOSObject().removeItem(COSName.TO_UNICODE);
            }
            return saved.length == 0 ? saved : pdf.bytes();
        }
    }

    @Test
    void cancellationEndsTheReading() throws Exception {
        TestContext context = new TestContext().file("a.pdf", onePage());
        Object payloads = context.run("ingest");
        context.cancel();
        assertThatThrownBy(() -> context.runOn(payloads, "parse")).isInstanceOf(InterruptedException.class);
    }

    @Test
    void progressIsToldForEachPage() throws Exception {
        try (PdfMaker pdf = new PdfMaker()) {
            for (int page = 1; page <= 3; page++) {
                pdf.page().paragraph(54, 100, 500, PdfMaker.prose("page" + page + "n", 4));
            }
            TestContext context = new TestContext().file("a.pdf", pdf.bytes());
            context.run("ingest", "parse");
            assertThat(context.reports())
                    .extracting("done", "total", "message")
                    .containsSubsequence(
                            tuple(1L, 3L, "a.pdf, page 1 of 3"),
                            tuple(2L, 3L, "a.pdf, page 2 of 3"),
                            tuple(3L, 3L, "a.pdf, page 3 of 3"));
        }
    }

    @Test
    void junkBeforeTheHeaderAndABadFileBesideHurtNobody() throws Exception {
        byte[] junk = new byte[700];
        Arrays.fill(junk, (byte) 'x');
        byte[] page = onePage();
        byte[] both = Arrays.copyOf(junk, junk.length + page.length);
        System.arraycopy(page, 0, both, junk.length, page.length);
        Map<?, ?> output = (Map<?, ?>) new TestContext()
                .file("a.pdf", both)
                .file("scan.pdf", Arrays.copyOf(page, 300))
                .run("ingest", "parse", "ir-validation");
        assertThat(TestContext.list(output.get("documents"))).hasSize(1);
        assertThat(TestContext.list(output.get("failed"))).extracting("name").containsExactly("scan.pdf");
    }
}
