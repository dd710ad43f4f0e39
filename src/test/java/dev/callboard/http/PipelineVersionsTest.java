package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.dispatch.TaskServer;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pipelines were: kept, numbered, and what running tasks hold on to. */
class PipelineVersionsTest {
    private static final String[] YAML = {"Content-Type", "application/yaml", "X-Callboard-Actor", "editor-1"};

    @TempDir
    Path dir;

    private final CountDownLatch go = new CountDownLatch(1);
    private TaskServer server;
    private Http http;

    private void open() throws Exception {
        server = new TaskServer(dir)
                .stage("wait", (context, input) -> {
                    go.await();
                    return "waited";
                })
                .stage("say", (context, input) -> Map.of("said", context.settings()))
                .start();
        http = Http.at(URI.create("http://127.0.0.1:" + server.http()));
    }

    @BeforeEach
    void start() throws Exception {
        open();
    }

    @AfterEach
    void close() throws Exception {
        go.countDown();
        server.close();
    }

    private static String text(String word) {
        return "name: p\nversion: " + word + "\nstages:\n  - {name: wait, type: wait}\n"
                + "  - {name: say, type: say, config: {word: " + word + "}}\n";
    }

    private Path file() {
        return dir.resolve("pipelines/p.yaml");
    }

    private List<JsonNode> versions() {
        Reply reply = http.get("/api/pipelines/p/versions");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        List<JsonNode> items = new java.util.ArrayList<>();
        reply.at("/items").forEach(items::add);
        return items;
    }

    private void awaitRevision(long revision) {
        await().until(() -> http.get("/api/pipelines/p").at("/revision").asLong() == revision);
    }

    @Test
    void eachChangeIsKeptByHandTooAndNumbersOutliveRestartsAndRemovals() throws Exception {
        assertThat(http.put("/api/pipelines/p", text("v1"), YAML).status()).isEqualTo(201);
        Files.writeString(file(), text("v2"));
        awaitRevision(2);
        server.close();
        Files.writeString(file(), text("v3"));
        open();
        awaitRevision(3);
        assertThat(http.delete("/api/pipelines/p", "X-Callboard-Actor", "operator")
                        .at("/revision")
                        .asLong())
                .isEqualTo(4);
        Files.writeString(file(), text("v5"));
        awaitRevision(5);
        Files.delete(file());
        await().until(() -> http.get("/api/pipelines/p").status() == 404);

        List<JsonNode> versions = versions();
        assertThat(versions).extracting(each -> each.at("/revision").asLong()).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(versions)
                .extracting(each -> each.at("/source").asText())
                .containsExactly("file", "file", "api", "file", "file", "api");
        assertThat(versions)
                .extracting(each -> each.at("/deleted").asBoolean())
                .containsExactly(true, false, true, false, false, false);
        assertThat(versions.get(5).at("/changed_by").asText()).isEqualTo("editor-1");
        assertThat(versions.get(4).at("/changed_by").isNull()).isTrue();
        assertThat(versions.get(5).at("/version").asText()).isEqualTo("v1");
        assertThat(versions.get(5).at("/hash").asText()).hasSize(64);
        assertThat(versions.get(5).at("/changed_at").asText()).endsWith("Z");

        assertThat(http.get("/api/pipelines/p?revision=1", "Accept", "application/yaml")
                        .text())
                .isEqualTo(text("v1"));
        assertThat(http.get("/api/pipelines/p?revision=2")
                        .at("/stages/1/config/word")
                        .asText())
                .isEqualTo("v2");
        assertThat(http.get("/api/pipelines/p?revision=4").code()).isEqualTo("unknown_revision");
        assertThat(http.get("/api/pipelines/p?revision=99").code()).isEqualTo("unknown_revision");
        assertThat(http.get("/api/pipelines/q/versions").code()).isEqualTo("unknown_pipeline");
        Reply page = http.get("/api/pipelines/p/versions?limit=4");
        assertThat(page.at("/next").asText()).isEqualTo("3");
        assertThat(http.get("/api/pipelines/p/versions?limit=4&cursor=3")
                        .at("/items")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void aRunningTaskKeepsWhatItStartedWith() {
        http.put("/api/pipelines/p", text("old"), YAML);
        Reply task = http.post("/api/tasks", Map.of("title", "t", "pipeline", "p", "auto_start", true));
        assertThat(task.status()).as(task.toString()).isEqualTo(201);
        String id = task.at("/id").asText();
        assertThat(http.put("/api/pipelines/p", text("new"), YAML)
                        .at("/revision")
                        .asLong())
                .isEqualTo(2);
        assertThat(http.delete("/api/pipelines/p").status()).isEqualTo(200);
        go.countDown();
        server.until(id, "completed");
        JsonNode done = http.get("/api/tasks/" + id).json();
        assertThat(done.at("/pipeline_version").asText()).isEqualTo("old");
        assertThat(http.get("/api/tasks/" + id + "/executions")
                        .at("/items/1/output/said/word")
                        .asText())
                .isEqualTo("old");
    }

    @Test
    void theMostSpecificPipelineIsChosen() throws Exception {
        for (String source : List.of("a-all:\"*\"", "b-files:files", "c-text:text", "d-md:.md", "e-urls:urls")) {
            String name = source.substring(0, source.indexOf(':'));
            String word = source.substring(source.indexOf(':') + 1);
            Reply put = http.put(
                    "/api/pipelines/" + name,
                    "name: " + name + "\napplicable_sources: [" + word + "]\nstages: [{name: s, type: say}]",
                    YAML);
            assertThat(put.status()).as(put.toString()).isEqualTo(201);
        }
        assertThat(chosen(Map.of("text", "x", "name", "x.md"))).isEqualTo("d-md");
        assertThat(chosen(Map.of("text", "x"))).isEqualTo("c-text");
        assertThat(chosen(Map.of("text", "x", "media_type", "application/pdf"))).isEqualTo("b-files");
        assertThat(chosen(Map.of("url", "https://example.org/a.bin"))).isEqualTo("e-urls");
        assertThat(chosen(Map.of("url", "https://example.org/a.md"))).isEqualTo("d-md");
        assertThat(chosen(Map.of("text", "x", "name", "x.md"), Map.of("text", "x")))
                .isEqualTo("c-text");
        assertThat(chosen(Map.of("text", "x"), Map.of("url", "https://example.org")))
                .isEqualTo("a-all");
    }

    @SafeVarargs
    private String chosen(Map<String, Object>... input) {
        Reply task = http.post("/api/tasks", Map.of("title", "t", "input", List.of(input)));
        assertThat(task.status()).as(task.toString()).isEqualTo(201);
        return task.at("/pipeline").asText();
    }

    @Test
    void addressesAreStoredAsTheyAre() {
        http.put("/api/pipelines/p", text("x"), YAML);
        Reply task = http.post(
                "/api/tasks",
                Map.of(
                        "title",
                        "t",
                        "pipeline",
                        "p",
                        "input",
                        List.of(
                                Map.of("url", "https://example.org/papers/a.pdf?x=1"),
                                Map.of("url", "http://example.org", "name", "home"))));
        assertThat(task.status()).as(task.toString()).isEqualTo(201);
        assertThat(task.at("/input").toString())
                .isEqualTo("[{\"url\":\"https://example.org/papers/a.pdf?x=1\",\"name\":\"a.pdf\"},"
                        + "{\"url\":\"http://example.org\",\"name\":\"home\"}]");

        Reply wrong = http.post(
                "/api/tasks",
                Map.of(
                        "title",
                        "t",
                        "pipeline",
                        "p",
                        "input",
                        List.of(
                                Map.of("url", "file:///etc/passwd"),
                                Map.of("url", "https://me:secret@example.org/"),
                                Map.of("url", "https://example.org/" + "x".repeat(2_000)),
                                Map.of("url", "https://"),
                                Map.of("url", "https://example.org/a b"),
                                Map.of("url", "https://example.org", "text", "both"))));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.at("/errors").findValuesAsText("pointer"))
                .containsExactly(
                        "/input/0/url", "/input/1/url", "/input/2/url", "/input/3/url", "/input/4/url", "/input/5");
    }
}
