package dev.callboard.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherFormatsTest {
    private static String shape(String placeholder, String... paragraphs) {
        StringBuilder xml =
                new StringBuilder("<p:sp><p:nvSpPr><p:nvPr>" + placeholder + "</p:nvPr></p:nvSpPr><p:txBody>");
        for (String paragraph : paragraphs) {
            xml.append("<a:p><a:r><a:t>" + paragraph + "</a:t></a:r></a:p>");
        }
        return xml.append("</p:txBody></p:sp>").toString();
    }

    private static String slide(String shapes) {
        return "<p:sld xmlns:p='urn:p' xmlns:a='urn:a'><p:cSld><p:spTree>" + shapes + "</p:spTree></p:cSld></p:sld>";
    }

    /** One slide with one paragraph. */
    static Zip pptx(String paragraph) {
        return new Zip()
                .part(
                        "ppt/presentation.xml",
                        "<p:presentation xmlns:p='urn:p'><p:sldIdLst><p:sldId id='256' " + Zip.rid("r1")
                                + "/></p:sldIdLst></p:presentation>")
                .relations("ppt/_rels/presentation.xml.rels", Map.of("r1", "slides/slide1.xml"))
                .part("ppt/slides/slide1.xml", slide(shape("", paragraph)));
    }

    @Test
    void slidesComeInTheOrderInWhichTheyAreShown() throws Exception {
        Map<String, Object> document = new Zip()
                .part(
                        "ppt/presentation.xml",
                        "<p:presentation xmlns:p='urn:p'><p:sldIdLst><p:sldId id='256' " + Zip.rid("r2")
                                + "/><p:sldId id='257' " + Zip.rid("r1") + "/></p:sldIdLst></p:presentation>")
                .relations(
                        "ppt/_rels/presentation.xml.rels", Map.of("r1", "slides/slide1.xml", "r2", "slides/slide2.xml"))
                .part("ppt/slides/slide1.xml", slide(shape("", "Alone")))
                .part(
                        "ppt/slides/slide2.xml",
                        slide(shape("<p:ph type='body'/>", "First", "Second")
                                + shape("<p:ph type='ctrTitle'/>", "Tides")
                                + shape("<p:ph type='sldNum'/>", "7")
                                + "<p:graphicFrame><a:graphic><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Low</a:t></a:r></a:p>"
                                + "</a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>0.4</a:t></a:r></a:p></a:txBody></a:tc>"
                                + "</a:tr></a:tbl></a:graphic></p:graphicFrame>"))
                .relations("ppt/slides/_rels/slide2.xml.rels", Map.of("n", "../notesSlides/notesSlide1.xml"))
                .part("ppt/notesSlides/notesSlide1.xml", slide(shape("<p:ph type='body'/>", "Say this.")))
                .read();
        assertThat(Zip.blocks(document))
                .containsExactly(
                        "heading: Tides",
                        "list-item: First",
                        "list-item: Second",
                        "table: Low | 0.4",
                        "note: Say this.",
                        "heading: Slide 2",
                        "paragraph: Alone");
        assertThat(document).containsEntry("title", "Tides");
        assertThat(Zip.list(document.get("blocks")).get(6)).containsEntry("page", 2);
        assertThat(Zip.leftOut(document)).containsExactly("sldNum: a running header, footer or number of slides");
    }

    static Zip xlsx(String rows) {
        return new Zip()
                .part(
                        "xl/workbook.xml",
                        "<workbook xmlns='urn:x'><sheets><sheet name='Levels' " + Zip.rid("r1")
                                + "/></sheets></workbook>")
                .relations("xl/_rels/workbook.xml.rels", Map.of("r1", "worksheets/sheet1.xml"))
                .part(
                        "xl/sharedStrings.xml",
                        "<sst xmlns='urn:x'><si><t>Gauge</t></si><si><r><t>No</t></r><r><t>rth</t></r><rPh><t>x</t></rPh></si></sst>")
                .part(
                        "xl/styles.xml",
                        "<styleSheet xmlns='urn:x'><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy hh:mm'/><numFmt"
                                + " numFmtId='165' formatCode='0.0 \"days\"'/></numFmts><cellXfs><xf numFmtId='0'/><xf"
                                + " numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/></cellXfs></styleSheet>")
                .part(
                        "xl/worksheets/sheet1.xml",
                        "<worksheet xmlns='urn:x'><sheetData>" + rows + "</sheetData></worksheet>");
    }

    @Test
    void rowsAreLinesAndGapsStayEmpty() throws Exception {
        Map<String, Object> document =
                xlsx("<row><c r='A1' t='s'><v>0</v></c><c r='C1' t='inlineStr'><is><t>Height</t></is></c>"
                                + "</row><row/><row><c r='A3' t='s'><v>1</v></c><c r='C3'><f>1+1</f><v>2</v></c><c r='D3' t='b'><v>1</v></c>"
                                + "</row>")
                        .read();
        assertThat(Zip.blocks(document))
                .containsExactly("heading: Levels", "table: Gauge | | Height\nNorth | | 2 | TRUE");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 46082, 46082",
        "1, 46082, 2026-03-01",
        "2, 46082.5, 2026-03-01 12:00",
        "2, 0.25, 06:00",
        "3, 1.5, 1.5",
        "1, 60, 60",
        "1, -3, -3",
        "0, 0.30000000000000004, 0.3",
        "0, 1e5, 1e5",
    })
    void numbersAndDatesAreWhatIsStored(int format, String stored, String expected) throws Exception {
        assertThat(Zip.blocks(xlsx("<row><c s='" + format + "'><v>" + stored + "</v></c></row>")
                        .read()))
                .containsExactly("heading: Levels", "table: " + expected);
    }

    static Zip odt(String text) {
        return new Zip()
                .part("mimetype", "")
                .part(
                        "content.xml",
                        "<o:document-content xmlns:o='urn:o' xmlns:t='urn:t' xmlns:s='urn:s' xmlns:b='urn:b' xmlns:d='urn:d'>"
                                + "<o:automatic-styles><s:style s:name='T1'><s:text-properties s:text-position='super 58%'/>"
                                + "</s:style><s:style s:name='P1' s:parent-style-name='Title'/></o:automatic-styles><o:body><o:text>"
                                + text + "</o:text></o:body></o:document-content>");
    }

    @Test
    void openDocumentTextIsReadInOrder() throws Exception {
        Map<String, Object> document =
                odt("<t:tracked-changes><t:p>gone</t:p></t:tracked-changes><t:p t:style-name='P1'>The tide"
                                + "</t:p><t:h t:outline-level='1'>Tools</t:h><t:p>Ten<t:s t:c='2'/>is 10<t:span t:style-name='T1'>1"
                                + "</t:span><t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>A note.</t:p></t:note-body>"
                                + "</t:note><o:annotation><t:p>Why?</t:p></o:annotation>.</t:p><t:list><t:list-item><t:p>A lamp</t:p>"
                                + "<t:list><t:list-item><t:p>with oil</t:p></t:list-item></t:list></t:list-item></t:list><b:table>"
                                + "<b:table-row><b:table-cell><t:p>Gauge</t:p></b:table-cell><b:table-cell b:number-columns-repeated='2'>"
                                + "<t:p>x</t:p></b:table-cell></b:table-row></b:table><t:p><d:frame><d:text-box><t:p>Boxed</t:p>"
                                + "</d:text-box></d:frame></t:p>")
                        .part(
                                "meta.xml",
                                "<o:document-meta xmlns:o='urn:o' xmlns:d='urn:d'><o:meta><d:creator>Ada</d:creator><d:language>de"
                                        + "</d:language></o:meta></o:document-meta>")
                        .read();
        assertThat(Zip.blocks(document))
                .containsExactly(
                        "title: The tide",
                        "heading: Tools",
                        "paragraph: Ten is 10¹[1].",
                        "list-item: A lamp",
                        "list-item: with oil",
                        "table: Gauge | x | x",
                        "paragraph: Boxed",
                        "note: [1] A note.");
        assertThat(document).containsEntry("lang", "de");
        assertThat(Zip.leftOut(document))
                .containsExactly("tracked-changes: deleted in tracked changes", "annotation: remarks of readers");
    }
}
