package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtherFormatsTest {
    private static List<String> blocks(Map<String, Object> document) {
        return TestContext.list(document.get("blocks")).stream()
                .map(block -> block.get("kind") + ": " + block.get("text"))
                .toList();
    }

    private static Map<String, Object> html(String body) throws Exception {
        return new TestContext()
                .file("a", "<!doctype html><html><body>" + body + "</body></html>")
                .document();
    }

    @Test
    void readsTheMainPartOfAPage() throws Exception {
        Map<String, Object> page =
                new TestContext().file("p", Fixtures.sample("lighthouse.html")).document();
        assertThat(page)
                .containsEntry("title", "How a lighthouse lens works - Sample Harbour")
                .containsEntry("lang", "en");
        assertThat((String) page.get("text")).doesNotContain("Home", "console", "display", "Public domain");
        assertThat(TestContext.list(page.get("sections")))
                .extracting(section -> section.get("parent") + " > " + section.get("title"))
                .containsExactly(
                        "null > How a lighthouse lens works",
                        "s1 > From a thick lens to rings",
                        "s2 > Orders",
                        "s1 > Reading a light");
        assertThat(blocks(page))
                .contains(
                        "list-item: first order for sea lights, seen from",
                        "list-item: the open sea, and",
                        "caption: Two common orders",
                        "table: Order | Height (m) | Reach (km)\nFirst | 2.59 | 40\nFourth | 0.72 | 24",
                        "code: Fl(2) W 10s\n    two white flashes every ten seconds");
    }

    @Test
    void readsTextOutsideParagraphsAndLayoutTables() throws Exception {
        assertThat(blocks(html("loose <b>text</b><p>One.<p>Two.<div>Three<br>lines</div>"
                        + "<table role=presentation><tr><td><h2>Head</h2><p>Cell.</p></td></tr></table>")))
                .containsExactly(
                        "paragraph: loose text",
                        "paragraph: One.",
                        "paragraph: Two.",
                        "paragraph: Three\nlines",
                        "heading: Head",
                        "paragraph: Cell.");
    }

    @Test
    void dropsEditLinksAndHiddenParts() throws Exception {
        assertThat(blocks(html(
                        "<h2>Life <span class=mw-editsection>[edit]</span></h2><p>Text<sup>[1]</sup> 10<sup>3</sup>"
                                + "<span style='display:none'>x</span></p><p hidden>y</p>")))
                .containsExactly("heading: Life", "paragraph: Text[1] 10³");
    }

    @Test
    void tellsThePagesCharset() throws Exception {
        for (String charset : List.of("windows-1252", "utf-8", "iso-8859-2")) {
            String declared = "<!doctype html><meta charset=" + charset + "><p>Łódź é</p>".replace("Łódź", "Z");
            assertThat(new TestContext()
                            .file("a", declared.getBytes(Charset.forName(charset)))
                            .document())
                    .containsEntry("text", "Z é");
        }
        byte[] undeclared = "<!doctype html><p>“Zambézia”</p>".getBytes(Charset.forName("windows-1252"));
        assertThat(new TestContext().file("a", undeclared).document()).containsEntry("text", "“Zambézia”");
    }

    @Test
    void readsTextByBlankLines() throws Exception {
        Map<String, Object> log = new TestContext()
                .file("log.txt", Fixtures.sample("harbour-log.txt"))
                .document();
        assertThat(log)
                .containsEntry("title", "Harbour log, first week of March")
                .containsEntry("lang", "und");
        assertThat(blocks(log)).hasSize(8).contains("list-item: - replace the lamp of the east light 🔦");
        assertThat(TestContext.list(log.get("blocks")).get(5))
                .satisfies(block -> assertThat((int) block.get("end") - (int) block.get("start"))
                        .isEqualTo(((String) block.get("text")).codePoints().count()));
    }

    @Test
    void readsHeadingsOfMarkdownAsSections() throws Exception {
        Map<String, Object> text = new TestContext()
                .file("a.md", "# One\n\nText.\n\n## Two\n\nMore.\r\n\r\nEnd.")
                .document();
        assertThat(blocks(text))
                .containsExactly(
                        "heading: One", "paragraph: Text.", "heading: Two", "paragraph: More.", "paragraph: End.");
        assertThat(text).containsEntry("title", "One");
    }

    @Test
    void aLineEndOfWindowsIsOneLineEnd() throws Exception {
        assertThat(blocks(new TestContext()
                        .file("a.txt", "one,\r\ntwo.\r\n\r\nThree.")
                        .document()))
                .containsExactly("paragraph: one,\ntwo.", "paragraph: Three.");
    }

    @Test
    void cleansWhatCannotBeSeen() throws Exception {
        String text = "a\u00ADb \u200Bc\uFEFF  d\te\u0301\u0001";
        assertThat(new TestContext()
                        .file("a.txt", text + " word".repeat(50))
                        .document()
                        .get("text"))
                .asString()
                .startsWith("ab c d \u00E9 word");
    }

    @Test
    void readsStudies() throws Exception {
        Map<String, Object> study = new TestContext()
                .file("s.json", Fixtures.trial("Ginger at Sea", "Does it help?\\n\\nWe ask."))
                .document();
        assertThat(study).containsEntry("title", "Ginger at Sea").containsEntry("lang", "en");
        assertThat(((Map<?, ?>) study.get("meta")).get("nct_id")).isEqualTo("NCT00000001");
        assertThat(blocks(study))
                .containsExactly(
                        "title: Ginger at Sea",
                        "heading: Brief summary",
                        "paragraph: Does it help?",
                        "paragraph: We ask.",
                        "heading: Conditions",
                        "list-item: Sea sickness",
                        "heading: Interventions",
                        "list-item: Ginger (Zingiber, Root)",
                        "heading: Eligibility criteria",
                        "paragraph: Inclusion Criteria:",
                        "list-item: 1. Sails often.",
                        "list-item: 2. Age > 17.",
                        "list-item: Any boat[s].");
    }

    @Test
    void refusesOtherJson() {
        assertThatThrownBy(() -> new TestContext().file("s.json", "{\"a\": 1}").document())
                .hasMessage("s.json is JSON, but not a ClinicalTrials.gov study (API version 2, with a"
                        + " protocolSection), which is the only JSON that parse reads.");
        assertThatThrownBy(() -> new TestContext()
                        .file("s.json", "{\"studies\": [{}, {}]}")
                        .document())
                .hasMessageContaining("holds 2 studies");
    }

    @Test
    void severalPayloadsBecomeAList() throws Exception {
        TestContext context = new TestContext().file("a.txt", "First words.").file("b.txt", "Second words.");
        Object documents = context.run("ingest", "parse", "ir-validation");
        assertThat(TestContext.list(documents)).extracting("text").containsExactly("First words.", "Second words.");
        assertThat(TestContext.list(context.runOn(documents, "chunk"))).hasSize(2);
    }

    @Test
    void documentsWithoutTextAreRefused() {
        assertThatThrownBy(() -> html("<img src=x>")).hasMessage("a holds no text.");
    }
}
