package dev.callboard.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.StageFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Inputs that are addresses, files that only others can read, and documents that are given by the bytes they are stored as. */
class ReferencesTest {
    private static final Map<String, Object> ADDRESS = Map.of("url", "https://example.org/a.pdf", "name", "a.pdf");

    private final TestContext context = new TestContext();

    private static StageFailure failure(TestContext context, Object input, String stage) {
        try {
            context.runOn(input, stage);
        } catch (StageFailure failure) {
            return failure;
        } catch (Exception e) {
            throw new AssertionError("not a stage failure", e);
        }
        throw new AssertionError("nothing failed");
    }

    @Test
    void anAddressIsSentToTheDownloadStage() {
        for (String stage : List.of("ingest", "parse")) {
            StageFailure failure = failure(context, List.of(ADDRESS), stage);
            assertThat(failure.code()).isEqualTo("not_downloaded");
            assertThat(failure.retryable()).isFalse();
            assertThat(failure)
                    .hasMessageContaining("https://example.org/a.pdf")
                    .hasMessageContaining("download");
        }
        context.file("a.txt", "Words.");
        List<Object> both = List.of(context.inputs().get(0), ADDRESS);
        assertThat(failure(context, both, "ingest").code())
                .as("none is lost silently")
                .isEqualTo("not_downloaded");
    }

    @Test
    void anyLetsFilesAndAddressesThrough() throws Exception {
        context.file("a.pdf", "%PDF-1.7\n1 0 obj".getBytes(StandardCharsets.US_ASCII))
                .with("accept", "any");
        List<Object> input = List.of(context.inputs().get(0), ADDRESS, ADDRESS);
        List<Map<String, Object>> output = TestContext.list(context.runOn(input, "ingest"));
        assertThat(output).hasSize(2);
        assertThat(output.get(0)).containsEntry("media_type", "application/pdf").containsEntry("name", "a.pdf");
        assertThat(output.get(1)).isEqualTo(ADDRESS);
    }

    @Test
    void readableIsWhatParseCanRead() throws Exception {
        context.file("a.txt", "Words.").with("accept", "readable");
        assertThat(TestContext.list(context.run("ingest"))).hasSize(1);
        TestContext pdf = new TestContext().file("a.pdf", "%PDF-1.7\n1 0 obj").with("accept", "readable");
        assertThat(TestContext.list(pdf.run("ingest"))).hasSize(1);
        TestContext rtf = new TestContext().file("a.rtf", "{\\rtf1 words}").with("accept", "readable");
        assertThatThrownBy(() -> rtf.run("ingest")).hasMessageContaining("application/rtf");
    }

    private Map<String, Object> stored(Object document) throws Exception {
        byte[] json = document instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : new ObjectMapper().writeValueAsBytes(document);
        return Map.of("blob", context.blobs().put(json));
    }

    private static String json(Object value) throws Exception {
        return new ObjectMapper().writeValueAsString(value);
    }

    private Object parsed() throws Exception {
        return new TestContext()
                .file("tide-gauges.xml", Fixtures.sample("tide-gauges.xml"))
                .run("ingest", "parse");
    }

    @Test
    void aStoredDocumentIsReadCheckedAndCut() throws Exception {
        Object document = parsed();
        Map<String, Object> reference = stored(document);
        assertThat(json(context.runOn(reference, "ir-validation"))).isEqualTo(json(document));
        assertThat(json(context.runOn(List.of(reference), "chunk")))
                .isEqualTo(json(new TestContext().runOn(document, "chunk")));
        // A gate's output wins over what an earlier stage left in the task's state.
        context.state("document", Map.of("blocks", List.of()));
        assertThat(TestContext.list(context.runOn(reference, "chunk"))).isNotEmpty();
    }

    @Test
    void whatIsNoDocumentIsRefused() throws Exception {
        assertThat(failure(context, stored("{\"a\": 1}"), "ir-validation").code())
                .isEqualTo("invalid_document");
        assertThat(failure(context, stored("{\"a\""), "chunk").code()).isEqualTo("invalid_document");
        assertThat(failure(context, stored("[]"), "chunk").code()).isEqualTo("invalid_document");
        assertThat(failure(context, stored(Map.of("blocks", List.of())), "ir-validation")
                        .code())
                .as("its form is checked as of any document")
                .isEqualTo("invalid_document");
        assertThat(failure(context, Map.of("blob", "0".repeat(64)), "chunk").code())
                .isEqualTo("missing_blob");
        assertThat(failure(context, Map.of("blob", "0".repeat(64), "media_type", "application/pdf"), "chunk")
                        .code())
                .as("a file of another kind is no document")
                .isEqualTo("no_document");
    }
}
