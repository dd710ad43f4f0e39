package dev.callboard.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.embed.EmbedContext.Killed;
import dev.callboard.embed.input.ChunkGroup;
import dev.callboard.embed.input.ChunkInput;
import dev.callboard.embed.model.Embedding;
import dev.callboard.embed.model.EmbeddingModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
    private final EmbedContext context = new EmbedContext();

    /** A model whose vectors are never asked for. */
    private record Named(String name, String sha256) implements EmbeddingModel {
        @Override
        public int batchSize() {
            return 1;
        }

        @Override
        public List<Embedding> embed(List<String> texts, BooleanSupplier cancelled) {
            throw new AssertionError("asked for vectors");
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }

    private static final Named MODEL = new Named("m", "s");

    private List<ChunkGroup> groups(int chunks) throws Exception {
        return ChunkInput.find(context, Chunks.many(chunks, "d"));
    }

    /** Keeps a checkpoint after each batch. */
    private void keep(VectorFile vectors, Checkpoints checkpoints, int batches, int batch) throws Exception {
        for (int i = 0; i < batches; i++) {
            for (int j = 0; j < batch; j++) {
                vectors.add(new Embedding(new float[] {i, j}, false));
            }
            checkpoints.keepSome(0);
        }
    }

    private int restored(EmbeddingModel model, List<ChunkGroup> groups, int most) throws Exception {
        try (VectorFile vectors = new VectorFile()) {
            new Checkpoints(context, vectors, model, groups).restore(most);
            return vectors.count();
        }
    }

    @Test
    void thereIsOneAtLeastEveryFiftyVectors() throws Exception {
        assertThatThrownBy(() -> context.killAt(3).embed(Chunks.many(300, "d"))).isInstanceOf(Killed.class);
        assertThat(context.reports().get(context.reports().size() - 1).done()).isBetween(150L, 160L);
    }

    @Test
    void manyPiecesBecomeFew() throws Exception {
        int batches = 1000;
        try (VectorFile vectors = new VectorFile()) {
            Checkpoints checkpoints = new Checkpoints(context, vectors, MODEL, groups(1));
            keep(vectors, checkpoints, batches, Checkpoints.EVERY);
            List<?> pieces = (List<?>) context.checkpoint().get("pieces");
            assertThat(pieces.size()).isLessThanOrEqualTo(4 * 7);
            long written = context.checkpoints.stream()
                    .map(kept -> (List<?>) kept.get("pieces"))
                    .map(list -> (Map<?, ?>) list.get(list.size() - 1))
                    .mapToLong(piece -> (int) piece.get("vectors"))
                    .sum();
            assertThat(written).isLessThan(4L * batches * Checkpoints.EVERY);
            byte[] all = vectors.from(0).readAllBytes();
            try (VectorFile again = new VectorFile()) {
                new Checkpoints(context, again, MODEL, groups(1)).restore(batches * Checkpoints.EVERY);
                assertThat(again.from(0).readAllBytes()).isEqualTo(all);
            }
        }
    }

    @Test
    void whatDoesNotFitIsIgnored() throws Exception {
        try (VectorFile vectors = new VectorFile()) {
            keep(vectors, new Checkpoints(context, vectors, MODEL, groups(100)), 1, 60);
        }
        assertThat(restored(MODEL, groups(100), 100)).isEqualTo(60);
        assertThat(restored(MODEL, groups(101), 101)).isZero();
        assertThat(restored(new Named("other", "s"), groups(100), 100)).isZero();
        assertThat(restored(new Named("m", "other"), groups(100), 100)).isZero();
        assertThat(restored(MODEL, groups(100), 59)).isZero();
        List<Map<String, Object>> otherText = Chunks.many(100, "d");
        otherText.get(99).put("text", "Another text.");
        assertThat(restored(MODEL, ChunkInput.find(context, otherText), 100)).isZero();
        List<Map<String, Object>> otherId = Chunks.many(100, "d");
        otherId.get(0).put("id", "another");
        assertThat(restored(MODEL, ChunkInput.find(context, otherId), 100)).isZero();
    }

    @Test
    void whatIsDamagedIsIgnored() throws Exception {
        try (VectorFile vectors = new VectorFile()) {
            keep(vectors, new Checkpoints(context, vectors, MODEL, groups(100)), 1, 60);
        }
        Map<String, Object> whole = context.checkpoint();
        String tooShort = context.blobs().put(new byte[60 * 8 - 1]);
        for (Object pieces : List.of(
                List.of(Map.of("blob", "0".repeat(64), "vectors", 60)),
                List.of(Map.of("blob", tooShort, "vectors", 60)),
                List.of(Map.of("blob", tooShort)),
                List.of("piece"),
                "pieces")) {
            Map<String, Object> damaged = new HashMap<>(whole);
            damaged.put("pieces", pieces);
            context.checkpoint(damaged);
            assertThat(restored(MODEL, groups(100), 100)).isZero();
        }
        context.checkpoint(Map.of("else", 1));
        assertThat(restored(MODEL, groups(100), 100)).isZero();
    }
}
