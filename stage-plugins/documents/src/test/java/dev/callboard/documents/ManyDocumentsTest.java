package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.documents.input.GivenChunks;
import dev.callboard.spi.OutputCounter;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext.Progress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many documents in one task go from stage to stage as references to where they are stored. */
class ManyDocumentsTest {
    private static final String[] ALL = {"ingest", "parse", "ir-validation", "chunk"};

    private static TestContext files(int count, String words) {
        TestContext context = new TestContext();
        for (int i = 0; i < count; i++) {
            context.file("paper-" + i + ".txt", "Paper " + i + "\n\n" + words + " It has the number " + i + ".");
        }
        return context;
    }

    private static OutputCounter counter(int stage) {
        return new DocumentsPlugin().stages().get(stage).metadata().outputCounter();
    }

    private static GivenChunks given(TestContext context, Object chunked, int document) {
        return GivenChunks.find(context, chunked).get(document);
    }

    @Test
    void fewArePutOutAsTheyAre() throws Exception {
        TestContext context = files(20, "Few words.");
        assertThat(TestContext.list(context.run("ingest", "parse")))
                .hasSize(20)
                .allSatisfy(document -> assertThat(document).containsKey("blocks"));
        assertThat(TestContext.list(context.run(ALL))).hasSize(20).allSatisfy(chunk -> assertThat(chunk)
                .containsKeys("id", "text"));
    }

    @Test
    void manyArePutOutAsReferencesThatTheNextStagesRead() throws Exception {
        TestContext context = files(21, "Many words.");
        List<Map<String, Object>> parsed = TestContext.list(context.run("ingest", "parse"));
        assertThat(parsed).hasSize(21).allSatisfy(reference -> assertThat(reference)
                .containsOnlyKeys("doc_id", "title", "sha256", "blob", "media_type")
                .containsEntry("media_type", "application/json"));
        assertThat(parsed.get(3)).containsEntry("title", "Paper 3");
        Object valid = context.runOn(parsed, "ir-validation");
        assertThat(valid).isEqualTo(parsed);
        List<Map<String, Object>> chunked = TestContext.list(context.runOn(valid, "chunk"));
        assertThat(chunked).hasSize(21).allSatisfy(reference -> assertThat(reference)
                .containsOnlyKeys("doc_id", "title", "sha256", "blob", "media_type", "chunks")
                .containsEntry("chunks", 1));
        assertThat(given(context, chunked, 3).read()).singleElement().satisfies(chunk -> {
            assertThat(chunk.get("text")).isEqualTo("Paper 3\n\nMany words. It has the number 3.");
            assertThat(chunk.get("doc_id")).isEqualTo(parsed.get(3).get("doc_id"));
        });
        assertThat(context.written().get("quality").toString()).contains("documents=21");
    }

    @Test
    void largeOnesAreReferencesToo() throws Exception {
        String words = "A sentence of a long paper that goes on and on. ".repeat(16_000);
        TestContext context = files(3, words);
        assertThat(TestContext.list(context.run("ingest", "parse")))
                .allSatisfy(reference -> assertThat(reference).containsKey("blob"));
        Object chunked = context.run(ALL);
        List<Map<String, Object>> references = TestContext.list(chunked);
        long chunks = references.stream()
                .mapToLong(reference -> (int) reference.get("chunks"))
                .sum();
        assertThat(references).hasSize(3);
        assertThat(counter(3).count(chunked)).isEqualTo(chunks).isGreaterThan(1_000);
        assertThat(given(context, chunked, 0).size())
                .isEqualTo(references.get(0).get("chunks"));
        assertThat(given(context, chunked, 0).read())
                .hasSize(given(context, chunked, 0).size());
    }

    @Test
    void oneDocumentAloneIsAlwaysPutOutAsItIs() throws Exception {
        TestContext context = files(1, "A sentence of a long paper that goes on and on. ".repeat(30_000));
        assertThat(((Map<?, ?>) context.run("ingest", "parse")).get("blocks")).isNotNull();
        assertThat(TestContext.list(context.run(ALL)))
                .allSatisfy(chunk -> assertThat(chunk).containsKey("text"));
    }

    @Test
    void chunksAreTheSameInBothShapes() throws Exception {
        TestContext few = files(20, "Words.");
        TestContext many = files(21, "Words.");
        List<GivenChunks> inline = GivenChunks.find(few, few.run(ALL));
        many.state("chunks", many.run(ALL));
        List<GivenChunks> stored = GivenChunks.find(many, Map.of("passed", true));
        for (int i = 0; i < 20; i++) {
            assertThat(stored.get(i).docId()).isEqualTo(inline.get(i).docId());
            assertThat(stored.get(i).size()).isEqualTo(inline.get(i).size());
            assertThat(stored.get(i).read()).isEqualTo(inline.get(i).read());
        }
    }

    @Test
    void storedChunksThatCannotBeReadSaySo() {
        TestContext context = new TestContext();
        for (String broken : List.of("{}", "[{")) {
            String blob = context.blobs().put(broken.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> given(context, List.of(Map.of("doc_id", "d", "blob", blob, "chunks", 1)), 0)
                            .read())
                    .hasMessage("The chunks of the document d are not a list: run the stage chunk again.");
        }
        Map<String, Object> gone = Map.of("doc_id", "d", "blob", "0".repeat(64), "chunks", 1);
        assertThatThrownBy(() -> given(context, List.of(gone), 0).read())
                .hasMessage(
                        "The chunks of the document d are not in the content store any more: run the stage chunk again.");
    }

    @Test
    void badOnesOfManyFailAlone() throws Exception {
        TestContext context = files(25, "Words.").file("bad.xml", "<?xml version='1.0'?><r><p>not closed</r>");
        Map<?, ?> parsed = (Map<?, ?>) context.run("ingest", "parse");
        assertThat(counter(1).count(parsed)).isEqualTo(1);
        Map<?, ?> valid = (Map<?, ?>) context.runOn(parsed, "ir-validation");
        assertThat((List<?>) valid.get("documents")).hasSize(25);
        assertThat(TestContext.list(valid.get("failed"))).extracting("name").containsExactly("bad.xml");
        assertThat(context.written().get("quality").toString()).contains("documents=25", "failed=1");
        assertThat((List<?>) context.runOn(valid, "chunk")).hasSize(25);
    }

    @Test
    void aReferenceWhoseBytesAreGoneFailsAloneInValidation() throws Exception {
        TestContext context = files(21, "Words.");
        List<Object> parsed = new ArrayList<>((List<?>) context.run("ingest", "parse"));
        parsed.set(
                0, Map.of("doc_id", "gone", "title", "A lost paper", "sha256", "0".repeat(64), "blob", "0".repeat(64)));
        Map<?, ?> valid = (Map<?, ?>) context.runOn(parsed, "ir-validation");
        assertThat(TestContext.list(valid.get("failed")))
                .extracting("error")
                .containsExactly("A lost paper is not in the content store: upload it again.");
        assertThatThrownBy(() -> context.runOn(parsed, "chunk"))
                .isInstanceOf(StageFailure.class)
                .hasMessage("A lost paper is not in the content store: upload it again.");
    }

    @Test
    void referencesInTheStateAreFoundWhenAGateStandsBetween() throws Exception {
        TestContext context = files(21, "Words.");
        Object parsed = context.run("ingest", "parse");
        context.state("document", parsed);
        assertThat(context.runOn(Map.of("passed", true), "ir-validation")).isEqualTo(parsed);
    }

    @Test
    void progressIsToldForEachDocumentAndEachPartOfOne() throws Exception {
        TestContext many = files(3, "Words.");
        Object parsed = many.run("ingest", "parse");
        int before = many.reports().size();
        many.runOn(parsed, "chunk");
        assertThat(many.reports().subList(before, many.reports().size()))
                .contains(new Progress(1, 3, "Paper 1, 1 chunk"), new Progress(3, 3, "3 chunks"));
        TestContext one = files(1, ("A sentence of a paper that goes on. ".repeat(40) + "\n\n").repeat(10));
        Object document = one.run("ingest", "parse");
        int beforeOne = one.reports().size();
        one.runOn(document, "chunk");
        assertThat(one.reports().subList(beforeOne, one.reports().size()))
                .extracting(Progress::done)
                .isSorted()
                .hasSizeGreaterThan(8)
                .last()
                .isEqualTo(1000L);
    }

    @Test
    void chunkingStopsWhenCancelled() throws Exception {
        TestContext context = files(2, "Words.");
        Object parsed = context.run("ingest", "parse");
        context.cancel();
        assertThatThrownBy(() -> context.runOn(parsed, "chunk")).isInstanceOf(InterruptedException.class);
    }
}
