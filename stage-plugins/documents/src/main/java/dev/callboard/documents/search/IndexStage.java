package dev.callboard.documents.search;

import dev.callboard.spi.Library;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Input: what the stage embed puts out, or chunks when it was not selected: then they are found by words alone. Output:
 * {@code {chunks_indexed, documents, vectors, model, index: {chunks, documents}}}: what was indexed of this task ({@code model} is
 * null without vectors), and what the project's index has with it.
 *
 * <p>Each document's part {@code index} goes into the library first; then the index is made what the library says, by one commit.
 * A document that was indexed before is replaced; nothing happens to one that is the same.
 *
 * <p>Failures: {@code no_chunks}, {@code invalid_chunks}, {@code invalid_vectors}, {@code missing_blob} and {@code other_model} are
 * permanent; {@code index_busy} and {@code index_unwritable} may pass.
 */
public final class IndexStage implements Stage {
    /** How long another task's work on the same index is waited for: it does some 800 chunks with vectors in a second. */
    private static final Duration WAIT = Duration.ofMinutes(5);

    private final Duration wait;

    /** As the server makes it. */
    public IndexStage() {
        this(WAIT);
    }

    IndexStage(Duration wait) {
        this.wait = wait;
    }

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        Map<String, List<Map<?, ?>>> chunks = TaskChunks.of(context, input);
        try (EmbeddingBatch batch = EmbeddingBatch.open(context, input)) {
            checkFit(chunks, batch);
            Optional<Path> folder = context.folder();
            if (folder.isEmpty()) {
                context.log("There is no folder for an index, as in a trial: nothing was indexed.");
                return new Receipt(0, 0, 0, Optional.empty(), 0, 0).toMap();
            }
            return index(context, IndexPlace.in(folder.get()), chunks, batch);
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException("cancelled").initCause(e);
        } catch (IndexFailure e) {
            throw StageFailure.retryable(
                    "index_unwritable", "The search index cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static void checkFit(Map<String, List<Map<?, ?>>> chunks, EmbeddingBatch batch) throws StageFailure {
        boolean fits = chunks.values().stream()
                .flatMap(List::stream)
                .anyMatch(chunk -> batch.has((String) chunk.get("id")));
        if (batch.model().isPresent() && !fits) {
            throw StageFailure.permanent(
                    "invalid_vectors", "The vectors are those of other chunks: run the stage embed again.");
        }
    }

    private Object index(StageContext context, Path folder, Map<String, List<Map<?, ?>>> chunks, EmbeddingBatch batch)
            throws IOException, StageFailure, InterruptedException {
        context.progress(0, chunks.size(), "waiting for the index");
        Optional<WriteLock> lock = WriteLock.take(folder, wait, context);
        if (lock.isEmpty()) {
            throw StageFailure.retryable(
                    "index_busy",
                    "Other tasks have been writing the search index of this project for more than "
                            + Plural.of(wait.toSeconds(), "second") + ": try again when they are done.",
                    null);
        }
        try (WriteLock held = lock.get()) {
            Reconciliation reconciliation = new Reconciliation(context, held, Long.MAX_VALUE);
            // First, so that the check below sees the models of all documents.
            reconciliation.run();
            checkModel(folder, chunks, batch);
            int vectors = store(context, chunks, batch);
            reconciliation.run();
            return receipt(context, folder, chunks, batch, vectors).toMap();
        }
    }

    private static void checkModel(Path folder, Map<String, List<Map<?, ?>>> chunks, EmbeddingBatch batch)
            throws IOException, StageFailure {
        Optional<OpenIndex> open = OpenIndexes.hold(folder);
        if (open.isEmpty() || batch.model().isEmpty()) {
            if (open.isPresent()) {
                open.get().release();
            }
            return;
        }
        VectorModel model = batch.model().get();
        try {
            List<Map.Entry<String, IndexRecord>> others = open.get().records().entrySet().stream()
                    .filter(entry -> !chunks.containsKey(entry.getKey()))
                    .filter(entry -> entry.getValue().model().filter(other -> !other.equals(model)).isPresent())
                    .toList();
            if (!others.isEmpty()) {
                IndexRecord other = others.get(0).getValue();
                throw StageFailure.permanent(
                        "other_model",
                        "The index of this project has vectors of the model "
                                + other.model().orElseThrow().shown() + " for "
                                + Plural.of(others.size(), "other document") + ", such as " + other.title()
                                + ", and those of " + model.shown()
                                + " cannot be compared with them: run all documents in one task with the same model, or"
                                + " remove those first.");
            }
        } finally {
            open.get().release();
        }
    }

    /** Puts the parts; returns how many chunks have vectors. */
    private static int store(StageContext context, Map<String, List<Map<?, ?>>> chunks, EmbeddingBatch batch)
            throws IOException, StageFailure, InterruptedException {
        KnownDocuments known = new KnownDocuments(context);
        int vectors = 0;
        int done = 0;
        for (Map.Entry<String, List<Map<?, ?>>> entry : chunks.entrySet()) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            String docId = entry.getKey();
            Map<?, ?> fields = known.fields(docId);
            long own = entry.getValue().stream()
                    .filter(chunk -> batch.has((String) chunk.get("id")))
                    .count();
            IndexedDocument document =
                    KnownDocuments.document(docId, fields, own == 0 ? Optional.empty() : batch.model());
            context.progress(done++, chunks.size(), document.shownTitle());
            Map<String, String> sections = KnownDocuments.sectionTitles(fields);
            String blob = IndexPart.store(context.blobs(), document, sink -> {
                for (Map<?, ?> chunk : entry.getValue()) {
                    sink.take(chunk(chunk, sections, batch));
                }
            });
            int count = entry.getValue().size();
            context.library().put(new Library.Part(docId, IndexPart.NAME, Map.of("indexed", count), blob));
            if (own > 0 && own < count) {
                context.log(document.shownTitle() + ": " + Plural.of(count - own, "chunk")
                        + " without a vector, found by words alone.");
            }
            vectors += (int) own;
        }
        return vectors;
    }

    private static IndexedChunk chunk(Map<?, ?> chunk, Map<String, String> sections, EmbeddingBatch batch)
            throws IOException, StageFailure {
        String id = (String) chunk.get("id");
        String section = chunk.get("section") instanceof String name ? name : "";
        return new IndexedChunk(
                id,
                section,
                sections.getOrDefault(section, ""),
                ((Number) chunk.get("start")).intValue(),
                ((Number) chunk.get("end")).intValue(),
                (String) chunk.get("text"),
                batch.vector(id));
    }

    private static Receipt receipt(
            StageContext context, Path folder, Map<String, List<Map<?, ?>>> chunks, EmbeddingBatch batch, int vectors)
            throws IOException {
        int indexed = chunks.values().stream().mapToInt(List::size).sum();
        Optional<OpenIndex> open = OpenIndexes.hold(folder);
        if (open.isEmpty()) {
            throw new IOException("the index is gone that was written just now");
        }
        try {
            Receipt receipt = new Receipt(
                    indexed,
                    chunks.size(),
                    vectors,
                    batch.model(),
                    open.get().chunks(),
                    open.get().records().size());
            context.log("Indexed: " + Plural.of(indexed, "chunk") + " of " + Plural.of(chunks.size(), "document") + ", "
                    + vectors + " with vectors; the index has " + Plural.of(receipt.allChunks(), "chunk") + " of "
                    + Plural.of(receipt.allDocuments(), "document") + ".");
            return receipt;
        } finally {
            open.get().release();
        }
    }

    private record Receipt(
            int chunks, int documents, int vectors, Optional<VectorModel> model, int allChunks, int allDocuments) {
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("chunks_indexed", chunks);
            map.put("documents", documents);
            map.put("vectors", vectors);
            map.put("model", model.map(VectorModel::name).orElse(null));
            map.put("index", Map.of("chunks", allChunks, "documents", allDocuments));
            return map;
        }
    }
}
