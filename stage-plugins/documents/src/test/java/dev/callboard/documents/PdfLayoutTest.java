package dev.callboard.documents;

import static dev.callboard.documents.PdfMaker.HEIGHT;
import static dev.callboard.documents.PdfMaker.LEADING;
import static dev.callboard.documents.PdfMaker.WIDTH;
import static dev.callboard.documents.PdfMaker.prose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reading order of pages of a PDF that the tests set themselves. */
class PdfLayoutTest {
    private static final float MARGIN = 54;
    private static final float GUTTER = 14;

    private static Map<String, Object> read(PdfMaker pdf) throws Exception {
        return Read.file("a.pdf", pdf.bytes());
    }

    @Test
    void aTitleOverTwoColumns() throws Exception {
        float width = (WIDTH - 2 * MARGIN - GUTTER) / 2;
        String summary = prose("summary", 4);
        String left = prose("left", 14);
        String right = prose("right", 13);
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.centred(pdf.bold, 18, 80, "Tides of the Northern Harbours");
            pdf.centred(pdf.plain, 10, 104, "Ada Pilot and Ben Keeper");
            float top = pdf.paragraph(MARGIN + 30, 130, WIDTH - 2 * MARGIN - 60, summary) + LEADING;
            pdf.paragraph(MARGIN, top, width, left);
            pdf.paragraph(MARGIN + width + GUTTER, top, width, right);
            Map<String, Object> document = read(pdf);
            assertThat(document).containsEntry("title", "Tides of the Northern Harbours");
            assertThat(Read.blocks(document))
                    .containsExactly(
                            "title: Tides of the Northern Harbours",
                            "paragraph: Ada Pilot and Ben Keeper",
                            "paragraph: " + summary,
                            "paragraph: " + left,
                            "paragraph: " + right);
            assertThat(TestContext.list(document.get("blocks")))
                    .allSatisfy(block -> assertThat(block.get("page")).isEqualTo(1));
        }
    }

    @Test
    void threeColumns() throws Exception {
        float width = (WIDTH - 2 * MARGIN - 2 * GUTTER) / 3;
        StringBuilder expected = new StringBuilder();
        try (PdfMaker pdf = new PdfMaker().page()) {
            // Drawn from the right to the left: the order of drawing says nothing.
            for (int column = 2; column >= 0; column--) {
                String text = prose("column" + column + "n", 12);
                pdf.paragraph(MARGIN + column * (width + GUTTER), 100, width, text);
                expected.insert(0, text + " ");
            }
            WordOrder.assertReads(read(pdf), expected.toString());
        }
    }

    @Test
    void aParagraphGoesOnInTheNextColumnAndOnTheNextPage() throws Exception {
        float width = (WIDTH - 2 * MARGIN - GUTTER) / 2;
        String text = prose("long", 40);
        try (PdfMaker pdf = new PdfMaker().page()) {
            List<String> lines = pdf.lines(width, text);
            int third = lines.size() / 3;
            pdf.set(lines.subList(0, third), MARGIN, 100, width, false);
            pdf.set(lines.subList(third, 2 * third), MARGIN + width + GUTTER, 100, width, false);
            pdf.page();
            pdf.set(lines.subList(2 * third, lines.size()), MARGIN, 100, width, true);
            pdf.paragraph(MARGIN + width + GUTTER, 100, width, prose("other", 9));
            assertThat(Read.blocks(read(pdf))).containsExactly("paragraph: " + text, "paragraph: " + prose("other", 9));
        }
    }

    @Test
    void headersFootersAndPageNumbersAreNamed() throws Exception {
        StringBuilder expected = new StringBuilder();
        try (PdfMaker pdf = new PdfMaker()) {
            for (int page = 1; page <= 4; page++) {
                pdf.page();
                pdf.text(
                        pdf.plain,
                        8,
                        MARGIN,
                        40,
                        page % 2 == 0 ? "Pilot and Keeper" : "Journal of Tides 2026, 7:" + page);
                pdf.centred(pdf.plain, 8, HEIGHT - 40, String.valueOf(page + 17));
                float top = 100;
                for (int i = 0; i < 4; i++) {
                    String text = prose("page" + page + "x" + i + "n", 6);
                    top = pdf.paragraph(MARGIN, top, WIDTH - 2 * MARGIN, text);
                    expected.append(text).append(' ');
                }
            }
            Map<String, Object> document = read(pdf);
            WordOrder.assertReads(document, expected.toString());
            assertThat((String) document.get("text")).doesNotContain("Journal", "Keeper");
            assertThat(Read.leftOut(document))
                    .containsExactlyInAnyOrder(
                            "page headers: a line that stands at the edge of pages",
                            "page numbers: a line that stands at the edge of pages");
        }
    }

    @Test
    void aFigureOverBothColumnsEndsWhatIsAboveIt() throws Exception {
        float width = (WIDTH - 2 * MARGIN - GUTTER) / 2;
        String caption =
                "Figure 1. The harbour at low water, with the gauge on the left and the old mole behind it, seen from"
                        + " the pilots’ house in the early morning of the second day.";
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.paragraph(MARGIN, 80, width, prose("a", 9));
            pdf.paragraph(MARGIN + width + GUTTER, 80, width, prose("b", 9));
            pdf.paragraph(MARGIN, 420, WIDTH - 2 * MARGIN, caption);
            pdf.paragraph(MARGIN, 480, width, prose("c", 9));
            pdf.paragraph(MARGIN + width + GUTTER, 480, width, prose("d", 9));
            assertThat(Read.blocks(read(pdf)))
                    .containsExactly(
                            "paragraph: " + prose("a", 9),
                            "paragraph: " + prose("b", 9),
                            "caption: " + caption,
                            "paragraph: " + prose("c", 9),
                            "paragraph: " + prose("d", 9));
        }
    }

    @Test
    void theLastPageMayHaveLittleInItsSecondColumn() throws Exception {
        float width = (WIDTH - 2 * MARGIN - GUTTER) / 2;
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.paragraph(MARGIN, 80, width, prose("long", 28));
            pdf.paragraph(MARGIN + width + GUTTER, 80, width, prose("short", 3));
            assertThat(Read.blocks(read(pdf)))
                    .containsExactly("paragraph: " + prose("long", 28), "paragraph: " + prose("short", 3));
        }
    }
}
