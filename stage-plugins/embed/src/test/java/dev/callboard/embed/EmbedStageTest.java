package dev.callboard.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.Library.Part;
import dev.callboard.spi.StageFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EmbedStageTest {
    private final EmbedContext context = new EmbedContext();

    private static StageFailure failure(ThrowingCallable work) {
        Throwable[] thrown = new Throwable[1];
        assertThatThrownBy(work).isInstanceOf(StageFailure.class).satisfies(e -> thrown[0] = e);
        return (StageFailure) thrown[0];
    }

    @Test
    void eachChunkHasAVectorOfLengthOneInTheirOrder() throws Exception {
        List<Map<String, Object>> chunks = Chunks.many(5, "d1");
        Map<String, Object> output = context.embed(chunks);
        assertThat(output.get("model")).isEqualTo("all-MiniLM-L6-v2-q");
        assertThat((String) output.get("model_sha256")).matches("[0-9a-f]{64}");
        assertThat(output.get("dimensions")).isEqualTo(384);
        assertThat(output.get("vectors")).isEqualTo(List.of("d1-c0", "d1-c1", "d1-c2", "d1-c3", "d1-c4"));
        assertThat(output.get("truncated")).isEqualTo(0);
        List<float[]> vectors = Chunks.vectors(context.bytes(output), 384);
        assertThat(vectors).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(Chunks.product(vectors.get(i), vectors.get(i))).isCloseTo(1, within(1e-6));
            Map<String, Object> alone = new EmbedContext().embed(List.of(chunks.get(i)));
            assertThat(alone.get("vectors")).isEqualTo(List.of("d1-c" + i));
        }
    }

    @Test
    void meaningsAreNearWhereTheyShould() throws Exception {
        Map<String, Object> output = context.embed(List.of(
                Chunks.chunk("a", "d", "Aspirin lowers the risk of a heart attack."),
                Chunks.chunk("b", "d", "Acetylsalicylic acid prevents myocardial infarction."),
                Chunks.chunk("c", "d", "The gardener pruned the roses in March.")));
        List<float[]> vectors = Chunks.vectors(context.bytes(output), 384);
        assertThat(Chunks.product(vectors.get(0), vectors.get(1))).isGreaterThan(0.4);
        assertThat(Chunks.product(vectors.get(0), vectors.get(2))).isLessThan(0.2);
    }

    @Test
    void chunksComeFromTheStateWhenTheInputIsSomethingElse() throws Exception {
        context.state("chunks", Chunks.many(2, "d1"));
        assertThat(context.embed(Map.of("approved", true)).get("vectors")).isEqualTo(List.of("d1-c0", "d1-c1"));
    }

    @Test
    void chunksAreFoundInTheOutputsOfSeveralStages() throws Exception {
        Map<String, Object> outputs = Map.of("chunk", Chunks.many(2, "d1"), "other", Map.of("text", "no chunk"));
        assertThat(context.embed(outputs).get("vectors")).isEqualTo(List.of("d1-c0", "d1-c1"));
    }

    @Test
    void storedChunksAreTheSameAsGivenOnes() throws Exception {
        List<Map<String, Object>> references = new ArrayList<>();
        List<Map<String, Object>> given = new ArrayList<>();
        for (String docId : List.of("d1", "d2", "d3")) {
            List<Map<String, Object>> chunks = Chunks.many(3, docId);
            given.addAll(chunks);
            String blob = context.blobs().put(new ObjectMapper().writeValueAsBytes(chunks));
            references.add(Map.of("doc_id", docId, "blob", blob, "media_type", "application/json", "chunks", 3));
        }
        references.add(Map.of("doc_id", "d4", "blob", "none", "media_type", "application/json", "chunks", 0));
        Map<String, Object> output = context.embed(references);
        assertThat(output).isEqualTo(new EmbedContext().embed(given));
        assertThat(context.library().parts("vectors")).extracting(Part::docId).containsExactly("d1", "d2", "d3");
    }

    @Test
    void storedChunksThatAreNoneFailInOneSentence() {
        String broken = context.blobs().put("[{\"id\": \"a\"".getBytes(StandardCharsets.UTF_8));
        String text = context.blobs().put("\"text\"".getBytes(StandardCharsets.UTF_8));
        String list = context.blobs().put("[{\"id\": \"a\", \"text\": \"b\"}, 7]".getBytes(StandardCharsets.UTF_8));
        for (String blob : List.of(broken, text, list)) {
            StageFailure failure = failure(() -> context.embed(List.of(Map.of("blob", blob, "chunks", 2))));
            assertThat(failure.code()).isEqualTo("invalid_chunks");
            assertThat(failure).hasMessageEndingWith(": run the stage chunk again.");
        }
        StageFailure missing = failure(() -> context.embed(List.of(Map.of("blob", "0".repeat(64), "chunks", 2))));
        assertThat(missing.code()).isEqualTo("missing_blob");
    }

    @Test
    void everyDocumentGetsItsPart() throws Exception {
        List<Map<String, Object>> chunks = Chunks.many(3, "d2");
        chunks.addAll(Chunks.many(2, "d1"));
        Map<String, Object> output = context.embed(chunks);
        List<Part> parts = context.library().parts("vectors");
        assertThat(parts)
                .extracting(Part::docId, part -> part.facts().get("vectors"))
                .containsExactly(tuple("d1", 2), tuple("d2", 3));
        assertThat(parts).allSatisfy(part -> assertThat(part.facts())
                .containsEntry("model", "all-MiniLM-L6-v2-q")
                .containsEntry("model_sha256", output.get("model_sha256"))
                .containsEntry("dimensions", 384)
                .containsEntry("truncated", 0));
        byte[] all = context.bytes(output);
        assertThat(EmbedContext.bytes(context.blobs(), parts.get(1).blob()))
                .isEqualTo(Arrays.copyOf(all, 3 * 384 * Float.BYTES));
        assertThat(context.lines())
                .containsExactly("5 vectors of 384 dimensions for 2 documents, by all-MiniLM-L6-v2-q.");
    }

    @Test
    void textsThatAreTooLongAreCountedAndNamed() throws Exception {
        Map<String, Object> output = context.embed(List.of(
                Chunks.chunk("a", "d", "goat ".repeat(510)),
                Chunks.chunk("b", "d", "goat ".repeat(511)),
                Chunks.chunk("c", "d", "goat ".repeat(510) + "astronomy")));
        assertThat(output.get("truncated")).isEqualTo(2);
        assertThat(context.lines()).anySatisfy(line -> assertThat(line)
                .startsWith("2 texts are longer than the model reads (510 tokens)"));
        List<float[]> vectors = Chunks.vectors(context.bytes(output), 384);
        assertThat(vectors.get(1)).isEqualTo(vectors.get(0));
        assertThat(vectors.get(2)).isEqualTo(vectors.get(0));
    }

    @Test
    void progressGoesUpByOneChunk() throws Exception {
        context.embed(Chunks.many(4, "d"));
        assertThat(context.reports()).extracting(report -> report.done()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(context.reports()).allMatch(report -> report.total() == 4);
    }

    @Test
    void withoutChunksThereIsOneSentence() {
        for (Object input : new Object[] {null, List.of(), Map.of("chunks", List.of())}) {
            StageFailure failure = failure(() -> context.embed(input));
            assertThat(failure.code()).isEqualTo("no_chunks");
            assertThat(failure.retryable()).isFalse();
        }
    }

    @Test
    void aChunkWithoutIdOrTextIsNamed() {
        List<Map<String, Object>> chunks = Chunks.many(2, "d");
        chunks.get(1).put("id", 7);
        assertThat(failure(() -> context.embed(chunks)))
                .hasMessage("The chunk at place 2 cannot be embedded: it needs an id and a text.");
    }

    @Test
    void aCancelledAttemptEnds() {
        context.cancel();
        assertThatThrownBy(() -> context.embed(Chunks.many(3, "d"))).isInstanceOf(InterruptedException.class);
        assertThat(context.reports()).hasSize(1);
    }
}
