package dev.callboard.documents;

import static dev.callboard.documents.PdfMaker.LEADING;
import static dev.callboard.documents.PdfMaker.WIDTH;
import static dev.callboard.documents.PdfMaker.prose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.junit.jupiter.api.Test;

/** Letters, words and lines of a PDF: what becomes of them on the way to text. */
class PdfLettersTest {
    private static final float MARGIN = 54;

    private static Map<String, Object> read(PdfMaker pdf) throws Exception {
        return Read.file("a.pdf", pdf.bytes());
    }

    @Test
    void hyphensOfLineEndsGoAndThoseOfWordsStay() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            String[] lines = {
                "A well-known observer of the harbour wrote down the measure-",
                "ments of each tide. The long-term mean was known to every well-",
                "known pilot, and so was the non-linear part. In the Bay of Saint-",
                "Malo it was 13.5 metres, which is a state-of-the-",
                "art value; nobody doubts the years 1998-",
                "2004 either, nor what a row of the table says. It is a row-",
                "oriented one."
            };
            for (int i = 0; i < lines.length; i++) {
                pdf.text(pdf.plain, 10, MARGIN, 100 + i * LEADING, lines[i]);
            }
            assertThat((String) read(pdf).get("text"))
                    .contains("the measurements of each", "every well-known pilot", "Saint-Malo", "state-of-the-art")
                    .contains("1998-2004", "It is a row-oriented one.");
        }
    }

    @Test
    void ligaturesAreLetters() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            PDType0Font font = PDType0Font.load(
                    pdf.document,
                    PDType0Font.class.getResourceAsStream(
                            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"));
            pdf.text(font, 10, MARGIN, 100, "The \uFB01rst \uFB02ow was sufficient, naïve as it was: Œuvre.");
            assertThat(read(pdf)).containsEntry("text", "The first flow was sufficient, naïve as it was: Œuvre.");
        }
    }

    @Test
    void raisedAndLoweredTextNeverChangesANumber() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            float x = MARGIN;
            String[] parts = {
                "It holds 10", "^6", " litres", "^a", " of H", "_2", "O and 5", "^2,3", " kg of CO", "_2", "."
            };
            for (String part : parts) {
                boolean shifted = part.startsWith("^") || part.startsWith("_");
                String text = shifted ? part.substring(1) : part;
                float size = shifted ? 6.5f : 10;
                float top = part.startsWith("^") ? 96 : part.startsWith("_") ? 102 : 100;
                pdf.text(pdf.plain, size, x, top, text);
                x += PdfMaker.width(pdf.plain, size, text);
            }
            pdf.text(pdf.plain, 10, MARGIN, 112, "The next line stands below it and is longer than that.");
            assertThat((String) read(pdf).get("text")).startsWith("It holds 10⁶ litres^a of H2O and 5²,³ kg of CO2.");
        }
    }

    @Test
    void watermarksAndTextInTheMarginAreNamed() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            String text = prose("gauge", 12);
            pdf.rotated(60, 150, 500, 45, "CONFIDENTIAL");
            pdf.paragraph(MARGIN, 100, WIDTH - 2 * MARGIN, text);
            pdf.rotated(9, 30, 600, 90, "arXiv:2601.00001 [tides] 1 Jan 2026");
            Map<String, Object> document = read(pdf);
            assertThat(document).containsEntry("text", text);
            assertThat(TestContext.list(document.get("left_out")))
                    .containsExactly(Map.of(
                            "where",
                            "page 1",
                            "reason",
                            "rotated text, such as a watermark or a note in the margin",
                            "chars",
                            47L));
        }
    }

    @Test
    void aPageThatIsTurnedIsReadAsItIsSeen() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            List<String> lines = pdf.lines(400, prose("turned", 9));
            for (int i = 0; i < lines.size(); i++) {
                pdf.rotated(10, 100 + i * LEADING, 700, 90, lines.get(i));
            }
            pdf.page.setRotation(90);
            assertThat(read(pdf)).containsEntry("text", prose("turned", 9));
        }
    }

    @Test
    void boldTextThatIsDrawnTwiceIsReadOnce() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.text(pdf.plain, 10, MARGIN, 100, "All the little gulls follow the ships.");
            pdf.text(pdf.plain, 10, MARGIN + 0.3f, 100, "All the little gulls follow the ships.");
            assertThat(read(pdf)).containsEntry("text", "All the little gulls follow the ships.");
        }
    }

    @Test
    void accentsJoinTheirLettersAndSpacedLettersAreWords() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.text(pdf.plain, 10, MARGIN, 100, "It was Ren");
            float x = MARGIN + PdfMaker.width(pdf.plain, 10, "It was Ren");
            pdf.text(pdf.plain, 10, x + 0.5f, 100, "\u00B4");
            pdf.text(pdf.plain, 10, x, 100, "e who read the gauge every morning.");
            pdf.content().setCharacterSpacing(3);
            pdf.text(pdf.plain, 10, MARGIN, 130, "SPACED OUT WORDS");
            pdf.content().setCharacterSpacing(0);
            assertThat((String) read(pdf).get("text"))
                    .startsWith("It was René who read the gauge every morning.")
                    .contains("SPACED OUT WORDS");
        }
    }

    @Test
    void hebrewIsReadAsItIsWritten() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            PDType0Font font = PDType0Font.load(
                    pdf.document,
                    PDType0Font.class.getResourceAsStream(
                            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"));
            pdf.text(font, 10, MARGIN, 100, "(PDF 17) םלוע םולש");
            pdf.text(font, 10, MARGIN, 130, "The word םולש is Hebrew.");
            assertThat(read(pdf)).containsEntry("text", "שלום עולם (PDF 17) The word שלום is Hebrew.");
        }
    }
}
