package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    private static final String GUIDE =
            """
            # The harbour guide

            How to *read* the **gauges**, see [the office](https://example.org/office "open") or <https://example.org>.

            ## Tools {#tools}

            1. A lamp
            2. A boat
               - with oars
               - without

            | Gauge | Height |
            | ----- | -----: |
            | North | 3.5 m  |
            | South | `4 m`  |

            > Quoted words
            > go on.

            ```java
            int level = read();  // <b>
                return level;
            ```

            Section
            -------

            ![A picture of the pier](pier.png) and H<sub>2</sub>O, 10<sup>6</sup>.
            """;

    @Test
    void headingsListsTablesAndCodeAreWhatTheyAre() throws Exception {
        Map<String, Object> document = Read.file("guide.md", GUIDE);
        assertThat(document).containsEntry("media_type", "text/markdown").containsEntry("title", "The harbour guide");
        assertThat(Read.blocks(document))
                .containsExactly(
                        "heading: The harbour guide",
                        "paragraph: How to read the gauges, see the office or https://example.org.",
                        "heading: Tools {#tools}",
                        "list-item: A lamp",
                        "list-item: A boat",
                        "list-item: with oars",
                        "list-item: without",
                        "table: Gauge | Height\nNorth | 3.5 m\nSouth | 4 m",
                        "paragraph: Quoted words go on.",
                        "code: int level = read();  // <b>\n    return level;",
                        "heading: Section",
                        "paragraph: A picture of the pier and H2O, 10⁶.");
        assertThat(TestContext.list(document.get("sections")))
                .extracting("title")
                .containsExactly("The harbour guide", "Tools {#tools}", "Section");
        assertThat(TestContext.list(document.get("sections")).get(1)).containsEntry("parent", "s1");
        String text = (String) document.get("text");
        assertThat(TestContext.list(document.get("blocks")))
                .allSatisfy(block -> assertThat(text.substring((int) block.get("start"), (int) block.get("end")))
                        .isEqualTo(block.get("text")));
    }

    @ParameterizedTest
    @CsvSource({
        "a.md, application/octet-stream, text/markdown",
        "A.MARKDOWN, application/octet-stream, text/markdown",
        "notes, text/markdown; charset=UTF-8, text/markdown",
        "notes, text/x-markdown, text/markdown",
        "notes.txt, text/plain, text/plain",
        "amd, text/plain, text/plain",
    })
    void itIsKnownByItsNameOrDeclaredType(String name, String declared, String type) throws Exception {
        TestContext context = new TestContext();
        context.file(name, declared, "# Title\n\nWords.".getBytes(StandardCharsets.UTF_8));
        assertThat(TestContext.list(context.run("ingest")).get(0)).containsEntry("media_type", type);
    }

    @Test
    void theBytesGoBeforeTheName() throws Exception {
        assertThat(Read.file("a.md", "<!doctype html><title>T</title><p>Words."))
                .containsEntry("media_type", "text/html");
        assertThat(Read.file("a.md", "<p align=\"center\">Words</p>\n\n- *one*\n"))
                .containsEntry("media_type", "text/markdown")
                .containsEntry("text", "Words\n\none");
        assertThatThrownBy(() -> Read.file("a.md", "%PDF-1.7 nothing")).hasMessageContaining("a.md");
    }

    @Test
    void aSettingThatTakesPlainTextTakesIt() throws Exception {
        TestContext context = new TestContext().file("a.md", "Words.").with("accept", List.of("text/plain"));
        assertThat((List<?>) context.run("ingest")).hasSize(1);
    }

    @Test
    void factsInFrontAreMetaAndNamed() throws Exception {
        Map<String, Object> document = Read.file(
                "a.md",
                "---\ntitle: \"A log: of tides\"\nauthors:\n  - Ada\n  - Ben\ntags: [sea, tide]\nlang: en-GB\n---\n\nWords.\n");
        assertThat(document).containsEntry("title", "A log: of tides").containsEntry("lang", "en-GB");
        assertThat(document).containsEntry("text", "Words.");
        assertThat(Read.meta(document))
                .containsEntry("authors", List.of("Ada", "Ben"))
                .containsEntry("keywords", List.of("sea", "tide"));
        assertThat(Read.leftOut(document))
                .containsExactly("front matter: facts about the file, the usual ones of them in meta");
    }

    @Test
    void linesThatOnlyDivideAreNoFacts() throws Exception {
        assertThat(Read.file("a.md", "---\nWords between lines.\n\n---\n\nMore."))
                .extracting("text")
                .asString()
                .contains("Words between lines.", "More.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "textarea", "xmp", "iframe", "noframes", "plaintext", "script", "style"})
    void aTagThatIsNeverClosedSwallowsNothing(String tag) throws Exception {
        Map<String, Object> document = Read.file("a.md", "Say <" + tag + "> and go on.\n\nThe end.");
        assertThat((String) document.get("text")).isEqualTo("Say <" + tag + "> and go on.\n\nThe end.");
    }

    @Test
    void aProgramIsNamedAsLeftOut() throws Exception {
        Map<String, Object> document =
                Read.file("a.md", "Words.\n\n<script>\nrun();\n</script>\n\n<!-- a remark -->\n\nMore.");
        assertThat(document).containsEntry("text", "Words.\n\nMore.");
        assertThat(Read.leftOut(document)).containsExactly("script: a program or style, not text");
    }

    @ParameterizedTest
    @ValueSource(strings = {">", "- ", "*a **b ", "[", "![", "<div>", "a` ", "| a ", "1. ", "\\", "&amp;", "* _"})
    void deepAndOddNestingEndsSoon(String piece) throws Exception {
        String text = piece.repeat(60_000 / piece.length()) + "words\n\nThe end.\n" + "\n".repeat(20_000) + "Really.";
        assertThat((String) Read.file("a.md", text).get("text"))
                .contains("words")
                .endsWith("Really.");
    }
}
