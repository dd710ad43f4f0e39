package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class IrValidationStageTest {
    private final TestContext context = new TestContext().file("tide-gauges.xml", Fixtures.sample("tide-gauges.xml"));

    @SuppressWarnings("unchecked")
    private Map<String, Object> copy() throws Exception {
        Object parsed = context.run("ingest", "parse");
        return new ObjectMapper().convertValue(parsed, Map.class);
    }

    private String violationsOf(Consumer<Map<String, Object>> damage) throws Exception {
        Map<String, Object> document = copy();
        damage.accept(document);
        int before = context.lines().size();
        try {
            context.runOn(document, "ir-validation");
        } catch (StageFailure failure) {
            assertThat(failure.code()).isEqualTo("invalid_document");
            assertThat(context.written()).doesNotContainKey("quality");
            return String.join(
                    "\n", context.lines().subList(before, context.lines().size()));
        }
        throw new AssertionError("nothing failed");
    }

    private static Map<String, Object> block(Map<String, Object> document, int index) {
        return TestContext.list(document.get("blocks")).get(index);
    }

    /** Puts other text of the same length at the start of the last block. */
    private static void overwrite(Map<String, Object> document, String words) {
        List<Map<String, Object>> blocks = TestContext.list(document.get("blocks"));
        Map<String, Object> last = blocks.get(blocks.size() - 1);
        String changed = words + ((String) last.get("text")).substring(words.length());
        String text = (String) document.get("text");
        document.put("text", text.substring(0, text.length() - changed.length()) + changed);
        last.put("text", changed);
    }

    @Test
    void passesTheDocumentOnAndWritesItsQuality() throws Exception {
        Map<String, Object> document = copy();
        assertThat(context.runOn(document, "ir-validation")).isSameAs(document);
        assertThat(context.written().get("quality"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("valid", true)
                .containsEntry("tags_per_1000", 0.0)
                .containsEntry("control_characters", 0L);
    }

    @Test
    void namesAllSchemaViolationsByPointer() throws Exception {
        assertThat(violationsOf(document -> {
                    document.remove("title");
                    block(document, 1).put("start", "zero");
                    block(document, 2).put("text", "");
                }))
                .contains("title", "/blocks/1/start", "/blocks/2/text");
    }

    @Test
    void findsBrokenStructure() throws Exception {
        assertThat(violationsOf(document -> {
                    block(document, 1).put("id", block(document, 0).get("id"));
                    block(document, 3).put("section", "nowhere");
                    List<Map<String, Object>> sections = TestContext.list(document.get("sections"));
                    sections.get(2).put("parent", sections.get(3).get("id"));
                    sections.get(0).put("parent", "gone");
                }))
                .contains(
                        "/blocks/1/id repeats the id b1",
                        "/blocks/3/section names the section nowhere",
                        "/sections/0/parent names the section gone",
                        "/sections/2/parent leads back",
                        "/sections/3/parent leads back");
    }

    @Test
    void findsWrongOffsets() throws Exception {
        assertThat(violationsOf(document -> {
                    block(document, 2).put("start", 0);
                    block(document, 4).put("text", "Other words");
                    block(document, 20).put("end", 1_000_000);
                }))
                .contains("/blocks/2/start is 0", "/blocks/4/text is not what", "/blocks/20/end is 1000000, beyond");
    }

    @Test
    void findsTagsControlsAndReplacements() throws Exception {
        assertThat(violationsOf(document -> overwrite(document, "</sec><p>"))).contains("has 2 markup tags left");
        assertThat(violationsOf(document -> overwrite(document, "\u0007"))).matches(".*has 1 control character\\b.*");
        assertThat(violationsOf(document -> overwrite(document, "\uFFFD\uFFFD\uFFFD")))
                .contains("has 3 characters U+FFFD");
    }

    @Test
    void leavesProseAndCodeAlone() throws Exception {
        Map<String, Object> document = new TestContext()
                .file(
                        "a.html",
                        "<!doctype html><p>if x &lt;y and z&gt; 3 or &lt;DEL&gt;, p &lt; q<pre>&lt;p class=x&gt;</pre>")
                .document();
        assertThat((String) document.get("text")).contains("<y and z>", "<p class=x>");
    }

    @Test
    void tagsThatTheSourceQuotesAreAWarning() throws Exception {
        String html = "<!doctype html><p>The element &lt;em&gt; stresses a word, as &lt;a href=\"x\"&gt; links one.";
        TestContext page = new TestContext().file("a.html", html);
        assertThat((String) page.document().get("text")).contains("<em>", "<a href=\"x\">");
        assertThat(page.lines()).contains("Warning: The document a.html quotes 2 tags of markup.");
    }

    @Test
    void aTextThatQuotesTagsIsAText() throws Exception {
        for (String text : List.of(
                "<alice> hello there\n<bob> the ferry is late\n<alice> again",
                "java.lang.Object.<init>(Object.java)\n\tat a.b.C.<clinit>(C.java:1)",
                "Write <b>bold</b> for a bold word; the page shows it so.")) {
            assertThat(new TestContext().file("a.txt", text).document()).containsEntry("media_type", "text/plain");
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void oneBadDocumentOfManyFailsAlone() throws Exception {
        Map<String, Object> good = copy();
        Map<String, Object> bad = copy();
        TestContext.list(bad.get("blocks")).get(0).put("section", "gone");
        ((Map<String, Object>) bad.get("meta")).put("name", "bad.xml");
        Map<?, ?> output = (Map<?, ?>) context.runOn(List.of(good, bad), "ir-validation");
        assertThat(output.get("documents")).isEqualTo(List.of(good));
        assertThat(TestContext.list(output.get("failed"))).singleElement().satisfies(failed -> assertThat(failed)
                .containsEntry("name", "bad.xml")
                .hasEntrySatisfying("error", error -> assertThat((String) error)
                        .startsWith("The document bad.xml is not valid, with 1 violation: /blocks/0/section")));
        assertThat(TestContext.list(context.runOn(output, "chunk"))).isNotEmpty();
    }

    @Test
    void refusesUnparsedMarkupThatClaimsToBeText() {
        String text = "Converted:\n\n" + "<sec><title>One</title><p>Text.</p></sec>\n\n".repeat(9);
        assertThatThrownBy(() -> new TestContext().file("a.txt", text).document())
                .hasMessageContaining("markup tags");
    }

    @Test
    void checksTheExpectedLanguage() throws Exception {
        context.with("language", "de");
        assertThatThrownBy(() -> context.run("ingest", "parse", "ir-validation"))
                .hasMessageContaining("/lang is en, not de as expected");
        assertThat(context.with("language", "en-GB").document()).containsEntry("lang", "en");
    }

    @Test
    void saysHowManyAndShowsTheFirst() throws Exception {
        Map<String, Object> document = copy();
        TestContext.list(document.get("blocks")).forEach(block -> block.put("section", "gone"));
        assertThatThrownBy(() -> context.runOn(document, "ir-validation"))
                .hasMessageStartingWith(
                        "The document tide-gauges.xml is not valid, with 21 violations: /blocks/0/section")
                .hasMessageEndingWith("; … (all are in the log).");
    }

    @Test
    void findsTheDocumentInTheStateWhenAGateStandsBetween() throws Exception {
        Map<String, Object> document = copy();
        context.state("document", document);
        assertThat(context.runOn(Map.of("passed", true), "ir-validation")).isSameAs(document);
        assertThatThrownBy(() -> new TestContext().runOn(new ArrayList<>(), "ir-validation"))
                .hasMessageContaining("no document");
    }
}
