package dev.callboard.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.PluginTasks;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stage asks a plugin that it does not know; each of them in the server or in a process of its own. */
@Timeout(180)
class AskedPluginsTest {
    private static final String NO_STAGES = "{\"queries\": [\"answer\"], \"stages\": []}";
    private static final String ASKING =
            """
            new StageRegistration(StageMetadata.builder("asks").build(), () -> (context, input) -> {
                java.util.Map<String, Object> question = java.util.Map.of("word", "tide", "wish", WISH);
                java.util.Optional<java.util.Map<String, Object>> answer = context.ask("answer", question);
                return java.util.Map.of("answered", answer.isPresent(), "answer", answer.orElse(java.util.Map.of()));
            })
            """;
    private static final String ANSWERING =
            """
            public java.util.Map<String, java.util.function.Supplier<? extends Stage>> queries() {
                return java.util.Map.of("answer", () -> (context, input) -> {
                    java.util.Map<?, ?> question = (java.util.Map<?, ?>) input;
                    switch (String.valueOf(question.get("wish"))) {
                        case "refuse": throw StageFailure.permanent("not_my_word", "No such word: " + question.get("word") + ".");
                        case "break": throw new IllegalStateException("broken");
                        case "text": return "a text";
                        default: break;
                    }
                    context.log("answering " + question.get("word"));
                    String blob = context.blobs().put(new java.io.ByteArrayInputStream("text".getBytes()));
                    return java.util.Map.of("blob", blob, "task", !context.taskId().isEmpty(), "folder",
                            context.folder().isPresent(), "others", context.ask("answer", java.util.Map.of()).isPresent());
                });
            }
            """;

    @TempDir
    Path folder;

    private TestServer server;

    @AfterEach
    void stop() {
        server.stop();
    }

    private void asking(String isolation, String wish) throws IOException {
        PluginJars.of("Asking", "asks")
                .api("1.3")
                .isolation(isolation)
                .registering(ASKING.replace("WISH", '"' + wish + '"'))
                .write(folder.resolve("plugins"), "asking.jar");
        PluginTasks.pipeline(folder, "asked", "asks");
    }

    private void answering(String isolation) throws IOException {
        PluginJars.of("Answering")
                .api("1.2")
                .isolation(isolation)
                .body(ANSWERING)
                .stagesJson(NO_STAGES)
                .registering("")
                .write(folder.resolve("plugins"), "answering.jar");
    }

    private PluginTasks started() {
        server = TestServer.start(folder, Map.of("limits.plugin_load_ms", "60000"));
        return new PluginTasks(server);
    }

    private JsonNode execution(String task) {
        return server.http().get("/api/tasks/" + task + "/executions").at("/items/0");
    }

    @ParameterizedTest
    @CsvSource({"none,none", "none,fork", "fork,none", "fork,fork"})
    void anotherPluginAnswers(String asks, String answers) throws IOException {
        asking(asks, "answer");
        answering(answers);
        PluginTasks tasks = started();
        String task = tasks.start("asked");
        tasks.until(task, "completed");
        JsonNode output = tasks.output(task);
        assertThat(output.path("answered").asBoolean()).as(output.toString()).isTrue();
        String blob = output.at("/answer/blob").asText();
        assertThat(server.http().get("/api/blobs/" + blob).text()).isEqualTo("text");
        assertThat(output.at("/answer/task").asBoolean()).isTrue();
        assertThat(output.at("/answer/folder").asBoolean()).isTrue();
        assertThat(output.at("/answer/others").asBoolean())
                .as("asks nobody else")
                .isFalse();
        String id = execution(task).path("id").asText();
        assertThat(server.http().get("/api/executions/" + id + "/log").text()).contains("answering tide");
    }

    @ParameterizedTest
    @CsvSource({
        "none,none,refuse,not_my_word,No such word: tide.",
        "fork,fork,refuse,not_my_word,No such word: tide.",
        "none,none,break,plugin_failed,The plugin 'Answering' failed: IllegalStateException.",
        "fork,none,text,plugin_failed,The plugin 'Answering' gave no answer."
    })
    void aFailureIsTheStages(String asks, String answers, String wish, String code, String sentence)
            throws IOException {
        asking(asks, wish);
        answering(answers);
        PluginTasks tasks = started();
        String task = tasks.start("asked");
        tasks.until(task, "failed");
        assertThat(execution(task).path("error_code").asText()).isEqualTo(code);
        assertThat(execution(task).path("error").asText()).isEqualTo(sentence);
    }

    @Test
    void withoutSuchAPluginThereIsNoAnswer() throws IOException {
        asking("fork", "answer");
        PluginTasks tasks = started();
        String task = tasks.start("asked");
        tasks.until(task, "completed");
        assertThat(tasks.output(task).path("answered").asBoolean(true)).isFalse();
    }
}
