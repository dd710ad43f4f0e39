package dev.callboard.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that is removed while a task works on it stays removed. */
@Timeout(180)
class RemovedDocumentsTest {
    private static final String CODE =
            """
            static Object read(StageContext context) throws Exception {
                context.library().put(new Library.Part("doc", "document", java.util.Map.of("title", "A paper"), null));
                return "read";
            }
            static Object add(StageContext context) throws Exception {
                Library.Place place = new Library.Place(2, 5, "pattern", "exact");
                context.library().put(new Library.Part("doc", "more", java.util.Map.of("words", 3), null));
                context.library().say("doc", new Library.Statements(
                        java.util.List.of(new Library.Node("gene:a", "gene", "A", java.util.Map.of())),
                        java.util.List.of(new Library.Mention("gene:a", place)), java.util.List.of()));
                return "added";
            }
            """;
    private static final String PIPELINE =
            """
            name: reads
            stages:
              - {name: read, type: read, approval: approval}
              - {name: add, type: add}
            """;

    @TempDir
    Path folder;

    private TestServer server;
    private PluginTasks tasks;

    @AfterEach
    void stop() {
        server.stop();
    }

    private Reply get(String path) {
        return server.http().get(path);
    }

    /** Reads the document and waits for a person. */
    private String reads() {
        String task = tasks.start("reads");
        tasks.until(task, "awaiting_approval");
        return task;
    }

    private void goesOn(String task) {
        assertThat(server.http()
                        .post("/api/tasks/" + task + "/approve", Map.of())
                        .status())
                .isEqualTo(200);
        tasks.until(task, "completed");
    }

    private String log(String task) {
        Reply executions = get("/api/tasks/" + task + "/executions");
        return get("/api/executions/" + executions.at("/items/1/id").asText() + "/log")
                .text();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "fork"})
    void whatATaskFromBeforeWritesIsNotKeptAndANewTaskReadsItAgain(String isolation) throws IOException {
        PluginJars.of("Main", "read", "add")
                .api("1.2")
                .isolation(isolation)
                .body(CODE)
                .registering("new StageRegistration(StageMetadata.builder(\"read\").build(), () -> (context, input) ->"
                        + " read(context)), new StageRegistration(StageMetadata.builder(\"add\").build(), () -> (context,"
                        + " input) -> add(context))")
                .write(folder.resolve("plugins"), "reads.jar");
        Files.writeString(
                Files.createDirectories(folder.resolve("config/pipelines")).resolve("reads.yaml"), PIPELINE);
        server = TestServer.start(folder, Map.of("limits.plugin_load_ms", "60000"));
        tasks = new PluginTasks(server);
        String removed = reads();
        String also = reads();
        assertThat(get("/api/documents/doc").status()).isEqualTo(200);
        assertThat(server.http().delete("/api/documents/doc").status()).isEqualTo(200);
        goesOn(removed);
        assertThat(get("/api/documents/doc").status()).isEqualTo(404);
        assertThat(get("/api/graph").at("/nodes").isEmpty()).isTrue();
        assertThat(log(removed))
                .contains("The document 'doc' was removed after this task began: its part 'more' is not kept.")
                .contains("what it says is not kept");

        goesOn(reads());
        Reply again = get("/api/documents/doc");
        assertThat(again.at("/title").asText()).isEqualTo("A paper");
        assertThat(again.at("/words").asInt()).isEqualTo(3);
        assertThat(get("/api/graph").at("/nodes/0/id").asText()).isEqualTo("gene:a");

        goesOn(also);
        assertThat(log(also)).as("the document is there again").doesNotContain("was removed");
        assertThat(server.http().delete("/api/documents/doc").status()).isEqualTo(200);
        assertThat(get("/api/graph").at("/nodes").isEmpty()).isTrue();
    }
}
