package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.Reply;
import dev.callboard.testing.ServerFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What writing one pipeline over the API does to the other files of its folder: nothing. */
class PipelineWritesTest extends ServerFixture {
    private static final String[] EDITOR = {"Content-Type", "application/yaml", "X-Callboard-Actor", "editor-1"};

    private static String text(String name) {
        return "name: " + name + "\nstages:\n  - {name: plan, type: planning}\n";
    }

    private Path file(String name) {
        return server.stagesFile().resolveSibling("pipelines").resolve(name);
    }

    /** Its file's name is another than the pipeline's, so that only what was kept tells which pipeline it has. */
    @Test
    void aFileThatIsBadSinceTheStartStaysServedWhileAnotherIsWritten() throws IOException {
        assertThat(http.put("/api/pipelines/good", text("good"), EDITOR).status())
                .isEqualTo(201);
        Files.move(file("good.yaml"), file("other.yaml"));
        Files.writeString(file("other.yaml"), text("good") + "version: v2\n");
        await().until(() ->
                http.get("/api/pipelines/good").at("/version").asText().equals("v2"));
        server.stop();
        Files.writeString(file("other.yaml"), "name: [");
        server.start();
        http = server.http();

        assertThat(http.put("/api/pipelines/second", text("second"), EDITOR).status())
                .isEqualTo(201);
        Reply good = http.get("/api/pipelines/good");
        assertThat(good.status()).as(good.text()).isEqualTo(200);
        assertThat(good.at("/stages/0/name").asText()).isEqualTo("plan");
        assertThat(http.get("/api/pipelines/good/versions").at("/items").findValuesAsText("deleted"))
                .containsOnly("false");
    }

    @Test
    void whatWasEditedByHandMeanwhileIsNotTheWriters() throws IOException {
        Files.writeString(file("by-hand.yaml"), text("by-hand"));
        assertThat(http.put("/api/pipelines/mine", text("mine"), EDITOR).status())
                .isEqualTo(201);
        assertThat(actorOf("mine")).isEqualTo("editor-1");
        assertThat(actorOf("by-hand")).isEqualTo("file: pipelines/by-hand.yaml");
        JsonNode version =
                http.get("/api/pipelines/by-hand/versions").at("/items").get(0);
        assertThat(version.path("source").asText()).isEqualTo("file");
        assertThat(version.path("changed_by").isNull()).isTrue();
    }

    private String actorOf(String pipeline) {
        JsonNode rows =
                http.get("/api/audit?kind=pipeline.added&subject=" + pipeline).at("/items");
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.path("actor").asText())
                .reduce((one, other) -> one + " and " + other)
                .orElse("nobody");
    }
}
