package dev.callboard.embed;

import dev.callboard.embed.DocumentVectors.Known;
import dev.callboard.embed.input.Chunk;
import dev.callboard.embed.input.ChunkGroup;
import dev.callboard.embed.input.ChunkInput;
import dev.callboard.embed.model.Embedding;
import dev.callboard.embed.model.EmbeddingModel;
import dev.callboard.embed.model.MiniLm;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Input: the chunks of one document or of several. Output: {@code {model, model_sha256, dimensions, blob, vectors, truncated}}.
 * {@code blob} has the vectors in the order of {@code vectors}, which are the chunks' ids: little-endian float32, each of the
 * length 1. {@code truncated} is how many texts are longer than the model reads; their vectors are of their beginnings.
 *
 * <p>With the model inside the plugin the same text gets the same vector, to the last bit, whatever stands beside it and however
 * often the work was interrupted; on another kind of processor the last bits may differ.
 *
 * <p>Of documents that were embedded before, by the same model and with the same chunks, the vectors are taken ({@link
 * DocumentVectors}). What was done is kept at least every {@link Checkpoints#EVERY} chunks, and when the model fails. Each document's part
 * {@code vectors} is put when all vectors are stored.
 *
 * <p>Failures: {@code no_chunks}, {@code invalid_chunks}, {@code missing_blob}, {@code invalid_plugin_settings}, and those of the
 * model.
 */
final class EmbedStage implements Stage {
    private final List<String> ids = new ArrayList<>();
    private final BitSet tooLong = new BitSet();
    private final Map<String, Integer> documents = new LinkedHashMap<>();
    private StageContext context;
    private EmbeddingModel model;
    private VectorFile vectors;
    private Checkpoints checkpoints;
    private DocumentVectors known;
    private int restored;
    private int taken;
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
            known = new DocumentVectors(context, model);
            truncated = checkpoints.restore(total);
            restored = vectors.count();
            if (restored > 0) {
                context.log("Goes on after " + restored + " of " + Plural.of(total, "chunk")
                        + ", which an earlier attempt has embedded.");
            }
            report();
            for (ChunkGroup group : groups) {
                takeAll(group.read(context.blobs()));
            }
            return finished(groups);
        }
    }

    /** Takes what the library has of each document, and embeds the rest, over the borders of documents. */
    private void takeAll(List<Chunk> chunks) throws IOException, StageFailure, InterruptedException {
        List<Chunk> open = new ArrayList<>();
        for (List<Chunk> document : byDocument(chunks)) {
            int first = ids.size();
            document.forEach(chunk -> ids.add(chunk.id()));
            documents.merge(document.get(0).docId(), document.size(), Integer::sum);
            Optional<Known> before = first < restored ? Optional.empty() : known.find(document);
            if (before.isPresent()) {
                embed(open);
                open.clear();
            }
            if (before.isEmpty() || !take(before.get(), document.size())) {
                int done = Math.min(document.size(), Math.max(0, restored - first));
                open.addAll(document.subList(done, document.size()));
            }
        }
        embed(open);
    }

    private static List<List<Chunk>> byDocument(List<Chunk> chunks) {
        List<List<Chunk>> documents = new ArrayList<>();
        for (int start = 0; start < chunks.size(); ) {
            int end = start + 1;
            while (end < chunks.size()
                    && chunks.get(end).docId().equals(chunks.get(start).docId())) {
                end++;
            }
            documents.add(chunks.subList(start, end));
            start = end;
        }
        return documents;
    }

    /** Whether the vectors of a document could be taken: some may be of other dimensions, or have been removed just now. */
    private boolean take(Known before, int size) throws IOException {
        if (!vectors.takes(before.dimensions())) {
            return false;
        }
        try (InputStream in = context.blobs().open(before.blob())) {
            vectors.addAll(in, size, before.dimensions());
        } catch (FileNotFoundException e) {
            return false;
        }
        tooLong.set(vectors.count() - before.truncated(), vectors.count());
        truncated += before.truncated();
        taken++;
        report();
        return true;
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
        tooLong.set(vectors.count(), embedding.truncated());
        vectors.add(embedding);
        truncated += embedding.truncated() ? 1 : 0;
    }

    private void report() {
        context.progress(vectors.count(), total, Plural.of(vectors.count(), "vector"));
    }

    private Map<String, Object> finished(List<ChunkGroup> groups) throws IOException, StageFailure {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("model", model.name());
        output.put("model_sha256", model.sha256());
        output.put("dimensions", vectors.dimensions());
        try (InputStream in = vectors.from(0)) {
            output.put("blob", context.blobs().put(in));
        }
        output.put("vectors", ids);
        output.put("truncated", truncated);
        putParts(groups);
        context.log(Plural.of(total, "vector") + " of " + vectors.dimensions() + " dimensions for "
                + Plural.of(documents.size(), "document") + ", by " + model.name()
                + (taken == 0 ? "." : "; " + Plural.of(taken, "document was", "documents were") + " embedded before."));
        if (truncated > 0) {
            context.log(Plural.of(truncated, "text is", "texts are") + " longer than the model reads ("
                    + MiniLm.MOST_PIECES
                    + " tokens): what is beyond is not found by meaning. A smaller max_tokens of the"
                    + " stage chunk avoids that.");
        }
        return output;
    }

    /** Each document's own vectors, where its chunks stand together and it is known how many of its texts are too long. */
    private void putParts(List<ChunkGroup> groups) throws IOException, StageFailure {
        int first = 0;
        for (ChunkGroup group : groups) {
            for (List<Chunk> document : byDocument(group.read(context.blobs()))) {
                String id = document.get(0).docId();
                int size = document.size();
                boolean whole = documents.getOrDefault(id, 0) == size && (first >= restored || truncated == 0);
                if (whole && !id.isEmpty()) {
                    int cut = tooLong.get(first, first + size).cardinality();
                    try (InputStream in = vectors.of(first, size)) {
                        known.put(document, vectors.dimensions(), cut, in);
                    }
                } else if (!id.isEmpty()) {
                    known.put(id, documents.get(id));
                }
                first += size;
            }
        }
    }
}
