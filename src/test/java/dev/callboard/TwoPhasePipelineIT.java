package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callboard.testing.Chunks;
import dev.callboard.testing.FirstPartyPlugins;
import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped pipeline {@code pdf-two-phase}: in between a client makes a document of the PDF. */
class TwoPhasePipelineIT {
    private static final byte[] PDF =
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private static final String TEXT =
            """
            Tide gauges measure the height of the sea. \uD83C\uDF0A They stand in harbours.

            The oldest ones have worked for more than two hundred years. Their records show how the sea rises.
            """;

    private static final String[] STAGES = {
        "ingest", "download", "parse", "ir-validation", "chunk", "embed", "index", "extract", "knowledge-graph", "gate"
    };

    @TempDir
    Path folder;

    @BeforeEach
    void plugins() throws IOException {
        FirstPartyPlugins.copyTo(folder);
    }

    /** A document and the chunks that the pipeline auto makes of it. */
    private record Reference(JsonNode document, JsonNode chunks) {
        static Reference of(Tasks tasks) {
            String id = tasks.start("auto", Map.of("text", TEXT));
            tasks.until(id, "completed");
            return new Reference(tasks.output(id, "parse"), tasks.output(id, "chunk"));
        }

        Map<String, Object> uploaded(Tasks tasks) {
            String sha256 = tasks.blob(document.toString().getBytes(StandardCharsets.UTF_8), "application/json");
            return Map.of("blob", sha256);
        }
    }

    private static Object pdf(Tasks tasks) {
        return Map.of("blob", tasks.blob(PDF, "application/pdf"), "name", "gauges.pdf");
    }

    @Test
    void theTaskWaitsOverAKillAndGoesOnWithTheDocumentPutBesideIt() throws Exception {
        String id;
        JsonNode before;
        Reference reference;
        try (JarProcess server = JarProcess.serve(folder)) {
            Tasks tasks = new Tasks(server.http());
            tasks.awaitStages(STAGES);
            reference = Reference.of(tasks);
            id = tasks.start("pdf-two-phase", pdf(tasks));
            before = tasks.waiting(id);
            server.kill();
        }
        try (JarProcess server = JarProcess.serve(folder)) {
            Tasks tasks = new Tasks(server.http());
            JsonNode after = tasks.waiting(id);
            for (String same : List.of("stage", "execution_id", "kind", "reason", "since", "until")) {
                assertThat(after.path(same)).as(same).isEqualTo(before.path(same));
            }
            assertThat(after.path("stage").asText()).isEqualTo("pdf_ir_ready");
            assertThat(after.path("kind").asText()).isEqualTo("ledger");
            assertThat(after.path("reason").asText()).contains("pdf_ir_ready to equal true (it is not set)");

            tasks.ledger(id, Map.of("pdf_ir_ready", true));
            assertThat(tasks.waiting(id).path("reason").asText()).contains("document");
            tasks.ledger(id, Map.of("document", reference.uploaded(tasks)));

            tasks.awaitStages(STAGES);
            tasks.until(id, "completed");
            assertThat(tasks.attempted(id))
                    .startsWith("ingest", "download", "pdf_ir_ready", "ir-validation", "chunk")
                    .contains("embed", "index", "extract", "knowledge-graph")
                    .hasSize(9);
            assertThat(tasks.attempt(id, "pdf_ir_ready").path("id")).isEqualTo(before.path("execution_id"));
            assertThat(tasks.output(id, "ir-validation")).isEqualTo(reference.document());
            assertThat(tasks.output(id, "chunk")).isEqualTo(reference.chunks());
            Chunks.cut(tasks.output(id, "chunk"), reference.document());
            assertThat(server.terminate(10)).isZero();
        }
    }

    @Test
    void copiesOfThePipelineTimeOutAreTriedAgainAndSeeChanges() {
        try (TestServer server = TestServer.start(folder)) {
            Tasks tasks = new Tasks(server.http());
            tasks.awaitStages(STAGES);
            Reference reference = Reference.of(tasks);
            timesOutAndIsTriedAgain(server.http(), tasks, reference);
            passesOnAChange(server.http(), tasks, reference);
            refusesABrokenDocument(tasks);
        }
    }

    /** The shipped definition with another gate, under another name. */
    private static void copy(Http http, String name, int timeout, Map<String, Object> condition) {
        ObjectNode definition =
                (ObjectNode) http.get("/api/pipelines/pdf-two-phase").at("/definition");
        definition.put("name", name).remove("applicable_sources");
        ObjectNode gate = (ObjectNode) definition.at("/gates/0");
        gate.put("timeout_seconds", timeout).putPOJO("condition", condition);
        Reply put = http.put("/api/pipelines/" + name, definition.toString());
        assertThat(put.status()).as(put.toString()).isEqualTo(201);
    }

    private static void timesOutAndIsTriedAgain(Http http, Tasks tasks, Reference reference) {
        copy(http, "impatient", 2, Map.of("field", "document.pages", "gt", 3));
        String id = tasks.start("impatient", pdf(tasks));
        tasks.waiting(id);
        tasks.ledger(id, Map.of("document", Map.of("pages", 2)));
        JsonNode failed = tasks.until(id, "failed");
        JsonNode attempt = tasks.attempt(id, "pdf_ir_ready");
        assertThat(attempt.path("error_code").asText()).isEqualTo("gate_timeout");
        assertThat(attempt.path("error").asText())
                .isEqualTo("The gate timed out after 2 s waiting for document.pages to be greater than 3 (it is 2).");
        assertThat(failed.path("waiting_for").isNull()).isTrue();

        tasks.ledger(
                id,
                Map.of(
                        "document",
                        Map.of("pages", 4, "blob", reference.uploaded(tasks).get("blob"))));
        tasks.call(id, "retry", Map.of());
        tasks.until(id, "completed");
        assertThat(tasks.attempts(id, "pdf_ir_ready"))
                .extracting(each -> each.path("status").asText())
                .containsExactly("failed", "completed");
        assertThat(tasks.attempts(id, "ingest")).hasSize(1);
        assertThat(tasks.output(id, "chunk")).isEqualTo(reference.chunks());
    }

    private static void passesOnAChange(Http http, Tasks tasks, Reference reference) {
        copy(http, "changed", 60, Map.of("field", "document", "changed", true));
        String id = tasks.start(Map.of("pipeline", "changed", "auto_start", false, "input", List.of(pdf(tasks))));
        tasks.ledger(id, Map.of("document", Map.of("pages", 1)));
        tasks.call(id, "run", Map.of());
        JsonNode waiting = tasks.waiting(id);
        assertThat(waiting.path("reason").asText()).isEqualTo("document to change (it is still {\"pages\": 1})");
        tasks.ledger(id, Map.of("document", Map.of("pages", 1), "other", 7));
        assertThat(tasks.waiting(id).path("since"))
                .as("the same value is no change")
                .isEqualTo(waiting.path("since"));
        tasks.ledger(id, Map.of("document", reference.uploaded(tasks)));
        tasks.until(id, "completed");
        assertThat(tasks.output(id, "chunk")).isEqualTo(reference.chunks());
    }

    private static void refusesABrokenDocument(Tasks tasks) {
        String id = tasks.start("pdf-two-phase", pdf(tasks));
        tasks.waiting(id);
        String sha256 = tasks.blob("{\"text\": ".getBytes(StandardCharsets.UTF_8), "application/json");
        tasks.ledger(id, Map.of("document", Map.of("blob", sha256), "pdf_ir_ready", true));
        tasks.until(id, "failed");
        assertThat(tasks.attempt(id, "ir-validation").path("error_code").asText())
                .isEqualTo("invalid_document");
        assertThat(tasks.attempt(id, "ir-validation").path("error").asText()).contains("is not valid JSON");
    }
}
