package dev.callboard.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocxTest {
    @Test
    void headingsParagraphsListsTablesAndNotes() throws Exception {
        Map<String, Object> document = Zip.docx(Zip.p("Title", Zip.r("The harbour"))
                        + Zip.p("Heading1", Zip.r("Tools"))
                        + "<w:p>" + Zip.r("A lamp, see ") + "<w:hyperlink>" + Zip.r("the office") + "</w:hyperlink>"
                        + "<w:r><w:footnoteReference w:id='2'/></w:r>" + Zip.r(".") + "</w:p>"
                        + "<w:p><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr>" + Zip.r("One item") + "</w:p>"
                        + Zip.p("Eigene", Zip.r("Parts"))
                        + Zip.p("Caption", Zip.r("Table 1"))
                        + "<w:tbl><w:tr><w:tc><w:p>" + Zip.r("Gauge") + "</w:p></w:tc><w:tc><w:p>" + Zip.r("Height")
                        + "</w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p>"
                        + Zip.r("North")
                        + "</w:p></w:tc><w:tc><w:p>" + Zip.r("3.5 m")
                        + "</w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/>"
                        + "</w:tcPr><w:p/></w:tc><w:tc><w:p>" + Zip.r("4 m") + "</w:p></w:tc></w:tr></w:tbl>")
                .part(
                        "word/footnotes.xml",
                        "<w:footnotes xmlns:w='urn:w'><w:footnote w:id='2'><w:p>" + Zip.r("Open at noon.")
                                + "</w:p></w:footnote></w:footnotes>")
                .read();
        assertThat(Zip.blocks(document))
                .containsExactly(
                        "title: The harbour",
                        "heading: Tools",
                        "paragraph: A lamp, see the office[1].",
                        "list-item: One item",
                        "heading: Parts",
                        "caption: Table 1",
                        "table: Gauge | Height\nNorth | 3.5 m\nNorth | 4 m",
                        "note: [1] Open at noon.");
        assertThat(document)
                .containsEntry("title", "The harbour")
                .containsEntry("media_type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        assertThat(Zip.list(document.get("sections")).get(1)).containsEntry("parent", "s1");
        String text = (String) document.get("text");
        assertThat(Zip.list(document.get("blocks")))
                .allSatisfy(block -> assertThat(text.substring((int) block.get("start"), (int) block.get("end")))
                        .isEqualTo(block.get("text")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 | superscript | 6 | 10⁶",
                "k | subscript | 12 | k12",
                "5 | subscript | 12 | 5₁₂",
            })
    void raisedAndLoweredTextNeverChangesANumber(String base, String position, String shifted, String expected)
            throws Exception {
        String run = "<w:r><w:rPr><w:vertAlign w:val='" + position + "'/></w:rPr><w:t>" + shifted + "</w:t></w:r>";
        assertThat(Zip.docx("<w:p>" + Zip.r(base) + run + "</w:p>").read()).containsEntry("text", expected);
    }

    @Test
    void formulasKeepTheirStructure() throws Exception {
        String one = "<m:r><m:t>1</m:t></m:r>";
        String twenty = "<m:r><m:t>20</m:t></m:r>";
        String math =
                "<m:oMath><m:f><m:num>" + one + "</m:num><m:den>" + twenty + "</m:den></m:f><m:r><m:t>+</m:t></m:r>"
                        + "<m:sSup><m:e>" + twenty + "</m:e><m:sup>" + one + "</m:sup></m:sSup></m:oMath>";
        assertThat(Zip.docx("<w:p>" + math + "</w:p>").read()).containsEntry("text", "1/20+20¹");
        assertThat(Zip.blocks(Zip.docx("<w:p><m:oMathPara>" + math + "</m:oMathPara></w:p>")
                        .read()))
                .containsExactly("formula: 1/20+20¹");
    }

    @Test
    void whatIsNoPartOfTheTextIsNamed() throws Exception {
        Map<String, Object> document = Zip.docx("<w:p>" + Zip.r("Kept")
                        + "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
                        + "<w:ins>" + Zip.r(" new") + "</w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
                        + "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>" + Zip.p("TOC1", Zip.r("Tools 3")))
                .part("word/header1.xml", "<w:hdr xmlns:w='urn:w'><w:p>" + Zip.r("Page 1") + "</w:p></w:hdr>")
                .part("word/comments.xml", "<w:comments xmlns:w='urn:w'><w:p>" + Zip.r("Why?") + "</w:p></w:comments>")
                .read();
        assertThat(document).containsEntry("text", "Kept new");
        assertThat(Zip.leftOut(document))
                .containsExactly(
                        "del: deleted or moved away in tracked changes",
                        "r: hidden text",
                        "toc: a table of contents",
                        "word/header1.xml: a running header or footer",
                        "word/comments.xml: remarks of readers");
    }

    @Test
    void textBoxesFollowTheirParagraphOnce() throws Exception {
        String box = "<w:txbxContent><w:p>" + Zip.r("In the box") + "</w:p></w:txbxContent>";
        String run = "<w:r><mc:AlternateContent xmlns:mc='urn:mc'><mc:Choice><w:drawing>" + box
                + "</w:drawing></mc:Choice><mc:Fallback><w:pict>" + box
                + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>";
        assertThat(Zip.blocks(Zip.docx("<w:p>" + Zip.r("Before") + run + Zip.r(" after") + "</w:p>")
                        .read()))
                .containsExactly("paragraph: Before after", "paragraph: In the box");
    }

    @Test
    void tablesOfOneColumnAreParagraphs() throws Exception {
        assertThat(Zip.blocks(Zip.docx("<w:tbl><w:tr><w:tc><w:p>" + Zip.r("One") + "</w:p><w:p>" + Zip.r("Two")
                                + "</w:p></w:tc></w:tr></w:tbl>")
                        .read()))
                .isEqualTo(List.of("paragraph: One", "paragraph: Two"));
    }

    @Test
    void theFileSaysItsAuthorsAndLanguage() throws Exception {
        Map<String, Object> document = Zip.docx("<w:p>" + Zip.r("Words") + "</w:p>")
                .part(
                        "docProps/core.xml",
                        "<c:coreProperties xmlns:c='urn:c' xmlns:dc='urn:dc'><dc:title>A log</dc:title><dc:creator>Ada; Ben"
                                + "</dc:creator><dc:language>en-GB</dc:language></c:coreProperties>")
                .read();
        assertThat(document).containsEntry("title", "A log").containsEntry("lang", "en-GB");
        assertThat(((Map<?, ?>) document.get("meta")).get("authors")).isEqualTo(List.of("Ada", "Ben"));
    }
}
