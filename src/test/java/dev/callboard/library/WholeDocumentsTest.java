package dev.callboard.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A document says that it is not whole until a task that writes of it has completed. */
@Timeout(180)
class WholeDocumentsTest {
    private static final String CODE =
            """
            static Object read(StageContext context) throws Exception {
                context.library().put(new Library.Part("doc", "document",
                        java.util.Map.of("title", "A paper", "complete", "a fact of that name"), null));
                return "read";
            }
            static Object add(StageContext context) throws Exception {
                if (context.attempt() == 1) { throw StageFailure.permanent("no_luck", "The first attempt fails."); }
                context.library().put(new Library.Part("doc", "more", java.util.Map.of("words", 3), null));
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

    @BeforeEach
    void start() throws IOException {
        PluginJars.of("Main", "read", "add")
                .api("1.2")
                .body(CODE)
                .registering("new StageRegistration(StageMetadata.builder(\"read\").build(), () -> (context, input) ->"
                        + " read(context)), new StageRegistration(StageMetadata.builder(\"add\").build(), () -> (context,"
                        + " input) -> add(context))")
                .write(folder.resolve("plugins"), "reads.jar");
        Files.writeString(
                Files.createDirectories(folder.resolve("config/pipelines")).resolve("reads.yaml"), PIPELINE);
        server = TestServer.start(folder, Map.of("limits.plugin_load_ms", "60000"));
        tasks = new PluginTasks(server);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private String reads() {
        String task = tasks.start("reads");
        tasks.until(task, "awaiting_approval");
        return task;
    }

    private void post(String path) {
        assertThat(server.http().post(path, Map.of()).status()).as(path).isEqualTo(200);
    }

    private void requireDocument(String task, String status, boolean complete) {
        JsonNode listed = server.http().get("/api/documents").at("/items");
        assertThat(listed).hasSize(1);
        JsonNode one = server.http().get("/api/documents/doc").json();
        assertThat(listed.get(0)).isEqualTo(one);
        assertThat(one.path("task_id").asText()).isEqualTo(task);
        assertThat(one.path("task_status").asText()).isEqualTo(status);
        assertThat(one.path("complete").isBoolean()).isTrue();
        assertThat(one.path("complete").asBoolean()).as(status).isEqualTo(complete);
    }

    @Test
    void whatACancelledTaskLeftIsNotWholeUntilAnotherReadsItAgain() {
        String cancelled = reads();
        requireDocument(cancelled, "awaiting_approval", false);
        post("/api/tasks/" + cancelled + "/cancel");
        tasks.until(cancelled, "cancelled");
        requireDocument(cancelled, "cancelled", false);

        String again = reads();
        post("/api/tasks/" + again + "/approve");
        tasks.until(again, "failed");
        requireDocument(again, "failed", false);
        post("/api/tasks/" + again + "/retry");
        tasks.until(again, "completed");
        requireDocument(again, "completed", true);
        assertThat(server.http().get("/api/documents/doc").at("/words").asInt()).isEqualTo(3);
    }
}
