package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for any text: the document is valid, and chunks are exact slices that lose nothing and keep the budget. */
class DocumentProperties {
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> words = Arbitraries.of(
                "fish",
                "harbour",
                "Dr.",
                "e.g.",
                "3.14",
                "🐟",
                "𝔘𝔫",
                "e\u0301",
                "日本語の文章",
                "x".repeat(90),
                "-",
                "# ",
                "(a)",
                "ß",
                "\u200Dz",
                "\uFFFC",
                "end.",
                "Why?",
                "\"So!\"",
                "नमस्ते",
                "مرحبا",
                "\u0007");
        Arbitrary<String> gaps = Arbitraries.of(" ", " ", " ", "\n", "\n\n", "\t", "\r\n\r\n", "\u00A0", "");
        return Combinators.combine(words, gaps)
                .as((word, gap) -> word + gap)
                .list()
                .ofMaxSize(120)
                .map(parts -> "Begin " + String.join("", parts));
    }

    private static Map<String, Object> parse(TestContext context) throws Exception {
        // A text with too many control characters is no text for ingest; parse alone takes any.
        context.with("accept", List.of("text/*", "application/*"));
        return context.document();
    }

    @Property(tries = 150)
    void anyTextBecomesAValidDocument(@ForAll("texts") String text) throws Exception {
        String enough = text.replace("\u0007", "") + "\n\nEnough.";
        Map<String, Object> document = parse(new TestContext().file("a.txt", enough));
        assertThat((String) document.get("text")).endsWith("Enough.");
    }

    @Property(tries = 150)
    void chunksAreExactSlicesThatLoseNothing(
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 16, max = 80) int maxTokens,
            @ForAll @IntRange(max = 16) int minTokens,
            @ForAll @IntRange(max = 3) int overlap)
            throws Exception {
        TestContext context = new TestContext().file("a.txt", text.replace("\u0007", ""));
        context.with("max_tokens", maxTokens).with("min_tokens", minTokens).with("overlap_sentences", overlap);
        Map<String, Object> document = parse(context);
        List<Map<String, Object>> chunks = TestContext.list(context.runOn(document, "chunk"));
        int[] points = ((String) document.get("text")).codePoints().toArray();
        boolean[] covered = new boolean[points.length];
        Set<Object> ids = new HashSet<>();
        int before = -1;
        for (Map<String, Object> chunk : chunks) {
            int start = (int) chunk.get("start");
            int end = (int) chunk.get("end");
            assertThat(new String(points, start, end - start)).isEqualTo(chunk.get("text"));
            assertThat((int) chunk.get("tokens")).isBetween(1, maxTokens);
            assertThat(start).isGreaterThan(before);
            assertThat(ids.add(chunk.get("id"))).isTrue();
            assertThat((List<?>) chunk.get("block_ids")).isNotEmpty();
            before = start;
            Arrays.fill(covered, start, end, true);
        }
        for (int i = 0; i < points.length; i++) {
            assertThat(covered[i] || Character.isWhitespace(points[i]))
                    .as("code point %d", i)
                    .isTrue();
        }
    }

    @Property(tries = 100)
    void anyTextInJatsComesOutAsItWentIn(@ForAll("texts") String text) throws Exception {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\u0007", "");
        Map<String, Object> document = parse(new TestContext().file("a.xml", Fixtures.jats("<p>" + escaped + "</p>")));
        String paragraph =
                (String) TestContext.list(document.get("blocks")).get(1).get("text");
        assertThat(paragraph).startsWith("Begin").doesNotContain("\n", "  ");
    }
}
