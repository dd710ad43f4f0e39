package dev.callboard.documents.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.documents.graph.KnowledgeGraphStage;
import dev.callboard.documents.search.Shelf.Doc;
import dev.callboard.spi.testing.RecordingStageContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receipt counts what is there, and not the document that somebody removes while a task works on it. */
class RemovedMeanwhileTest {
    @TempDir
    Path folder;

    /** A task whose document {@code a} is removed at a moment. */
    private class Disturbed extends RecordingStageContext {
        Disturbed() {
            folder(folder);
        }

        void remove() {
            library().remove("a");
        }
    }

    @Test
    void theReceiptOfTheIndexCountsWhatTheIndexHas() throws Exception {
        List<Doc> docs = List.of(Doc.of("a", "One.", "Two."), Doc.of("b", "Three."));
        Disturbed task = new Disturbed() {
            @Override
            public void progress(long done, long total, String message) {
                super.progress(done, total, message);
                if ("Title of b".equals(message)) {
                    remove();
                }
            }
        };
        task.state("document", docs.stream().map(Doc::ir).toList()).state("chunks", Shelf.chunks(docs));
        Map<String, Object> receipt = Shelf.map(new IndexStage().execute(task, Shelf.chunks(docs)));
        assertThat(receipt)
                .containsEntry("documents", 1)
                .containsEntry("chunks_indexed", 1)
                .containsEntry("index", Map.of("chunks", 1, "documents", 1));
        assertThat(task.lines())
                .contains("Indexed: 1 chunk of 1 document, 0 with vectors; the index has 1 chunk of 1 document.");
    }

    @Test
    void theReceiptOfTheGraphCountsWhatWasWritten() throws Exception {
        Disturbed task = new Disturbed() {
            @Override
            public void log(String line) {
                super.log(line);
                if (line.startsWith("a: ")) {
                    remove();
                }
            }
        };
        Map<String, Object> found =
                Map.of("entities", List.of(entity("gene:x", "a"), entity("gene:y", "b")), "claims", List.of());
        Map<String, Object> receipt = Shelf.map(new KnowledgeGraphStage().execute(task, found));
        // The document itself and its gene.
        assertThat(receipt)
                .containsEntry("nodes_written", 2)
                .containsEntry("documents", List.of(Map.of("doc_id", "b", "nodes", 2, "edges", 1)));
    }

    private static Map<String, Object> entity(String id, String docId) {
        Map<String, Object> place =
                Map.of("start", 0, "end", 3, "text", "x", "method", "dictionary", "confidence", "exact");
        return Map.of("id", id, "type", "gene", "label", id, "doc_id", docId, "places", List.of(place));
    }
}
