package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Chunks;
import dev.callboard.testing.FirstPartyPlugins;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.Tasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Built-in, plugin and custom stages in one pipeline: from the first-party plugins, the example and a person. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MixedPipelineIT {
    private static final String MIXED =
            """
            name: mixed
            stages:
              - {name: ingest, type: ingest, depends_on: []}
              - {name: parse, type: parse, depends_on: [ingest]}
              - {name: review, type: person-review, depends_on: [parse]}
              - {name: hold, type: gate, depends_on: [review], config: {conditions: [{field: go, equals: true}]}}
              - {name: chunk, type: chunk, depends_on: [hold]}
              - {name: count, type: text-statistics, depends_on: [hold], config: {top: 1, min_length: 4}}
            """;

    private static final String WRONG =
            """
            name: wrong
            stages:
              - {name: cut, type: chunk, config: {max_tokens: many}}
              - {name: unheard, type: unheard-of}
              - {name: hold, type: gate, config: {conditions: [{field: go, is: true}]}}
              - {name: count, type: text-statistics, config: {top: 0, bottom: 1}}
              - {name: later, type: not-before}
            """;

    private static final String[] POINTERS = {
        "/stages/0/type", // chunk needs parse
        "/stages/0/config/max_tokens",
        "/stages/1/type",
        "/stages/2/config/conditions/0", // without an operator
        "/stages/2/config/conditions/0/is",
        "/stages/3/config/top",
        "/stages/3/config/bottom",
        "/stages/4/config/at"
    };

    private Path folder;
    private TestServer server;
    private Tasks tasks;
    private String project;

    @BeforeAll
    void start(@TempDir Path dir) throws IOException {
        folder = dir;
        FirstPartyPlugins.copyTo(folder);
        FirstPartyPlugins.copyExampleTo(folder);
        server = TestServer.start(folder);
        tasks = new Tasks(server.http());
        tasks.awaitStages("ingest", "parse", "chunk", "text-statistics", "not-before");
        Map<String, Object> review = Stages.manual("person-review");
        review.put("state_key", "review");
        assertThat(server.http().post("/api/vp/stages", review).status()).isEqualTo(200);
        Reply put = server.http().put("/api/pipelines/mixed", MIXED, "Content-Type", "application/yaml");
        assertThat(put.status()).as(put.toString()).isEqualTo(201);
        Reply made = server.http().post("/api/projects", Map.of("name", "Mixed", "pipeline", "mixed"));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        project = made.at("/id").asText();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** A started task of the project, without one of the stages. */
    private String startWithout(String left) {
        String id = tasks.start(Map.of(
                "project",
                project,
                "auto_start",
                false,
                "input",
                List.of(Map.of("text", "The tide rises. The tide falls. A gull calls."))));
        List<Object> rows = new ArrayList<>();
        for (JsonNode stage : tasks.task(id).path("stages")) {
            if (!stage.path("name").asText().equals(left)) {
                rows.add(Map.of("stage_template_id", stage.path("id").asText(), "sort_order", rows.size()));
            }
        }
        Reply put = server.http().put("/api/tasks/" + id + "/stages", Map.of("stages", rows));
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        tasks.call(id, "run", Map.of());
        return id;
    }

    private void fillIn(String id, Object output) {
        JsonNode waiting = tasks.attempt(id, "review");
        assertThat(waiting.path("status").asText()).isEqualTo("awaiting_approval");
        tasks.call(
                id,
                "approve",
                Map.of("execution_id", waiting.path("id").asText(), "decision", Map.of("output", output)));
    }

    @Test
    void aPersonAGateAndPluginsWorkOnOneTask() {
        String id = startWithout("chunk");
        tasks.until(id, "awaiting_approval");
        fillIn(id, Map.of("text", "Tide, tide and gull"));
        assertThat(tasks.waiting(id).path("stage").asText()).isEqualTo("hold");
        tasks.ledger(id, Map.of("go", true));
        JsonNode done = tasks.until(id, "completed");

        assertThat(tasks.attempted(id)).containsExactly("ingest", "parse", "review", "hold", "count");
        assertThat(done.path("stages"))
                .extracting(stage -> stage.path("name").asText() + " " + stage.path("number"))
                .containsExactlyInAnyOrder("ingest 1", "parse 2", "review 3", "hold 4", "count 5", "chunk null");
        assertThat(done.at("/state_keys/review/text").asText()).isEqualTo("Tide, tide and gull");
        assertThat(done.at("/state_keys/document/text").asText()).startsWith("The tide rises.");
        assertThat(done.at("/state_keys/text_statistics/words").asInt())
                .as("what the person filled in went through the gate")
                .isEqualTo(4);
        assertThat(done.at("/state_keys").has("chunks")).isFalse();
        assertThat(done.at("/ledger/words").asInt()).isEqualTo(4);
    }

    @Test
    void withoutTheGateNothingWaits() {
        String id = startWithout("hold");
        tasks.until(id, "awaiting_approval");
        fillIn(id, Map.of("text", "Gull, gull and tide"));
        JsonNode done = tasks.until(id, "completed");
        assertThat(tasks.attempted(id))
                .containsExactlyInAnyOrder("ingest", "parse", "review", "chunk", "count")
                .startsWith("ingest", "parse", "review");
        assertThat(done.at("/state_keys/text_statistics/top/0/word").asText()).isEqualTo("gull");
        Chunks.cut(tasks.output(id, "chunk"), tasks.output(id, "parse"));
    }

    @Test
    void whatAStageTypeCannotTakeIsReportedWithItsPlaceByTheServer() {
        Reply put = server.http().put("/api/pipelines/wrong", WRONG, "Content-Type", "application/yaml");
        assertThat(put.status()).isEqualTo(400);
        assertThat(put.code()).isEqualTo("invalid_pipeline");
        assertThat(put.at("/errors"))
                .extracting(error -> error.path("pointer").asText())
                .as(put.text())
                .containsExactlyInAnyOrder(POINTERS);
        assertThat(server.http().get("/api/pipelines/wrong").status()).isEqualTo(404);
    }

    @Test
    void whatAStageTypeCannotTakeIsReportedWithItsPlaceOnTheCommandLine() throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), WRONG);
        JarProcess.Done done = JarProcess.run(folder, "validate", file.toString());
        assertThat(done.code()).as(done.err()).isEqualTo(1);
        assertThat(done.err()).contains("warning: /stages/0/type the stage 'cut' takes document, but follows no stage");
        assertThat(done.err().lines().filter(line -> line.contains("wrong.yaml") && !line.contains(": warning: ")))
                .as(done.err())
                .extracting(line -> line.replaceFirst("^.*wrong\\.yaml:[3-7]:\\d+: (\\S+) .*$", "$1"))
                .containsExactlyInAnyOrder(POINTERS);
        Path right = Files.writeString(folder.resolve("right.yaml"), MIXED);
        assertThat(JarProcess.run(folder, "validate", right.toString()).code()).isZero();
    }
}
