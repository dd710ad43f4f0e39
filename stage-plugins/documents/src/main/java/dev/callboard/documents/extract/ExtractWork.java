package dev.callboard.documents.extract;

import dev.callboard.documents.input.FailedInputs;
import dev.callboard.documents.input.StoredJson;
import dev.callboard.spi.Library;
import dev.callboard.spi.Plural;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One execution of the stage, document by document: one that cannot be read fails alone. */
final class ExtractWork {
    private final StageContext context;
    private final ExtractSettings settings;
    private final Extractor extractor;
    private final FailedInputs failed;
    private final int documents;
    private final ExtractOutput output = new ExtractOutput();
    private final Set<String> ids = new HashSet<>();
    private StageFailure only;
    private int done;

    /**
     * Begins.
     *
     * @param failed those that failed before, and takes those that fail here
     * @param documents how many there are, as far as is known
     */
    ExtractWork(
            StageContext context, ExtractSettings settings, Extractor extractor, FailedInputs failed, int documents) {
        this.context = context;
        this.settings = settings;
        this.extractor = extractor;
        this.failed = failed;
        this.documents = documents;
    }

    /** Reads a document. */
    @FunctionalInterface
    interface Reading {
        SourceDocument read() throws StageFailure, IOException;
    }

    /** Whether a document has been worked on. */
    boolean isDone(String docId) {
        return ids.contains(docId);
    }

    /**
     * Works on a document; one that is there twice is taken once.
     *
     * @param name for the case that it cannot be read
     */
    void on(String name, Reading reading) throws StageFailure, IOException, InterruptedException {
        context.progress(
                done, Math.max(done, documents), name + ", " + Plural.of(output.count(), "entity", "entities"));
        done++;
        SourceDocument document;
        try {
            document = reading.read();
        } catch (StageFailure failure) {
            if (failure.retryable()) {
                throw failure;
            }
            only = failed.isEmpty() ? failure : null;
            failed.put(name, failure.getMessage());
            context.log(failure.getMessage());
            return;
        }
        if (!ids.add(document.docId())) {
            context.log(document.docId() + " is there twice and is taken once.");
            return;
        }
        Findings.Result result = extractor.extract(document, context::cancelled);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("entities", result.entities());
        found.put("claims", result.claims());
        StoredJson stored = StoredJson.of(context.blobs(), found);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("entities", result.entities().size());
        facts.put("claims", result.claims().size());
        context.library().put(new Library.Part(document.docId(), "entities", facts, stored.blob()));
        output.add(document, result, stored);
        context.log(Summary.of(document, settings, result));
    }

    /**
     * The output, once all documents are done.
     *
     * @throws StageFailure when none could be read
     */
    Map<String, Object> output() throws StageFailure {
        if (output.documents() == 0) {
            throw only == null ? failed.all("invalid_document") : only;
        }
        context.progress(done, done, Plural.of(output.count(), "entity", "entities"));
        Map<String, Object> map = output.toMap();
        if (!failed.isEmpty()) {
            map.put("failed", failed.toList());
        }
        return map;
    }
}
