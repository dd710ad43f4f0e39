package dev.callboard.documents.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.documents.search.Shelf.Doc;
import dev.callboard.spi.Library;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexStageTest {
    @TempDir
    Path folder;

    private Shelf shelf;

    @BeforeEach
    void aShelf() {
        shelf = new Shelf(folder);
    }

    private Optional<String> lastCommit() throws IOException {
        try (Directory directory = IndexFiles.open(IndexPlace.in(folder))) {
            return IndexFiles.lastCommit(directory);
        }
    }

    @Test
    void theReceiptCountsTheTaskAndTheIndex() throws Exception {
        Map<String, Object> expected = new HashMap<>();
        expected.put("chunks_indexed", 2);
        expected.put("documents", 1);
        expected.put("vectors", 0);
        expected.put("model", null);
        expected.put("index", Map.of("chunks", 2, "documents", 1));
        assertThat(shelf.index(Doc.of("a", "One.", "Two."))).isEqualTo(expected);
        assertThat(shelf.index(Doc.of("b", "Three."), Doc.of("c", "Four.")))
                .containsEntry("chunks_indexed", 2)
                .containsEntry("documents", 2)
                .containsEntry("index", Map.of("chunks", 4, "documents", 3));
    }

    @Test
    void theSameAgainChangesNothing() throws Exception {
        Map<String, Object> first = shelf.index(Doc.of("a", "One goat.", "Two goats."));
        Optional<String> commit = lastCommit();
        assertThat(shelf.index(Doc.of("a", "One goat.", "Two goats."))).isEqualTo(first);
        assertThat(lastCommit()).isEqualTo(commit);
        assertThat(shelf.found("goat")).containsExactlyInAnyOrder("a-0", "a-1");
    }

    @Test
    void aChangedDocumentReplacesWhatItWas() throws Exception {
        shelf.index(Doc.of("a", "One goat.", "Two goats.", "Three goats."), Doc.of("b", "Goat."));
        shelf.index(Doc.of("a", "One sheep.", "Two goats."));
        assertThat(shelf.found("goat")).containsExactlyInAnyOrder("a-1", "b-0");
        assertThat(shelf.ask("sheep")).containsEntry("total", 1);
    }

    @Test
    void aTaskIsOneCommit() throws Exception {
        shelf.index(Doc.of("a", "One."));
        long before = generation();
        shelf.index(Doc.of("b", "Two."), Doc.of("c", "Three."), Doc.of("d", "Four."));
        assertThat(generation()).isEqualTo(before + 1);
    }

    private long generation() throws IOException {
        return SegmentInfos.generationFromSegmentsFileName(
                lastCommit().orElseThrow().split(" ")[0]);
    }

    @Test
    void theLibraryHasAllThatTheIndexNeeds() throws Exception {
        shelf.index(Map.of("a-0", new float[] {0.6f, 0.8f}), Doc.of("a", "One goat.", "Two goats."));
        Library.Part part = shelf.context().library().part("a", "index").orElseThrow();
        assertThat(part.facts()).isEqualTo(Map.of("indexed", 2));
        assertThat(new String(shelf.context().blobs().open(part.blob()).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"format\":1,\"doc_id\":\"a\",\"title\":\"Title of a\",\"media_type\":\"text/plain\","
                        + "\"lang\":\"en\",\"identifiers\":[\"a.txt\"],\"model\":{\"model\":\"small-model\","
                        + "\"model_sha256\":\"" + Shelf.SHA + "\",\"dimensions\":2},\"chunks\":["
                        + "{\"id\":\"a-0\",\"section\":\"\",\"section_title\":\"\",\"start\":0,\"end\":9,"
                        + "\"text\":\"One goat.\",\"vector\":\"" + Shelf.base64(0.6f, 0.8f) + "\"},"
                        + "{\"id\":\"a-1\",\"section\":\"s1\",\"section_title\":\"2.1 Methods\",\"start\":9,\"end\":19,"
                        + "\"text\":\"Two goats.\"}]}");
    }

    @Test
    void aRemovedDocumentIsGoneFromTheNextAnswerOn() throws Exception {
        shelf.index(Doc.of("a", "One goat."), Doc.of("b", "Two goats."));
        assertThat(shelf.found("goat")).containsExactly("a-0", "b-0");
        shelf.context().library().remove("a");
        assertThat(shelf.found("goat")).containsExactly("b-0");
        shelf.context().library().remove("b");
        assertThat(shelf.ask("goat")).containsEntry("total", 0);
    }

    @Test
    void whatIsInTheLibraryAloneIsIndexedByTheNextQuestion() throws Exception {
        Shelf elsewhere = new Shelf(folder.resolve("elsewhere"));
        elsewhere.index(Doc.of("a", "One goat."));
        Library.Part part = elsewhere.context().library().part("a", "index").orElseThrow();
        shelf.context().blobs().put(elsewhere.context().blobs().open(part.blob()));
        shelf.context().library().put(part);
        assertThat(shelf.found("goat")).containsExactly("a-0");
    }

    @Test
    void anEmptyProjectHasNoResults() throws Exception {
        Map<String, Object> answer = shelf.ask("goat");
        assertThat(answer).containsEntry("items", List.of()).containsEntry("total", 0);
        assertThat(Shelf.warnings(answer)).containsExactly("Nothing is indexed in this project yet.");
    }

    @Test
    void aDocumentWhosePartIsGoneIsNamed() throws Exception {
        shelf.index(Doc.of("a", "One goat."), Doc.of("b", "Two goats."));
        shelf.context().library().put(new Library.Part("c", "index", Map.of(), "0".repeat(64)));
        String odd = shelf.context().blobs().put("{\"format\": 7}".getBytes(StandardCharsets.UTF_8));
        shelf.context().library().put(new Library.Part("b", "index", Map.of(), odd));
        Map<String, Object> answer = shelf.ask("goat");
        assertThat(Shelf.ids(answer)).containsExactly("a-0");
        assertThat(Shelf.warnings(answer))
                .containsExactly(
                        "2 documents are not found because what was stored for the index is gone or damaged: run"
                                + " them again (b, c).");
        assertThat(Shelf.warnings(shelf.ask("goat"))).isEqualTo(Shelf.warnings(answer));
        shelf.index(Doc.of("b", "Two goats."), Doc.of("c", "Three."));
        assertThat(Shelf.warnings(shelf.ask("goat"))).isEmpty();
    }

    @Test
    void onlyOneWritesAtATime() throws Exception {
        shelf.index(Doc.of("a", "One goat."));
        RecordingStageContext task = shelf.task(List.of(Doc.of("b", "Two goats.")));
        Object chunks = Shelf.chunks(List.of(Doc.of("b", "Two goats.")));
        Path place = IndexPlace.in(folder);
        try (WriteLock held = WriteLock.take(place, Duration.ZERO, task).orElseThrow()) {
            assertThat(held.folder()).isEqualTo(place);
            assertThatThrownBy(() -> new IndexStage(Duration.ofMillis(50)).execute(task, chunks))
                    .isInstanceOfSatisfying(StageFailure.class, failure -> assertThat(failure.retryable())
                            .isTrue())
                    .hasMessage(
                            "Other tasks have been writing the search index of this project for more than 0 seconds:"
                                    + " try again when they are done.");
            assertThat(shelf.context()
                            .reports()
                            .get(shelf.context().reports().size() - 1)
                            .message())
                    .isEqualTo("waiting for the index");
        }
        new IndexStage(Duration.ofMillis(50)).execute(task, chunks);
        assertThat(shelf.found("goat")).containsExactly("a-0", "b-0");
    }

    @Test
    void aQuestionDoesNotWaitForAWriter() throws Exception {
        shelf.index(Doc.of("a", "One goat."), Doc.of("b", "Two goats."));
        Path place = IndexPlace.in(folder);
        try (WriteLock held =
                WriteLock.take(place, Duration.ZERO, shelf.context()).orElseThrow()) {
            assertThat(held.folder()).isEqualTo(place);
            shelf.context().library().remove("a");
            shelf.context().library().put(new Library.Part("c", "index", Map.of(), "0".repeat(64)));
            OpenIndex open = new CurrentIndex(shelf.context(), place, Duration.ZERO)
                    .hold()
                    .orElseThrow();
            try {
                assertThat(open.compared().difference().hidden()).containsExactly("a");
                assertThat(SearchWarnings.ofIndex(open.compared()))
                        .containsExactly("1 document is being indexed and not found yet.");
                assertThat(new Ranking(
                                        open.searcher(),
                                        open.compared().difference().hidden(),
                                        FacetFilter.NONE)
                                .byWords(SearchTerms.of("goat"))
                                .hits())
                        .extracting(Ranking.Hit::docId)
                        .containsExactly("b");
            } finally {
                open.release();
            }
        }
    }

    @Test
    void anInterruptedQuestionLeavesTheIndexAsItIs() throws Exception {
        shelf.index(Doc.of("a", "One goat."));
        Optional<String> commit = lastCommit();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> shelf.ask("goat")).isInstanceOf(InterruptedException.class);
        Thread.interrupted();
        assertThat(shelf.found("goat")).containsExactly("a-0");
        OpenIndexes.forget(IndexPlace.in(folder));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> shelf.ask("goat")).isInstanceOf(InterruptedException.class);
        Thread.interrupted();
        assertThat(shelf.found("goat")).containsExactly("a-0");
        assertThat(lastCommit()).isEqualTo(commit);
    }

    @Test
    void aCancelledTaskEndsAsOne() throws Exception {
        shelf.index(Doc.of("a", "One goat."));
        shelf.task(List.of(Doc.of("b", "Two goats.")));
        shelf.context().cancel();
        assertThatThrownBy(() -> new IndexStage().execute(shelf.context(), null))
                .isInstanceOf(InterruptedException.class);
        assertThat(shelf.context().library().part("b", "index")).isEmpty();
    }

    @Test
    void fewFilesAreLeft() throws Exception {
        for (int i = 0; i < 60; i++) {
            shelf.index(Doc.of("d" + i, "One goat."));
        }
        assertThat(shelf.ask("goat")).containsEntry("total", 60);
        try (var files = Files.list(IndexPlace.in(folder))) {
            assertThat(files.count()).isLessThan(40);
        }
    }
}
