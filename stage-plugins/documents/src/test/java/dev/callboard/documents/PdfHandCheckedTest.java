package dev.callboard.documents;

import static dev.callboard.documents.PdfMaker.HEIGHT;
import static dev.callboard.documents.PdfMaker.LEADING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.junit.jupiter.api.Test;

/**
 * A page as journals print it, set line by line and read by hand: two columns below a title, headings, words that lines divide, a
 * running header and a page number, a list, a table with a caption, a footnote, a paragraph that goes on in the next column past that
 * note, and on the next page.
 */
class PdfHandCheckedTest {
    private static final float LEFT = 54;
    private static final float RIGHT = 316;
    private static final float FOOT = HEIGHT - 40;

    /** What a person reads, column by column; the table's cells by rows. */
    private static final String READ =
            """
            Two Tide Gauges of the Northern Harbours
            Ada Pilot and Ben Keeper
            Abstract
            We compare two gauges that were read for a hundred years. Their measurements differ by less than a hand, and the
            differences follow the wind.
            1 Introduction
            A tide gauge records the height of the sea. The oldest ones are boards with marks, which a keeper reads by eye; the
            newer ones write by themselves. Both kinds are in use in the north, and few people have ever compared
            them¹ for longer than a year. This paper does so for two harbours. We ask three questions:
            • Do the gauges agree in calm weather?
            • Do they agree in a storm, when nobody likes to read a board?
            • Which of them is right when they do not agree?
            The answers matter to pilots, who must know how deep the water is before a ship with well-known draught comes in,
            and to those who study how the level of the sea changes over the years. Earlier work looked at single storms and found
            nothing that could not be explained by careless reading.
            ¹ The books of both keepers are in the archive of the harbour office.
            2 Methods
            All readings were copied from the books by two persons who did not know of each other, and compared line by line.
            Table 1. Mean height in metres
            Harbour 1998 1999 2000
            North 2.31 2.35 2.36
            South Bay 1.90 1.88 1.91
            Old Mole 2.02 2.05 2.04
            2.1 Corrections
            The board of the South Bay was moved once, in the spring of 1931, by eleven centimetres. We have added them to all
            later readings. The clock of the new gauge was slow by as much as four minutes a week, which changes nothing
            in the means but shifts the hours of high water considerably towards the end of each week.
            3 Results
            In calm weather the two gauges agree to the width of a finger. In storms the board reads higher, because
            whoever reads it looks at the crests of the waves and not at the water between them.
            """;

    private PdfMaker pdf;

    /** Sets lines below each other and gives the base line after the last. */
    private float set(PDFont font, float size, float x, float top, String... lines) throws IOException {
        for (String line : lines) {
            pdf.text(font, size, x, top, line);
            top += LEADING;
        }
        return top;
    }

    private void edges(int page) throws IOException {
        pdf.text(pdf.plain, 8, LEFT, 38, "Journal of Northern Tides 7 (2026)");
        pdf.centred(pdf.plain, 8, FOOT, String.valueOf(117 + page));
    }

    private void leftColumn() throws IOException {
        float top = set(pdf.bold, 11, LEFT, 140, "Abstract");
        top = set(
                pdf.plain,
                10,
                LEFT,
                top + 4,
                "We compare two gauges that were read for a hundred",
                "years. Their measurements differ by less than a hand,",
                "and the differences follow the wind.");
        top = set(pdf.bold, 11, LEFT, top + LEADING, "1 Introduction");
        top = set(
                pdf.plain,
                10,
                LEFT,
                top + 4,
                "A tide gauge records the height of the sea. The oldest",
                "ones are boards with marks, which a keeper reads by",
                "eye; the newer ones write by themselves. Both kinds are",
                "in use in the north, and few people have ever com-");
        pdf.text(pdf.plain, 10, LEFT, top, "pared them");
        float mark = LEFT + PdfMaker.width(pdf.plain, 10, "pared them");
        pdf.text(pdf.plain, 6.5f, mark, top - 4, "1");
        pdf.text(pdf.plain, 10, mark + 4, top, " for longer than a year. This paper does so");
        top = set(pdf.plain, 10, LEFT, top + LEADING, "for two harbours. We ask three questions:");
        top = set(
                pdf.plain,
                10,
                LEFT + 10,
                top + 4,
                "• Do the gauges agree in calm weather?",
                "• Do they agree in a storm, when nobody likes to");
        top = set(pdf.plain, 10, LEFT + 18, top, "read a board?");
        top = set(pdf.plain, 10, LEFT + 10, top, "• Which of them is right when they do not agree?");
        set(
                pdf.plain,
                10,
                LEFT,
                top + 4,
                "The answers matter to pilots, who must know how deep",
                "the water is before a ship with well-known draught",
                "comes in, and to those who study how the level of the");
        set(
                pdf.plain,
                8,
                LEFT,
                FOOT - 40,
                "¹ The books of both keepers are in the archive of the har-",
                "bour office.");
    }

    private void rightColumn() throws IOException {
        float top = set(
                pdf.plain,
                10,
                RIGHT,
                140,
                "sea changes over the years. Earlier work looked at sin-",
                "gle storms and found nothing that could not be ex-",
                "plained by careless reading.");
        top = set(pdf.bold, 11, RIGHT, top + LEADING, "2 Methods");
        top = set(
                pdf.plain,
                10,
                RIGHT,
                top + 4,
                "All readings were copied from the books by two per-",
                "sons who did not know of each other, and compared",
                "line by line.");
        top = set(pdf.plain, 9, RIGHT, top + LEADING, "Table 1. Mean height in metres");
        String[][] rows = {
            {"Harbour", "1998", "1999", "2000"},
            {"North", "2.31", "2.35", "2.36"},
            {"South Bay", "1.90", "1.88", "1.91"},
            {"Old Mole", "2.02", "2.05", "2.04"}
        };
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                pdf.text(pdf.plain, 9, RIGHT + (i == 0 ? 0 : 40 + i * 45), top + 4, row[i]);
            }
            top += LEADING;
        }
        top = set(pdf.bold, 10, RIGHT, top + 2 * LEADING, "2.1 Corrections");
        set(
                pdf.plain,
                10,
                RIGHT,
                top + 4,
                "The board of the South Bay was moved once, in the",
                "spring of 1931, by eleven centimetres. We have added",
                "them to all later readings. The clock of the new gauge",
                "was slow by as much as four minutes a week, which");
    }

    private void nextPage() throws IOException {
        float top = set(
                pdf.plain,
                10,
                LEFT,
                80,
                "changes nothing in the means but shifts the hours of",
                "high water considerably towards the end of each week.");
        top = set(pdf.bold, 11, LEFT, top + LEADING, "3 Results");
        set(
                pdf.plain,
                10,
                LEFT,
                top + 4,
                "In calm weather the two gauges agree to the width of a",
                "finger. In storms the board reads higher, because who-",
                "ever reads it looks at the crests of the waves and not at",
                "the water between them.");
    }

    @Test
    void aPageIsReadAsAPersonReadsIt() throws Exception {
        try (PdfMaker maker = new PdfMaker().page()) {
            pdf = maker;
            edges(1);
            pdf.centred(pdf.bold, 16, 84, "Two Tide Gauges of the Northern Harbours");
            pdf.centred(pdf.plain, 10, 106, "Ada Pilot and Ben Keeper");
            // The right column is drawn first: the order of drawing says nothing.
            rightColumn();
            leftColumn();
            pdf.page();
            edges(2);
            nextPage();
            Map<String, Object> document = Read.file("a.pdf", pdf.bytes());
            WordOrder.assertReads(document, READ);
            assertThat(TestContext.list(document.get("sections")))
                    .extracting(section -> section.get("title"))
                    .containsExactly("Abstract", "1 Introduction", "2 Methods", "2.1 Corrections", "3 Results");
            assertThat(Read.blocks(document))
                    .contains(
                            "title: Two Tide Gauges of the Northern Harbours",
                            "list-item: • Do they agree in a storm, when nobody likes to read a board?",
                            "caption: Table 1. Mean height in metres",
                            "table: Harbour | 1998 | 1999 | 2000\nNorth | 2.31 | 2.35 | 2.36\nSouth Bay | 1.90 | 1.88 | 1.91"
                                    + "\nOld Mole | 2.02 | 2.05 | 2.04",
                            "note: ¹ The books of both keepers are in the archive of the harbour office.");
            assertThat((String) document.get("text")).doesNotContain("Journal of Northern Tides", "118");
        }
    }
}
