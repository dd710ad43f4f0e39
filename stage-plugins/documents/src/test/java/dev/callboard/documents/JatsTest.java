package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class JatsTest {
    private static Map<String, Object> sample() throws Exception {
        return new TestContext()
                .file("tide-gauges.xml", Fixtures.sample("tide-gauges.xml"))
                .document();
    }

    private static List<String> texts(Map<String, Object> document, String kind) {
        return TestContext.list(document.get("blocks")).stream()
                .filter(block -> block.get("kind").equals(kind))
                .map(block -> (String) block.get("text"))
                .toList();
    }

    private static List<String> paragraphs(String body) throws Exception {
        return texts(new TestContext().file("a.nxml", Fixtures.jats(body)).document(), "paragraph");
    }

    @Test
    void readsTitleAndMeta() throws Exception {
        Map<String, Object> document = sample();
        assertThat(document)
                .containsEntry("media_type", "application/jats+xml")
                .containsEntry("lang", "en")
                .containsEntry("title", "Two Tide Gauges, One Harbour: How Far Apart Are Their Readings?");
        assertThat(document.get("meta"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("authors", List.of("Sample Harbour Survey", "Sample Institute of Hydrography"))
                .containsEntry("journal", "Sample Journal of Coastal Measurement")
                .containsEntry("doi", "10.5555/sample.tide-gauges")
                .containsEntry("pages", "11–14")
                .containsEntry("keywords", List.of("tide gauge", "water level", "wind set-up"))
                .containsEntry("dates", Map.of("published", "2025-03-03", "received", "2024-12-09"))
                .containsEntry("paragraphs", 8);
    }

    @Test
    void readsNestedSections() throws Exception {
        List<Map<String, Object>> sections = TestContext.list(sample().get("sections"));
        assertThat(sections)
                .extracting("title")
                .containsExactly(
                        "Abstract",
                        "Introduction",
                        "Methods",
                        "Site",
                        "Readings",
                        "Results",
                        "Discussion",
                        "Acknowledgments");
        assertThat(sections.get(3)).containsEntry("parent", sections.get(2).get("id"));
        assertThat(sections.get(5).get("parent")).isNull();
    }

    @Test
    void readsTablesListsAndCaptions() throws Exception {
        Map<String, Object> document = sample();
        assertThat(texts(document, "table"))
                .containsExactly("Wind | Pairs | Mean (cm) | Largest (cm)\n"
                        + "Calm | 6,902 | 1.4 | 3.9\nStrong | 1,210 | 4.1 | 7.6[a]");
        assertThat(texts(document, "caption")).containsExactly("Table 1. Difference between the gauges by wind.");
        assertThat(texts(document, "list-item"))
                .containsExactly("a ship passed within 50 m of the pier, or", "either gauge reported a fault.");
    }

    @Test
    void readsReferencesAndWhoCitesThem() throws Exception {
        Map<String, Object> document = sample();
        assertThat(TestContext.list(document.get("refs")).get(1))
                .containsEntry("id", "ref2")
                .containsEntry("label", "2")
                .containsEntry("title", "Acoustic water level gauges in small harbours")
                .containsEntry("doi", "10.5555/sample.acoustic")
                .containsEntry(
                        "text",
                        "Sample Coastal Network. Acoustic water level gauges in small harbours. Sample Journal of Coastal"
                                + " Measurement. 2019;1:3–9.");
        Map<String, Object> citing = TestContext.list(document.get("blocks")).stream()
                .filter(block -> block.containsKey("cites"))
                .findFirst()
                .orElseThrow();
        assertThat(citing).containsEntry("cites", List.of("ref1", "ref2"));
        assertThat((String) citing.get("text")).contains("well known [1].").endsWith("at one place.[2]");
    }

    @Test
    void dropsCitationsThatLeadNowhere() throws Exception {
        Map<String, Object> document = new TestContext()
                .file("a.nxml", Fixtures.jats("<p>Known <xref ref-type=\"bibr\" rid=\"gone\">3</xref>.</p>"))
                .document();
        assertThat(TestContext.list(document.get("blocks"))).noneMatch(block -> block.containsKey("cites"));
    }

    @Test
    void readsNamedEntitiesWithoutADtd() throws Exception {
        assertThat(paragraphs("<p>5&nbsp;&micro;g &plusmn;&thinsp;1 &alpha;&beta; &lt; 7 &#x1F41F;</p>"))
                .containsExactly("5 µg ± 1 αβ < 7 🐟");
    }

    @Test
    void keepsPowersAndMarksRaisedCitations() throws Exception {
        assertThat(paragraphs("<p>10<sup>−3</sup> m<sup>2</sup>, the 1<sup>st</sup>, H<sub>2</sub>O</p>"))
                .containsExactly("10⁻³ m², the 1st, H2O");
    }

    @Test
    void putsBlocksInAParagraphAfterIt() throws Exception {
        Map<String, Object> document = new TestContext()
                .file(
                        "a.nxml",
                        Fixtures.jats("<p>Before <list><list-item><p>one</p></list-item></list> after</p>"
                                + "<disp-formula>E = m c</disp-formula><preformat>a\n  b</preformat>"
                                + "<def-list><def-item><term>T</term><def><p>time</p></def></def-item></def-list>"))
                .document();
        assertThat(TestContext.list(document.get("blocks")))
                .extracting(block -> block.get("kind") + ": " + block.get("text"))
                .containsExactly(
                        "title: A title",
                        "paragraph: Before after",
                        "list-item: one",
                        "formula: E = m c",
                        "code: a\n  b",
                        "list-item: T: time");
    }

    @Test
    void readsMathOnceAndWithoutTexPreamble() throws Exception {
        assertThat(paragraphs("<p>Let <alternatives><tex-math>\\begin{document}$x$\\end{document}</tex-math>"
                        + "<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math></alternatives> and"
                        + " <tex-math>\\usepackage{a}\\begin{document}$y$\\end{document}</tex-math>.</p>"))
                .containsExactly("Let x and $y$.");
    }

    @Test
    void readsUtf16AndDeclaredCharsets() throws Exception {
        String xml = Fixtures.jats("<p>Zambézia</p>");
        for (byte[] bytes : List.of(
                ("\uFEFF" + xml).getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + xml).getBytes(StandardCharsets.UTF_8),
                ("<?xml version='1.0' encoding='ISO-8859-1'?>" + xml).getBytes(StandardCharsets.ISO_8859_1))) {
            assertThat(texts(new TestContext().file("a.xml", bytes).document(), "paragraph"))
                    .containsExactly("Zambézia");
        }
    }

    @Test
    void readsOtherXmlByItsShape() throws Exception {
        Map<String, Object> document = new TestContext()
                .file(
                        "a.xml",
                        "<book><title>B</title><chapter><title>C</title><para>One <b>two</b>.<ul><li>a</li><li>b</li></ul></para></chapter></book>")
                .document();
        assertThat(document).containsEntry("title", "B").containsEntry("media_type", "application/xml");
        assertThat(texts(document, "paragraph")).containsExactly("One two. a b");
        assertThat(TestContext.list(document.get("sections")))
                .extracting("title")
                .containsExactly("C");
    }
}
