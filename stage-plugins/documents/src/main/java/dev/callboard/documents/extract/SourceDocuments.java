package dev.callboard.documents.extract;

import dev.callboard.documents.input.FailedInputs;
import dev.callboard.documents.input.StageInput;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The documents to work on: each as it is, where the task has it, else as its chunks. */
final class SourceDocuments {
    private SourceDocuments() {}

    /**
     * All that can be read, each once.
     *
     * @param failed takes those that cannot
     * @throws StageFailure {@code no_document} when there is none at all
     */
    static List<SourceDocument> find(StageContext context, Object input, FailedInputs failed) throws StageFailure {
        List<SourceDocument> found = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<Map<?, ?>> documents = StageInput.documentsBeside(context, input);
        List<Map<?, ?>> chunks = StageInput.chunks(context, input);
        if (documents.isEmpty() && chunks.isEmpty()) {
            throw StageFailure.permanent(
                    "no_document", "There is no document to work on: the stages parse and chunk must have run before.");
        }
        for (Map<?, ?> document : documents) {
            try {
                SourceDocument read = SourceDocument.of(document);
                if (ids.add(read.docId())) {
                    found.add(read);
                }
            } catch (StageFailure failure) {
                failed.put(SourceDocument.nameOf(document), failure.getMessage());
            }
        }
        for (SourceDocument read : SourceDocument.ofChunks(chunks)) {
            if (ids.add(read.docId())) {
                found.add(read);
            }
        }
        if (found.isEmpty()) {
            throw failed.all("invalid_document");
        }
        return found;
    }
}
