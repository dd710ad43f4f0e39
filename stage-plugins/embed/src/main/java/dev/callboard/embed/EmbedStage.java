package dev.callboard.embed;

import dev.callboard.embed.input.Chunk;
import dev.callboard.embed.input.ChunkGroup;
import dev.callboard.embed.input.ChunkInput;
import dev.callboard.embed.model.Embedding;
import dev.callboard.embed.model.EmbeddingModel;
import dev.callboard.embed.model.MiniLm;
import dev.callboard.spi.Library.Part;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Input: the chunks of one document or of several. Output: {@code {model, model_sha256, dimensions, blob, vectors, truncated}}.
 * {@code blob} has the vectors in the order of {@code vectors}, which are the chunks' ids: little-endian float32, each of the
 * length 1. {@code truncated} is how many texts are longer than the model reads; their vectors are of their beginnings.
 *
 * <p>With the model inside the plugin the same text gets the same vector, to the last bit, whatever stands beside it and however
 * often the work was interrupted; on another kind of processor the last bits may differ.
 *
 * <p>What was done is kept at least every {@link Checkpoints#EVERY} chunks, and when the model fails. Each document's part
 * {@code vectors} is put when all vectors are stored.
 *
 * <p>Failures: {@code no_chunks}, {@code invalid_chunks}, {@code missing_blob}, {@code invalid_plugin_settings}, and those of the
 * model.
 */
final class EmbedStage implements Stage {
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Integer> documents = new LinkedHashMap<>();
    private StageContext context;
    private EmbeddingModel model;
    private VectorFile vectors;
    private Checkpoints checkpoints;
    private int total;
    private int truncated;

    @Override
    public Object execute(StageContext given, Object input) throws Exception {
        context = given;
        List<ChunkGroup> groups = ChunkInput.find(context, input);
        total = Math.toIntExact(groups.stream().mapToLong(ChunkGroup::size).sum());
        try (EmbeddingModel opened = Models.of(context);
                VectorFile file = new VectorFile()) {
            model = opened;
            vectors = file;
            checkpoints = new Checkpoints(context, vectors, model, groups);
            truncated = checkpoints.restore(total);
            if (vectors.count() > 0) {
                context.log("Goes on after " + vectors.count() + " of " + Plural.of(total, "chunk")
                        + ", which an earlier attempt has embedded.");
            }
            report();
            for (ChunkGroup group : groups) {
                List<Chunk> chunks = group.read(context.blobs());
                int done = Math.min(chunks.size(), vectors.count() - ids.size());
                for (Chunk chunk : chunks) {
                    ids.add(chunk.id());
                    documents.merge(chunk.docId(), 1, Integer::sum);
                }
                embed(chunks.subList(done, chunks.size()));
            }
            return finished();
        }
    }

    private void embed(List<Chunk> chunks) throws IOException, StageFailure, InterruptedException {
        for (int start = 0; start < chunks.size(); start += model.batchSize()) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            int end = Math.min(chunks.size(), start + model.batchSize());
            List<String> texts =
                    chunks.subList(start, end).stream().map(Chunk::text).toList();
            for (Embedding embedding : embedded(texts)) {
                add(embedding);
                report();
            }
            checkpoints.keepSome(truncated);
        }
    }

    private List<Embedding> embedded(List<String> texts) throws IOException, StageFailure, InterruptedException {
        try {
            return model.embed(texts, context::cancelled);
        } catch (StageFailure e) {
            checkpoints.keep(truncated);
            throw e;
        }
    }

    private void add(Embedding embedding) throws IOException, StageFailure {
        if (vectors.count() > 0 && embedding.vector().length != vectors.dimensions()) {
            throw StageFailure.permanent(
                    "bad_answer",
                    "The embedding endpoint gave vectors of " + vectors.dimensions() + " dimensions first and now of "
                            + embedding.vector().length + "; set plugins.settings.embed.dimensions.");
        }
        vectors.add(embedding);
        truncated += embedding.truncated() ? 1 : 0;
    }

    private void report() {
        context.progress(vectors.count(), total, Plural.of(vectors.count(), "vector"));
    }

    private Map<String, Object> finished() throws IOException {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("model", model.name());
        output.put("model_sha256", model.sha256());
        output.put("dimensions", vectors.dimensions());
        try (InputStream in = vectors.from(0)) {
            output.put("blob", context.blobs().put(in));
        }
        output.put("vectors", ids);
        output.put("truncated", truncated);
        putParts();
        context.log(Plural.of(total, "vector") + " of " + vectors.dimensions() + " dimensions for "
                + Plural.of(documents.size(), "document") + ", by " + model.name() + ".");
        if (truncated > 0) {
            context.log(Plural.of(truncated, "text is", "texts are") + " longer than the model reads ("
                    + MiniLm.MOST_PIECES
                    + " tokens): what is beyond is not found by meaning. A smaller max_tokens of the"
                    + " stage chunk avoids that.");
        }
        return output;
    }

    private void putParts() throws IOException {
        for (Map.Entry<String, Integer> document : documents.entrySet()) {
            if (!document.getKey().isEmpty()) {
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("vectors", document.getValue());
                facts.put("model", model.name());
                facts.put("model_sha256", model.sha256());
                context.library().put(new Part(document.getKey(), "vectors", facts, null));
            }
        }
    }
}
