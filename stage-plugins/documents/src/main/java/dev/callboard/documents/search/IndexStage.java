package dev.callboard.documents.search;

import dev.callboard.documents.input.GivenChunks;
import dev.callboard.spi.Library;
import dev.callboard.spi.Plural;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Input: what the stage embed puts out, or chunks when it was not selected: then they are found by words alone. Output:
 * {@code {chunks_indexed, documents, vectors, model, index: {chunks, documents}}}: what the index has of this task's documents
 * ({@code model} is null without vectors), which is nothing of one that somebody removed meanwhile; and what the project's index
 * has in all.
 *
 * <p>Each document's part {@code index} goes into the library first; then the index is made what the library says, by one
 * commit. A document that was indexed before is replaced; nothing happens to one that is the same.
 *
 * <p>Failures: {@code no_chunks}, {@code invalid_chunks}, {@code invalid_vectors}, {@code missing_blob} and {@code
 * other_model} are permanent; {@code index_busy} and {@code index_unusable} may pass.
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
        List<GivenChunks> documents = TaskChunks.of(context, input);
        try (EmbeddingBatch batch = EmbeddingBatch.open(context, input)) {
            checkFit(documents, batch);
            Optional<Path> folder = context.folder();
            if (folder.isEmpty()) {
                context.log("There is no folder for an index, as in a trial: nothing was indexed.");
                return new Receipt(0, 0, 0, Optional.empty(), 0, 0).toMap();
            }
            return index(context, IndexPlace.in(folder.get()), documents, batch);
        } catch (IOException e) {
            throw IndexFailure.shown(e);
        }
    }

    private static void checkFit(List<GivenChunks> documents, EmbeddingBatch batch) throws StageFailure {
        if (batch.model().isEmpty()) {
            return;
        }
        for (GivenChunks document : documents) {
            if (TaskChunks.read(document).stream().anyMatch(chunk -> batch.has((String) chunk.get("id")))) {
                return;
            }
        }
        throw StageFailure.permanent(
                "invalid_vectors", "The vectors are those of other chunks: run the stage embed again.");
    }

    private Object index(StageContext context, Path folder, List<GivenChunks> documents, EmbeddingBatch batch)
            throws IOException, StageFailure, InterruptedException {
        context.progress(0, documents.size(), "waiting for the index");
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
            checkModel(folder, documents, batch);
            store(context, documents, batch);
            reconciliation.run();
            return receipt(context, folder, documents).toMap();
        }
    }

    private static void checkModel(Path folder, List<GivenChunks> documents, EmbeddingBatch batch)
            throws IOException, StageFailure {
        Optional<OpenIndex> open = batch.model().isEmpty() ? Optional.empty() : OpenIndexes.hold(folder);
        if (open.isEmpty()) {
            return;
        }
        VectorModel model = batch.model().orElseThrow();
        Set<String> own = documents.stream().map(GivenChunks::docId).collect(Collectors.toSet());
        try {
            List<IndexRecord> others = open.get().records().entrySet().stream()
                    .filter(entry -> !own.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .filter(record ->
                            record.model().isPresent() && !record.model().get().equals(model))
                    .toList();
            if (!others.isEmpty()) {
                IndexRecord other = others.get(0);
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

    private static void store(StageContext context, List<GivenChunks> documents, EmbeddingBatch batch)
            throws IOException, StageFailure, InterruptedException {
        KnownDocuments known = new KnownDocuments(context);
        int done = 0;
        for (GivenChunks given : documents) {
            if (context.cancelled()) {
                throw new InterruptedException("cancelled");
            }
            List<Map<?, ?>> chunks = TaskChunks.read(given);
            Map<?, ?> fields = known.fields(given.docId());
            int vectors = (int) chunks.stream()
                    .filter(chunk -> batch.has((String) chunk.get("id")))
                    .count();
            IndexedDocument document =
                    KnownDocuments.document(given.docId(), fields, vectors == 0 ? Optional.empty() : batch.model());
            context.progress(done++, documents.size(), document.shownTitle());
            Map<String, String> sections = KnownDocuments.sectionTitles(fields);
            String blob = IndexPart.store(context.blobs(), document, sink -> {
                for (Map<?, ?> chunk : chunks) {
                    sink.take(chunk(chunk, sections, batch));
                }
            });
            Map<String, Object> facts = Map.of("indexed", chunks.size());
            context.library().put(new Library.Part(given.docId(), IndexPart.NAME, facts, blob));
            if (vectors > 0 && vectors < chunks.size()) {
                context.log(document.shownTitle() + ": " + Plural.of(chunks.size() - vectors, "chunk")
                        + " without a vector, found by words alone.");
            }
        }
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

    private static Receipt receipt(StageContext context, Path folder, List<GivenChunks> documents) throws IOException {
        Optional<OpenIndex> open = OpenIndexes.hold(folder);
        if (open.isEmpty()) {
            throw new IOException("the index is gone that was written just now");
        }
        try {
            Map<String, IndexRecord> all = open.get().records();
            List<IndexRecord> own = documents.stream()
                    .map(GivenChunks::docId)
                    .distinct()
                    .filter(all::containsKey)
                    .map(all::get)
                    .toList();
            Receipt receipt = new Receipt(
                    own.stream().mapToInt(IndexRecord::chunks).sum(),
                    own.size(),
                    own.stream().mapToInt(IndexRecord::vectors).sum(),
                    own.stream().flatMap(record -> record.model().stream()).findFirst(),
                    open.get().chunks(),
                    all.size());
            context.log(receipt.sentence());
            return receipt;
        } finally {
            open.get().release();
        }
    }

    private record Receipt(
            int chunks, int documents, int vectors, Optional<VectorModel> model, int allChunks, int allDocuments) {
        String sentence() {
            return "Indexed: " + Plural.of(chunks, "chunk") + " of " + Plural.of(documents, "document") + ", " + vectors
                    + " with vectors; the index has " + Plural.of(allChunks, "chunk") + " of "
                    + Plural.of(allDocuments, "document") + ".";
        }

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
