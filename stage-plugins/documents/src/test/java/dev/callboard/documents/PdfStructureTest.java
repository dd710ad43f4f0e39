package dev.callboard.documents;

import static dev.callboard.documents.PdfMaker.LEADING;
import static dev.callboard.documents.PdfMaker.prose;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.junit.jupiter.api.Test;

/** Headings, lists, tables, facts, and what stands beside the text of a PDF. */
class PdfStructureTest {
    private static final float MARGIN = 72;
    private static final float WIDTH = 468;

    private static Map<String, Object> read(PdfMaker pdf) throws Exception {
        return Read.file("a.pdf", pdf.bytes());
    }

    private static List<String> sections(Map<String, Object> document) {
        return TestContext.list(document.get("sections")).stream()
                .map(section -> section.get("id") + " in " + section.get("parent") + ": " + section.get("title"))
                .toList();
    }

    @Test
    void numberedHeadingsAreSectionsInSections() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.text(pdf.bold, 20, MARGIN, 80, "A Manual of Gauges");
            float top = 120;
            for (String heading : List.of("1 Introduction", "1.1 Purpose", "1.2 Words", "2 Methods")) {
                pdf.text(pdf.bold, heading.contains(".") ? 11 : 13, MARGIN, top, heading);
                top = pdf.paragraph(MARGIN, top + 18, WIDTH, prose("s" + heading.charAt(0), 5)) + LEADING;
            }
            Map<String, Object> document = read(pdf);
            assertThat(sections(document))
                    .containsExactly(
                            "s1 in null: 1 Introduction",
                            "s2 in s1: 1.1 Purpose",
                            "s3 in s1: 1.2 Words",
                            "s4 in null: 2 Methods");
            assertThat(document).containsEntry("title", "A Manual of Gauges");
            assertThat(Read.meta(document)).containsEntry("paragraphs", 4);
        }
    }

    @Test
    void bookmarksSayWhatIsAHeading() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            PDDocumentOutline outline = new PDDocumentOutline();
            pdf.document.getDocumentCatalog().setDocumentOutline(outline);
            float top = 100;
            PDOutlineItem chapter = null;
            for (String heading : List.of("Of the tides", "of the moon", "Of the winds")) {
                PDOutlineItem item = new PDOutlineItem();
                item.setTitle(heading);
                if (heading.startsWith("of")) {
                    chapter.addLast(item);
                } else {
                    chapter = item;
                    outline.addLast(item);
                }
                pdf.text(pdf.plain, 10, MARGIN, top, heading);
                top = pdf.paragraph(MARGIN, top + LEADING, WIDTH, prose("t" + (int) top, 4));
            }
            assertThat(sections(read(pdf)))
                    .containsExactly("s1 in null: Of the tides", "s2 in s1: of the moon", "s3 in null: Of the winds");
        }
    }

    @Test
    void listsTablesCaptionsAndCode() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            float top = pdf.paragraph(MARGIN, 80, WIDTH, prose("body", 8));
            String[] items = {"\u2022 the first item of three", "\u2022 the second one", "\u2022 the third one"};
            for (String item : items) {
                pdf.text(pdf.plain, 10, MARGIN + 12, top, item);
                top += LEADING;
            }
            top += LEADING;
            pdf.text(pdf.plain, 9, MARGIN, top, "Table 1. Heights in metres");
            String[][] rows = {{"Harbour", "1998", "1999"}, {"North", "2.31", "2.35"}, {"South Bay", "1.90", "1.88"}};
            for (String[] row : rows) {
                top += LEADING + 2;
                for (int i = 0; i < row.length; i++) {
                    pdf.text(pdf.plain, 9, MARGIN + i * 120, top, row[i]);
                }
            }
            top += 3 * LEADING;
            pdf.text(pdf.fixed, 9, MARGIN, top, "for gauge in gauges:");
            pdf.text(pdf.fixed, 9, MARGIN + 4 * 5.4f, top + LEADING, "read(gauge)");
            pdf.paragraph(MARGIN, top + 3 * LEADING, WIDTH, prose("last", 4));
            assertThat(Read.blocks(read(pdf)))
                    .containsExactly(
                            "paragraph: " + prose("body", 8),
                            "list-item: " + items[0],
                            "list-item: " + items[1],
                            "list-item: " + items[2],
                            "caption: Table 1. Heights in metres",
                            "table: Harbour | 1998 | 1999\nNorth | 2.31 | 2.35\nSouth Bay | 1.90 | 1.88",
                            "code: for gauge in gauges:\n    read(gauge)",
                            "paragraph: " + prose("last", 4));
        }
    }

    @Test
    void factsAreTheFilesOwn() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            PDDocumentInformation facts = new PDDocumentInformation();
            facts.setTitle("Microsoft Word - tides_final.doc");
            facts.setAuthor("Ada Pilot; Ben Keeper");
            facts.setSubject("Journal of Tides 7:1. doi:10.1234/tides-7-1");
            facts.setKeywords("tides, gauges");
            Calendar date = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
            date.setTimeInMillis(0);
            facts.setCreationDate(date);
            pdf.document.setDocumentInformation(facts);
            pdf.document.getDocumentCatalog().setLanguage("en-GB");
            pdf.text(pdf.plain, 16, MARGIN, 80, "Tides for Everybody");
            pdf.paragraph(MARGIN, 120, WIDTH, prose("body", 8));
            Map<String, Object> document = read(pdf);
            assertThat(document).containsEntry("title", "Tides for Everybody").containsEntry("lang", "en-GB");
            assertThat(Read.meta(document))
                    .containsEntry("authors", List.of("Ada Pilot", "Ben Keeper"))
                    .containsEntry("keywords", List.of("tides", "gauges"))
                    .containsEntry("doi", "10.1234/tides-7-1")
                    .containsEntry("created", "1970-01-01")
                    .containsEntry("pages", 1);
        }
    }

    @Test
    void attachmentsAndCommentsAreNamedAndFieldsAreRead() throws Exception {
        try (PdfMaker pdf = new PdfMaker().page()) {
            pdf.paragraph(MARGIN, 100, WIDTH, "The body of the letter.");
            attach(pdf, "data.csv", "secret,words\n");
            PDAnnotationText comment = new PDAnnotationText();
            comment.setContents("Is this so?");
            pdf.page.setAnnotations(new ArrayList<>(List.of(comment)));
            COSDictionary field = new COSDictionary();
            field.setString(COSName.T, "harbour");
            field.setString(COSName.V, "North");
            COSDictionary form = new COSDictionary();
            COSArray fields = new COSArray();
            fields.add(field);
            form.setItem(COSName.FIELDS, fields);
            pdf.document.getDocumentCatalog().getCOSObject().setItem(COSName.ACRO_FORM, form);
            Map<String, Object> document = read(pdf);
            assertThat(Read.blocks(document))
                    .containsExactly("paragraph: The body of the letter.", "list-item: harbour: North");
            assertThat(Read.leftOut(document))
                    .containsExactly(
                            "page 1: a comment on the page",
                            "attachment data.csv: a file inside this one: give it to the task as a file of its own to read it");
            assertThat((String) document.get("text")).doesNotContain("secret");
        }
    }

    private static void attach(PdfMaker pdf, String name, String text) throws Exception {
        PDComplexFileSpecification specification = new PDComplexFileSpecification();
        specification.setFile(name);
        specification.setEmbeddedFile(
                new PDEmbeddedFile(pdf.document, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        PDEmbeddedFilesNameTreeNode files = new PDEmbeddedFilesNameTreeNode();
        files.setNames(Map.of(name, specification));
        PDDocumentNameDictionary names = new PDDocumentNameDictionary(pdf.document.getDocumentCatalog());
        names.setEmbeddedFiles(files);
        pdf.document.getDocumentCatalog().setNames(names);
    }
}
