package dev.callboard.documents;

import static dev.callboard.documents.PdfMaker.HEIGHT;
import static dev.callboard.documents.PdfMaker.LEADING;
import static dev.callboard.documents.PdfMaker.prose;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Formulas of a PDF: stacked fractions in one line, and what only looks like one. */
class PdfFormulasTest {
    private static final float MARGIN = 72;
    private static final float WIDTH = 468;

    private static Map<String, Object> read(PdfMaker pdf) throws Exception {
        return Read.file("a.pdf", pdf.bytes());
    }

    /** Sets a fraction beside a line of text as TeX does, and gives where the line goes on. */
    private static float fraction(PdfMaker pdf, float size, float x, float top, String over, String under)
            throws IOException {
        boolean display = size > 8;
        float width = Math.max(PdfMaker.width(pdf.plain, size, over), PdfMaker.width(pdf.plain, size, under));
        float axis = top - 2.5f;
        pdf.text(
                pdf.plain,
                size,
                x + (width - PdfMaker.width(pdf.plain, size, over)) / 2,
                axis - (display ? 4.3f : 1.4f),
                over);
        pdf.content().addRect(x, HEIGHT - axis - 0.2f, width, 0.4f);
        pdf.content().fill();
        pdf.text(
                pdf.plain,
                size,
                x + (width - PdfMaker.width(pdf.plain, size, under)) / 2,
                axis + (display ? 9.4f : 6),
                under);
        return x + width;
    }

    @Test
    void aFormulaThatStandsAloneIsOneLine() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            float top = pdf.paragraph(MARGIN, 100, WIDTH, prose("before", 4)) + 2 * LEADING;
            pdf.text(pdf.plain, 10, 220, top, "v =");
            float x = fraction(pdf, 10, 240, top, "a + b", "2c");
            pdf.text(pdf.plain, 10, x + 3, top, "+ 1");
            pdf.paragraph(MARGIN, top + 3 * LEADING, WIDTH, prose("after", 4));
            assertThat(Read.blocks(read(pdf)))
                    .containsExactly(
                            "paragraph: " + prose("before", 4),
                            "formula: v = (a + b)/2c + 1",
                            "paragraph: " + prose("after", 4));
        }
    }

    @Test
    void aSmallFractionInALineIsNoPower() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.paragraph(MARGIN, 100, WIDTH, prose("before", 4));
            String start = "The gauge stood at 2";
            pdf.text(pdf.plain, 10, MARGIN, 200, start);
            float x = MARGIN + PdfMaker.width(pdf.plain, 10, start) + 1.2f;
            x = fraction(pdf, 7, x, 200, "3", "40");
            pdf.text(pdf.plain, 10, x + 1.2f, 200, " of its height, and it rose by the hour.");
            pdf.text(pdf.plain, 10, MARGIN, 200 + LEADING, "Then it fell again.");
            assertThat((String) read(pdf).get("text"))
                    .contains(
                            "The gauge stood at 2 3/40 of its height, and it rose by the hour.", "Then it fell again.");
        }
    }

    @Test
    void fractionsOfFractionsAndPowersInThem() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            float top = pdf.paragraph(MARGIN, 100, WIDTH, prose("before", 4)) + 3 * LEADING;
            pdf.text(pdf.plain, 10, 200, top, "q =");
            // Over the bar: p + 1/2; under it: x with a raised 2.
            float axis = top - 2.5f;
            float over = axis - 8;
            pdf.text(pdf.plain, 10, 222, over, "p +");
            float end = fraction(pdf, 7, 240, over, "1", "2");
            pdf.content().moveTo(220, HEIGHT - axis);
            pdf.content().lineTo(end + 2, HEIGHT - axis);
            pdf.content().stroke();
            pdf.text(pdf.plain, 10, 228, axis + 9.4f, "x");
            pdf.text(pdf.plain, 7, 233.2f, axis + 5.8f, "2");
            pdf.paragraph(MARGIN, top + 3 * LEADING, WIDTH, prose("after", 4));
            assertThat((String) read(pdf).get("text")).contains("q = (p + 1/2)/(x²)");
        }
    }

    @Test
    void underlinedWordsAndRulesOfTablesAreNoFractions() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            List<String> lines = List.of(
                    "The height of the water is kept for every hour of the day and the night in the book.",
                    "The pilots read it there, and so does the keeper of the harbour when he makes his plans.",
                    "Nobody else may write in it, and whoever did so in the past had to pay for a new one.");
            for (int i = 0; i < lines.size(); i++) {
                pdf.text(pdf.plain, 10, MARGIN, 100 + i * LEADING, lines.get(i));
                float from = MARGIN + PdfMaker.width(pdf.plain, 10, "The ");
                pdf.content().addRect(from, HEIGHT - 101.5f - i * LEADING, 30 + 40 * i, 0.5f);
                pdf.content().fill();
            }
            float top = 180;
            for (String[] row :
                    new String[][] {{"Harbour", "1998", "1999"}, {"North", "2.31", "2.35"}, {"Bay", "1", "2"}}) {
                for (int i = 0; i < row.length; i++) {
                    pdf.text(pdf.plain, 10, MARGIN + i * 80, top, row[i]);
                    pdf.content().addRect(MARGIN + i * 80, HEIGHT - top - 3, 40, 0.5f);
                    pdf.content().fill();
                }
                top += LEADING + 2;
            }
            assertThat(Read.blocks(read(pdf)))
                    .containsExactly(
                            "paragraph: " + String.join(" ", lines),
                            "table: Harbour | 1998 | 1999\nNorth | 2.31 | 2.35\nBay | 1 | 2");
        }
    }
}
