package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChunkStageTest {
    private static List<Map<String, Object>> chunks(TestContext context) throws Exception {
        return TestContext.list(context.run("ingest", "parse", "chunk"));
    }

    private static TestContext text(String text) {
        return new TestContext().file("a.txt", text);
    }

    @Test
    void chunksKeepTheContractsFormat() throws Exception {
        TestContext context = new TestContext().file("t.xml", Fixtures.sample("tide-gauges.xml"));
        Map<String, Object> first = chunks(context).get(0);
        assertThat(first)
                .containsOnlyKeys("id", "doc_id", "block_ids", "section", "start", "end", "text", "tokens")
                .containsEntry("block_ids", List.of("b1", "b2"))
                .containsEntry("section", "s1")
                .containsEntry("start", 0);
    }

    @Test
    void idsAreTheSameInEveryRunAndDifferFromEachOther() throws Exception {
        List<Object> ids = chunks(new TestContext().file("x", Fixtures.sample("tide-gauges.xml"))).stream()
                .map(chunk -> chunk.get("id"))
                .toList();
        assertThat(chunks(new TestContext().file("y", Fixtures.sample("tide-gauges.xml"))))
                .extracting(chunk -> chunk.get("id"))
                .isEqualTo(ids);
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void sectionsDivideChunksAndHeadingsStayWithTheirText() throws Exception {
        String words = "Some words that make a sentence. ".repeat(8);
        List<Map<String, Object>> chunks = chunks(text("# One\n\n" + words + "\n\n# Two\n\n## Part\n\n" + words));
        assertThat(chunks).hasSize(2);
        assertThat((String) chunks.get(1).get("text")).startsWith("Two\n\nPart\n\nSome words");
        assertThat(chunks.get(1)).containsEntry("section", "s3");
    }

    @Test
    void cutParagraphsRepeatASentence() throws Exception {
        String sentences = "The first gauge stood here. The second gauge stood there. The third was never found. "
                + "The fourth one still works. The fifth was sold.";
        List<Map<String, Object>> chunks =
                chunks(text(sentences).with("max_tokens", 16).with("min_tokens", 4));
        assertThat(chunks)
                .extracting("text")
                .startsWith(
                        "The first gauge stood here. The second gauge stood there.",
                        "The second gauge stood there. The third was never found.");
        assertThat(chunks(text(sentences)
                        .with("max_tokens", 16)
                        .with("min_tokens", 4)
                        .with("overlap_sentences", 0)))
                .extracting("text")
                .element(1)
                .isEqualTo("The third was never found. The fourth one still works.");
    }

    @Test
    void longSentencesAreCutBetweenWords() throws Exception {
        String sentence = "word ".repeat(100).strip();
        List<Map<String, Object>> chunks = chunks(
                text(sentence).with("max_tokens", 16).with("min_tokens", 4).with("overlap_sentences", 0));
        assertThat(chunks).hasSize(7).allSatisfy(chunk -> assertThat((String) chunk.get("text"))
                .matches("word( word)*"));
    }

    @Test
    void offsetsCountCodePoints() throws Exception {
        TestContext context = text("🐟🐟 swim. " + "They are fish. ".repeat(40) + "🦀 walks.");
        Map<String, Object> document = context.document();
        int[] points = ((String) document.get("text")).codePoints().toArray();
        List<Map<String, Object>> chunks = TestContext.list(context.runOn(document, "chunk"));
        Map<String, Object> last = chunks.get(chunks.size() - 1);
        assertThat((int) last.get("end")).isEqualTo(points.length);
        assertThat(new String(points, (int) last.get("start"), (int) last.get("end") - (int) last.get("start")))
                .isEqualTo(last.get("text"))
                .endsWith("🦀 walks.");
    }

    @Test
    void bothSentenceDetectorsWork() throws Exception {
        for (String detector : List.of("opennlp", "jdk")) {
            assertThat(chunks(text("One sentence is here. Another one is there.")
                            .with("sentences", detector)
                            .with("max_tokens", 16)
                            .with("min_tokens", 0)))
                    .extracting("text")
                    .containsExactly("One sentence is here. Another one is there.");
        }
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatThrownBy(() -> chunks(text("Words.").with("max_tokens", 3)))
                .hasMessage("The setting max_tokens must be between 16 and 8192.");
        assertThatThrownBy(() -> chunks(text("Words.").with("sentences", "magic")))
                .hasMessage("The setting sentences must be opennlp or jdk.");
        assertThatThrownBy(() -> chunks(text("Words.").with("max_tokens", 20).with("min_tokens", 30)))
                .hasMessage("The setting min_tokens must be at most max_tokens, which is 20.");
    }

    @Test
    void impossibleDocumentsAreRefused() {
        Map<String, Object> block = Map.of("id", "b1", "start", 0, "end", 99);
        Map<String, Object> document = Map.of("doc_id", "d", "text", "short", "blocks", List.of(block));
        assertThatThrownBy(() -> new TestContext().runOn(document, "chunk")).hasMessageContaining("b1 is not inside");
    }
}
