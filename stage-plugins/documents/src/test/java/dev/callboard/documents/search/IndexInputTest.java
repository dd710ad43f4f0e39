package dev.callboard.documents.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.documents.search.Shelf.Doc;
import dev.callboard.spi.Library;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stage index works on. */
class IndexInputTest {
    @TempDir
    Path folder;

    private Shelf shelf;

    @BeforeEach
    void aShelf() {
        shelf = new Shelf(folder);
    }

    @Test
    void withoutAFolderNothingIsIndexed() throws Exception {
        RecordingStageContext trial = new RecordingStageContext();
        Object receipt = new IndexStage().execute(trial, Shelf.chunks(List.of(Doc.of("a", "One goat."))));
        assertThat(Shelf.map(receipt)).containsEntry("chunks_indexed", 0);
        assertThat(trial.lines()).contains("There is no folder for an index, as in a trial: nothing was indexed.");
        assertThatThrownBy(() -> new SearchQuestion().execute(trial, Map.of("q", "x")))
                .isInstanceOf(StageFailure.class)
                .hasMessageStartingWith("There is no folder for an index here");
    }

    @Test
    void oddChunksAreRefused() {
        refused(List.of(), "There are no chunks to index: the stage chunk must have run before.");
        Map<String, Object> chunk = Map.of("id", "x", "doc_id", "a", "text", "t", "start", 0, "end", 1);
        refused(List.of(chunk, chunk), "The document a has the chunk x twice: run the stage chunk again.");
        refused(
                List.of(Map.of("id", "x", "doc_id", "a", "text", "t", "start", 5, "end", 1)),
                "The document a has no offsets in the chunk x: run the stage chunk again.");
        refused(
                List.of(Map.of("id", "x".repeat(201), "doc_id", "a", "text", "t", "start", 0, "end", 1)),
                "The document a has a chunk without text, or without an id of at most 200 characters: run the stage chunk"
                        + " again.");
        refused(
                List.of(Map.of("doc_id", "a", "blob", "0".repeat(64), "chunks", 3)),
                "The chunks of the document a are not in the content store any more: run the stage chunk again.");
    }

    @Test
    void chunksOfManyDocumentsMayBeStored() throws Exception {
        List<Map<String, Object>> references = new ArrayList<>();
        Map<String, float[]> vectors = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            Doc doc = Doc.of("d" + i, "One goat.", "Another goat.");
            byte[] json = new ObjectMapper().writeValueAsBytes(doc.chunks());
            references.add(Map.of(
                    "doc_id",
                    doc.id(),
                    "blob",
                    shelf.context().blobs().put(json),
                    "chunks",
                    doc.chunks().size()));
            vectors.put("d" + i + "-1", new float[] {1, 0});
        }
        shelf.context().state("chunks", references);
        Object receipt = new IndexStage().execute(shelf.context(), shelf.batch(Shelf.MODEL, Shelf.SHA, vectors));
        assertThat(Shelf.map(receipt))
                .containsEntry("chunks_indexed", 60)
                .containsEntry("documents", 30)
                .containsEntry("vectors", 30);
        assertThat(shelf.ask("goat")).containsEntry("total", 60);
    }

    @Test
    void theDocumentIsTakenFromTheLibraryWhereTheStateHasNone() throws Exception {
        String ir = "{\"doc_id\":\"a\",\"title\":\"From the library\",\"text\":\"…\",\"blocks\":[{\"id\":\"b1\"}],"
                + "\"lang\":\"en\",\"sections\":[{\"id\":\"s1\",\"title\":\"Results\"}],\"meta\":{\"doi\":\"10.1/x5\"}}";
        String blob = shelf.context().blobs().put(ir.getBytes(StandardCharsets.UTF_8));
        shelf.context().library().put(new Library.Part("a", "document", Map.of("title", "facts"), blob));
        new IndexStage().execute(shelf.context(), Shelf.chunks(List.of(Doc.of("a", "One goat.", "Two goats."))));
        assertThat(Shelf.items(shelf.ask("two")).get(0))
                .containsEntry("title", "From the library")
                .containsEntry("section_title", "Results");
        assertThat(shelf.found("10.1/x5")).containsExactly("a-0");
    }

    private void refused(Object input, String sentence) {
        assertThatThrownBy(() -> new IndexStage().execute(shelf.context(), input))
                .isInstanceOf(StageFailure.class)
                .hasMessage(sentence);
    }
}
