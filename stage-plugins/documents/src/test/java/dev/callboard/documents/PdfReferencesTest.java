package dev.callboard.documents;

import static dev.callboard.documents.PdfMaker.LEADING;
import static dev.callboard.documents.PdfMaker.prose;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cited works of a PDF, as far as its text says them. */
class PdfReferencesTest {
    private static final float MARGIN = 72;
    private static final float WIDTH = 468;

    /** A paper whose list has these entries; the further lines of each are indented. */
    private static Map<String, Object> paper(String text, String... entries) throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.text(pdf.bold, 18, MARGIN, 80, "Two Tide Gauges");
            float top = pdf.paragraph(MARGIN, 110, WIDTH, prose("body", 6) + " " + text);
            pdf.text(pdf.bold, 12, MARGIN, top + LEADING, "References");
            top += 2.5f * LEADING;
            for (String entry : entries) {
                List<String> lines = pdf.lines(WIDTH - 30, entry);
                for (int i = 0; i < lines.size(); i++) {
                    pdf.text(pdf.plain, 10, MARGIN + (i == 0 ? 0 : 18), top, lines.get(i));
                    top += LEADING;
                }
            }
            pdf.text(pdf.bold, 12, MARGIN, top + LEADING, "Appendix");
            pdf.paragraph(MARGIN, top + 2.5f * LEADING, WIDTH, prose("appendix", 1));
            return Read.file("a.pdf", pdf.bytes());
        }
    }

    private static List<Object> cites(Map<String, Object> document) {
        return TestContext.list(document.get("blocks")).stream()
                .filter(block -> block.containsKey("cites"))
                .map(block -> block.get("cites"))
                .toList();
    }

    @Test
    void numberedEntriesAreReferencesAndNotText() throws Exception {
        Map<String, Object> document = paper(
                "Gauges are old [1, 3-4] and good [2].",
                "[1] Pilot A, Keeper B. The height of the water in small harbours of the north, read every hour for a"
                        + " hundred years. J Tides. 2004;33(2):101-117. doi:10.1234/tides.2004-33.",
                "[2] C. Gull, “Old moles and their stones,” Annals of Harbours, vol. 7, pp. 1-9, 1998.",
                "[3] Tern D (2011) How to read a gauge. Harbour Press, Northport. PMID: 123456",
                "[4] The manual of the gauge, printed for the pilots of the harbour between 1890 and 1895 in Northport.");
        assertThat(TestContext.list(document.get("refs")))
                .containsExactly(
                        Map.of(
                                "id",
                                "r1",
                                "label",
                                "1",
                                "doi",
                                "10.1234/tides.2004-33",
                                "year",
                                "2004",
                                "text",
                                "Pilot A, Keeper B. The height of the water in small harbours of the north, read every"
                                        + " hour for a hundred years. J Tides. 2004;33(2):101-117."
                                        + " doi:10.1234/tides.2004-33."),
                        Map.of(
                                "id",
                                "r2",
                                "label",
                                "2",
                                "title",
                                "Old moles and their stones",
                                "year",
                                "1998",
                                "text",
                                "C. Gull, “Old moles and their stones,” Annals of Harbours, vol. 7, pp. 1-9, 1998."),
                        Map.of(
                                "id",
                                "r3",
                                "label",
                                "3",
                                "title",
                                "How to read a gauge",
                                "pmid",
                                "123456",
                                "year",
                                "2011",
                                "text",
                                "Tern D (2011) How to read a gauge. Harbour Press, Northport. PMID: 123456"),
                        Map.of(
                                "id",
                                "r4",
                                "label",
                                "4",
                                "text",
                                "The manual of the gauge, printed for the pilots of the harbour between 1890 and 1895 in"
                                        + " Northport."));
        assertThat(cites(document)).containsExactly(List.of("r1", "r3", "r4", "r2"));
        assertThat((String) document.get("text"))
                .contains("References", "appendix1")
                .doesNotContain("Keeper B.");
        assertThat(Read.meta(document)).containsEntry("references", 4);
    }

    @Test
    void entriesWithoutNumbersAreKnownByNameAndYear() throws Exception {
        Map<String, Object> document = paper(
                "Gauges are old (Pilot & Keeper, 2004), as Tern (2011) says; Gull et al. 1998 do not say which.",
                "Gull C. 1998. Old moles and their stones, with a list of all harbours that still have one of them in"
                        + " use. Annals of Harbours 7:1-9.",
                "Gull C, Tern D. 1998. Young moles. Annals of Harbours 7:10-19, with a list of all the harbours that will"
                        + " have one of them before long.",
                "Pilot A, Keeper B. 2004. The height of the water in small harbours of the north, read every hour for"
                        + " years. Journal of Tides 33:101-117.",
                "Tern D. 2011. How to read a gauge. Harbour Press, Northport, in the series of books for pilots and for those"
                        + " who want to become one.");
        assertThat(TestContext.list(document.get("refs")))
                .extracting(reference -> reference.get("title"))
                .containsExactly(
                        "Old moles and their stones, with a list of all harbours that still have one of them in use",
                        "Young moles",
                        "The height of the water in small harbours of the north, read every hour for years",
                        "How to read a gauge");
        assertThat(cites(document)).containsExactly(List.of("r3", "r4"));
    }

    @Test
    void aListOfSomethingElseStaysText() throws Exception {
        Map<String, Object> document = paper(
                "See the end.", "1. Ask the pilot first.", "2. Ask the keeper next.", "3. Ask nobody else in 1998.");
        assertThat(TestContext.list(document.get("refs"))).isEmpty();
        assertThat(Read.blocks(document)).contains("list-item: 2. Ask the keeper next.");
    }
}
