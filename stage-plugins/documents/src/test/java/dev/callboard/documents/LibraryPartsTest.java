package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.Library.Part;
import dev.callboard.spi.StageFailure;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What the stages keep of each document beyond the task. */
class LibraryPartsTest {
    private final TestContext context = new TestContext().file("tide-gauges.xml", Fixtures.sample("tide-gauges.xml"));

    private Part only(String name) {
        List<Part> parts = context.library().parts(name);
        assertThat(parts).hasSize(1);
        return parts.get(0);
    }

    private Object stored(Part part) throws Exception {
        return new ObjectMapper().readValue(context.blobs().open(part.blob()), Object.class);
    }

    @Test
    void parseKeepsTheDocument() throws Exception {
        Map<?, ?> document = (Map<?, ?>) context.run("ingest", "parse");
        Part part = only("document");
        assertThat(part.docId()).isEqualTo(document.get("doc_id"));
        assertThat(part.facts())
                .containsOnlyKeys("title", "media_type", "sha256", "lang", "source", "blocks", "sections", "left_out")
                .containsEntry("title", document.get("title"))
                .containsEntry("media_type", "application/jats+xml")
                .containsEntry("blocks", ((List<?>) document.get("blocks")).size())
                .containsEntry("left_out", 10L)
                .containsEntry("source", document.get("source"));
        ObjectMapper mapper = new ObjectMapper();
        assertThat(stored(part)).isEqualTo(mapper.readValue(mapper.writeValueAsBytes(document), Map.class));
    }

    @Test
    void validationKeepsTheQuality() throws Exception {
        context.document();
        assertThat(only("quality").facts().get("quality"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("valid", true)
                .containsEntry("tags_per_1000", 0.0)
                .containsEntry("replacement_share", 0.0)
                .containsKeys("characters", "blocks", "sections", "references", "text_ratio", "control_characters");
        assertThat(only("quality").blob()).isNull();
    }

    @Test
    void ofADocumentThatIsNotValidItKeepsWhy() throws Exception {
        context.with("language", "fi");
        assertThatThrownBy(() -> context.run("ingest", "parse", "ir-validation"))
                .isInstanceOf(StageFailure.class);
        assertThat(only("quality").facts())
                .containsEntry(
                        "quality", Map.of("valid", false, "violations", List.of("/lang is en, not fi as expected")));
    }

    @Test
    void validationKeepsADocumentThatParseDidNotMake() throws Exception {
        Object document = new TestContext().file("a.txt", "Words of a text.").run("ingest", "parse");
        byte[] json = new ObjectMapper().writeValueAsBytes(document);
        String blob = context.blobs().put(json);
        Object valid = context.runOn(Map.of("blob", blob), "ir-validation");
        assertThat(((Map<?, ?>) valid).get("text")).isEqualTo("Words of a text.");
        assertThat(only("document").blob()).isEqualTo(blob);
    }

    @Test
    void chunkKeepsTheChunks() throws Exception {
        List<Map<String, Object>> chunks = TestContext.list(context.run("ingest", "parse", "ir-validation", "chunk"));
        Part part = only("chunks");
        assertThat(part.docId()).isEqualTo(chunks.get(0).get("doc_id"));
        assertThat(part.facts()).isEqualTo(Map.of("chunks", chunks.size()));
        assertThat(stored(part)).isEqualTo(chunks);
    }

    @Test
    void aSecondRunChangesNothing() throws Exception {
        context.run("ingest", "parse", "ir-validation", "chunk");
        List<Part> first = context.library().parts("chunks");
        int blobs = context.blobs().count();
        context.run("ingest", "parse", "ir-validation", "chunk");
        assertThat(context.library().parts("chunks")).isEqualTo(first);
        assertThat(context.blobs().count()).isEqualTo(blobs);
    }
}
