package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** D1: places where text of a JATS article was lost. */
class JatsPlacesTest {
    private static Map<String, Object> article(String front, String rest) throws Exception {
        return Read.file(
                "a.xml",
                "<article><front><article-meta><title-group><article-title>Ropes</article-title></title-group>" + front
                        + "</article-meta></front>" + rest + "</article>");
    }

    @Test
    void floatsOfOldVersionsAreKept() throws Exception {
        String floats = "<fig><label>Figure 2</label><caption><p>A knot.</p></caption></fig>";
        for (String group : List.of("floats-wrap", "floats-group")) {
            assertThat(Read.blocks(article("", "<body><p>B.</p></body><" + group + ">" + floats + "</" + group + ">")))
                    .endsWith("caption: Figure 2. A knot.");
        }
    }

    @Test
    void calsTablesAreTables() throws Exception {
        assertThat(Read.blocks(
                        Read.jats("<table-wrap><table><tgroup cols='3'><colspec colname='a'/><colspec colname='b'/>"
                                + "<colspec colname='c'/><thead><row><entry>Rope</entry><entry namest='b' nameend='c'>Load</entry></row>"
                                + "</thead><tbody><row><entry morerows='1'>Hemp</entry><entry>10</entry><entry>20</entry></row>"
                                + "<row><entry>11</entry><entry>21</entry></row><row><entry colname='c'>99</entry></row></tbody></tgroup>"
                                + "</table></table-wrap>")))
                .contains("table: Rope | Load\nHemp | 10 | 20\nHemp | 11 | 21\n| | 99");
    }

    @Test
    void listsInCellsAndCaptionsAreKept() throws Exception {
        assertThat(Read.blocks(Read.jats(
                        "<table-wrap><caption><p>Crew.</p><list><list-item><p>all hands</p></list-item></list>"
                                + "</caption><table><tr><td>Tern</td><td><list><list-item><p>cook</p></list-item><list-item><p>mate</p>"
                                + "</list-item></list></td></tr></table></table-wrap>")))
                .containsSubsequence("paragraph: Crew.", "list-item: all hands", "table: Tern | cook; mate");
    }

    @Test
    void definitionsKeepListsAndNotes() throws Exception {
        assertThat(Read.blocks(
                        Read.jats("<p>See <def-list><title>Words</title><def-item><term>bight</term><def><p>a bend</p>"
                                + "<list><list-item><p>of rope</p></list-item></list></def></def-item></def-list><fn><label>a</label>"
                                + "<p>A note.</p></fn> end.</p>")))
                .containsExactly(
                        "title: A title",
                        "paragraph: See end.",
                        "caption: Words",
                        "list-item: bight: a bend",
                        "list-item: of rope",
                        "paragraph: a A note.");
    }

    @Test
    void labelsAndTitlesOfStatementsGroupsAndQuotesAreKept() throws Exception {
        assertThat(Read.blocks(Read.jats(
                        "<statement><label>Lemma 4</label><title>Of knots</title><p>They hold.</p></statement>"
                                + "<fig-group><label>Plate 1</label><caption><title>Bends</title></caption><fig><label>b</label></fig>"
                                + "</fig-group><disp-quote><title>Heard</title><p>Pull.</p><attrib>Bosun</attrib></disp-quote>"
                                + "<speech><speaker>Mate</speaker><p>Aye.</p></speech><unheard-of><title>New</title><x>words</x>"
                                + "</unheard-of>")))
                .containsExactly(
                        "title: A title",
                        "caption: Lemma 4 Of knots",
                        "paragraph: They hold.",
                        "caption: Plate 1. Bends",
                        "caption: b",
                        "caption: Heard",
                        "paragraph: Pull.",
                        "paragraph: Bosun",
                        "paragraph: Mate",
                        "paragraph: Aye.",
                        "caption: New",
                        "paragraph: words");
    }

    @Test
    void frontMatterKeepsItsWordsAndNamesTheRest() throws Exception {
        Map<String, Object> document = article(
                "<article-id pub-id-type='publisher-id'>p-77</article-id><author-notes><fn><p>No conflict of interest.</p></fn>"
                        + "</author-notes><pub-date><year>2001</year></pub-date><custom-meta-group><custom-meta><meta-name>Data"
                        + "</meta-name><meta-value>On request.</meta-value></custom-meta></custom-meta-group>",
                "<body><p>B.</p></body>");
        assertThat(Read.blocks(document)).contains("note: No conflict of interest.", "note: Data: On request.");
        assertThat(Read.leftOut(document))
                .containsExactly(
                        "/article/front/article-meta/article-id: an identifier",
                        "/article/front/article-meta/pub-date: a date or number of the issue");
    }

    @Test
    void notesOfTheFrontAndAbstractsOfTranslationsAreKept() throws Exception {
        Map<String, Object> document = Read.file(
                "a.xml",
                "<article><front><article-meta><title-group><article-title>Ropes</article-title></title-group></article-meta>"
                        + "<notes><p>First told aloud.</p></notes></front><body><p>B.</p></body><sub-article"
                        + " article-type='translation'><front-stub><title-group><article-title>Taue</article-title></title-group>"
                        + "<abstract><p>Kurz.</p></abstract></front-stub></sub-article></article>");
        assertThat(Read.blocks(document)).contains("note: First told aloud.", "heading: Taue", "abstract: Kurz.");
    }

    @Test
    void allCitationsOfAReferenceAreKept() throws Exception {
        Map<String, Object> document = article(
                "",
                "<back><ref-list><ref id='r1'><label>1</label><mixed-citation>First. <pub-id pub-id-type='doi'>10.5555/a</pub-id>"
                        + "</mixed-citation><mixed-citation>Second.</mixed-citation><note><p>Out of print.</p></note></ref>"
                        + "<ref id='r2'><element-citation><source>Sea</source><year>1999</year><edition>3rd ed</edition>"
                        + "</element-citation></ref></ref-list></back>");
        assertThat(TestContext.list(document.get("refs")))
                .extracting("text")
                .containsExactly("First. Second. Out of print.", "Sea. 1999. 3rd ed");
    }

    @Test
    void booksHaveTheirOwnTitle() throws Exception {
        Map<String, Object> book = Read.file(
                "b.xml",
                "<book><book-meta><book-title-group><book-title>All Knots</book-title></book-title-group></book-meta><front-matter>"
                        + "<dedication><title>Dedication</title><p>To Bo.</p></dedication></front-matter><book-body><book-part>"
                        + "<book-part-meta><title-group><label>1</label><title>Bends</title></title-group><abstract><p>Short.</p>"
                        + "</abstract></book-part-meta><body><p>Long.</p></body></book-part></book-body></book>");
        assertThat(book).containsEntry("title", "All Knots");
        assertThat(Read.blocks(book))
                .containsExactly(
                        "title: All Knots",
                        "heading: Dedication",
                        "note: To Bo.",
                        "heading: 1 Bends",
                        "abstract: Short.",
                        "paragraph: Long.");
    }
}
