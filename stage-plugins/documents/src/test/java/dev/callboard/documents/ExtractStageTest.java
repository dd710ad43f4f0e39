package dev.callboard.documents;

import static dev.callboard.documents.Extractions.ANIMALS;
import static dev.callboard.documents.Extractions.claims;
import static dev.callboard.documents.Extractions.entities;
import static dev.callboard.documents.Extractions.extract;
import static dev.callboard.documents.Extractions.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.documents.extract.ExtractStage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What extract reads, where it keeps what it found, and what it refuses. */
class ExtractStageTest {
    @Test
    void theLibraryKeepsWhatWasFoundOfEachDocument() throws Exception {
        TestContext context = text("A goat.").with("dictionaries", List.of(ANIMALS));
        Map<String, Object> output = extract(context);
        String docId = (String) TestContext.list(output.get("entities")).get(0).get("doc_id");
        assertThat(context.library().part(docId, "entities")).hasValueSatisfying(part -> {
            assertThat(part.facts()).isEqualTo(Map.of("entities", 2, "claims", 0));
            assertThat(part.blob()).hasSize(64);
        });
    }

    @Test
    void withoutTheDocumentItsChunksAreReadAndOverlapsCountOnce() throws Exception {
        TestContext context = text("x").with("dictionaries", List.of(ANIMALS));
        List<Map<String, Object>> chunks = List.of(
                Map.of("id", "c1", "doc_id", "d", "start", 0, "text", "A goat saw. A sheep met a goat."),
                Map.of("id", "c2", "doc_id", "d", "start", 12, "text", "A sheep met a goat. A goat ran."));
        Map<String, Object> output = extract(context, chunks);
        assertThat(TestContext.list(entities(output).get("organism:1").get("places")))
                .extracting("start")
                .containsExactly(2, 26, 34);
        assertThat(claims(output)).containsExactly("organism:1 mentioned_with organism:2");
        assertThat(entities(output)).containsKey("document:d");
    }

    @Test
    void aDocumentInTheStateMayBeGivenByItsBytes() throws Exception {
        TestContext context = text("A goat.").with("dictionaries", List.of(ANIMALS));
        Map<String, Object> document = context.document();
        String sha256 = context.blobs().put(new ByteArrayInputStream(new ObjectMapper().writeValueAsBytes(document)));
        context.state("document", Map.of("blob", sha256, "media_type", "application/json"));
        Map<String, Object> batch = Map.of("model", "m", "blob", "0".repeat(64), "vectors", List.of("c1"));
        assertThat(entities(extract(context, batch))).containsKey("organism:1");
    }

    @Test
    void ofManyDocumentsTheOutputSaysWhereEachIsStored() throws Exception {
        TestContext context = new TestContext().with("dictionaries", List.of(ANIMALS));
        for (int i = 0; i < 25; i++) {
            context.file(i + ".txt", "Goat " + i + " met a sheep.");
        }
        Map<String, Object> output = extract(context);
        assertThat(TestContext.list(output.get("entities"))).hasSize(25).allSatisfy(reference -> assertThat(reference)
                .containsOnlyKeys("doc_id", "title", "blob", "media_type", "entities", "claims")
                .containsEntry("entities", 3)
                .containsEntry("claims", 1));
        assertThat(TestContext.list(output.get("claims"))).isEmpty();
        assertThat(ExtractStage.count(output)).isEqualTo(100);
        Map<?, ?> receipt = (Map<?, ?>) context.runOn(output, "knowledge-graph");
        assertThat(receipt.get("nodes_written")).isEqualTo(27);
        assertThat(receipt.get("edges_written")).isEqualTo(75L);
        assertThat(TestContext.list(receipt.get("documents"))).hasSize(25);
    }

    @Test
    void storedChunksAreReadWhereTheDocumentIsGone() throws Exception {
        TestContext context = new TestContext().with("dictionaries", List.of(ANIMALS));
        byte[] json = "[{\"doc_id\": \"d\", \"start\": 0, \"text\": \"A goat.\"}]".getBytes(StandardCharsets.UTF_8);
        String blob = context.blobs().put(new ByteArrayInputStream(json));
        Map<String, Object> chunks = Map.of("doc_id", "d", "blob", blob, "chunks", 1, "media_type", "application/json");
        assertThat(entities(extract(context, List.of(chunks)))).containsKeys("document:d", "organism:1");
        Map<String, Object> gone = Map.of("doc_id", "d", "blob", "0".repeat(64), "chunks", 1);
        assertThatThrownBy(() -> extract(context, List.of(gone))).hasMessageContaining("run the stage chunk again");
    }

    @Test
    void aDocumentThatCannotBeReadFailsAlone() throws Exception {
        TestContext context = text("A goat.").with("dictionaries", List.of(ANIMALS));
        Map<String, Object> good = context.document();
        Map<String, Object> bad = new HashMap<>(good);
        bad.put("doc_id", "bad");
        bad.put("blocks", List.of(Map.of("id", "b1", "start", 0, "end", 99)));
        Map<String, Object> output = extract(context, List.of(bad, good));
        assertThat(entities(output)).containsKey("organism:1");
        assertThat(TestContext.list(output.get("failed")))
                .extracting("error")
                .singleElement()
                .asString()
                .contains("a block is not inside the text");
        assertThatThrownBy(() -> extract(new TestContext(), bad))
                .hasMessageContaining("a block is not inside the text");
    }

    @Test
    void withoutAnythingToReadItSaysSo() {
        assertThatThrownBy(() -> extract(new TestContext(), null)).hasMessageContaining("no document to work on");
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatThrownBy(() -> extract(text("a").with("methods", List.of("magic"))))
                .hasMessageStartingWith("The setting methods must be a list of structured, dictionary,");
        assertThatThrownBy(() -> extract(text("a").with("patterns", List.of(Map.of("pattern", "(", "type", "x")))))
                .hasMessageStartingWith("The setting patterns[0].pattern must be a valid RE2 pattern:");
        assertThatThrownBy(() -> extract(text("a").with("patterns", List.of(Map.of("pattern", "a", "type", "X Y")))))
                .hasMessageContaining("patterns[0].type");
        assertThatThrownBy(() ->
                        extract(text("a").with("patterns", List.of(Map.of("pattern", "([a]{99}){99}", "type", "x")))))
                .hasMessageContaining("at most 5000 steps long");
        assertThatThrownBy(() -> extract(text("a").with("max_entities", 0))).hasMessageContaining("max_entities");
    }

    @Test
    void aCancelledStageEnds() {
        TestContext context = text("A goat.");
        assertThatThrownBy(() -> {
                    Object document = context.run("ingest", "parse");
                    context.cancel();
                    context.runOn(document, "extract");
                })
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void documentsThatTheLibraryWouldRefuseAreNamed() {
        Map<String, Object> document = Map.of("doc_id", "d".repeat(201), "text", "", "blocks", List.of());
        assertThatThrownBy(() -> extract(text("x"), document)).hasMessageContaining("more than 200 characters");
    }
}
