package dev.callboard.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline needs a plugin in a version; a task of it may be made long before it is started. */
class NeededPluginsTest {

    private TestServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        plugin(folder.resolve("plugins"), "2.3.0");
        pipeline(folder, "needs", "plugins: {stages: [{plugin: Turner, version: 2.1}]}\n");
        pipeline(folder, "free", "");
        server = TestServer.start(folder, Map.of("plugins.settle_ms", "0"));
        untilLoaded("2.3.0");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void pipeline(Path folder, String name, String plugins) throws IOException {
        Path file = folder.resolve("config/pipelines").resolve(name + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "name: " + name + "\n" + plugins + "stages: [{name: one, type: turn}]\n");
    }

    private static void plugin(Path folder, String version) throws IOException {
        PluginJars.of("Turner", "turn")
                .manifest("Implementation-Version", version)
                .body("static Object run(Object input) throws StageFailure {"
                        + " if (System.getProperty(\"callboard.test.turn\") != null) { return 1; }"
                        + " throw StageFailure.permanent(\"off\", \"It is off.\"); }")
                .registering("new StageRegistration(StageMetadata.builder(\"turn\").build(),"
                        + " () -> (context, input) -> run(input))")
                .write(folder, "turner.jar");
    }

    private void untilLoaded(String version) {
        await().until(() -> {
            String plugin = server.http().get("/api/plugins").at("/items/0").toString();
            return plugin.contains("\"loaded\"") && plugin.contains(version);
        });
        // What tasks are checked by is told of it a moment later.
        await().until(() ->
                server.http().get("/api/pipelines/needs").at("/available").asBoolean()
                        == (version.compareTo("2.1") > 0));
    }

    private String task(String pipeline) {
        Reply made = server.http().post("/api/tasks", Map.of("title", "T", "pipeline", pipeline));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.at("/id").asText();
    }

    private Reply ask(String id, String verb) {
        return server.http().post("/api/tasks/" + id + "/" + verb, Map.of());
    }

    private void until(String id, String status) {
        await().until(() ->
                server.http().get("/api/tasks/" + id).at("/status").asText().equals(status));
    }

    private static void refused(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("pipeline_unavailable");
        assertThat(reply.at("/detail").asText())
                .isEqualTo("The task cannot start: its pipeline needs the plugin 'Turner' in version 2.1 or newer;"
                        + " loaded is version 1.9.0.");
    }

    @Test
    void aTaskOfEarlierIsNotStartedOrRetriedWithoutThePluginThatItNeeds() throws IOException {
        String failed = task("needs");
        assertThat(ask(failed, "run").status()).isEqualTo(200);
        until(failed, "failed");
        String pending = task("needs");
        String free = task("free");

        plugin(server.plugins(), "1.9.0");
        untilLoaded("1.9.0");
        refused(ask(pending, "run"));
        refused(ask(failed, "retry"));
        assertThat(server.http().get("/api/tasks/" + pending).at("/status").asText())
                .isEqualTo("pending");
        assertThat(ask(free, "run").status()).isEqualTo(200);

        server.restart();
        untilLoaded("1.9.0");
        refused(ask(pending, "run"));

        plugin(server.plugins(), "2.1.0");
        untilLoaded("2.1.0");
        System.setProperty("callboard.test.turn", "on");
        try {
            assertThat(ask(pending, "run").status()).isEqualTo(200);
            assertThat(ask(failed, "retry").status()).isEqualTo(200);
            until(pending, "completed");
            until(failed, "completed");
        } finally {
            System.clearProperty("callboard.test.turn");
        }
    }

    @Test
    void aTaskThatWasToStartStartsWhenItsPluginComes() throws IOException {
        assertThat(server.http().post("/api/vp/stages", LateStartTest.stage()).status())
                .isEqualTo(200);
        Reply put = server.http()
                .put(
                        "/api/pipelines/late",
                        Map.of(
                                "plugins",
                                Map.of("stages", List.of(Map.of("plugin", "Turner", "version", "2.1"))),
                                "stages",
                                List.of(Map.of(
                                        "name", "Call", "type", "far", "config", Map.of("token", "secret:late")))));
        assertThat(put.status()).as(put.toString()).isEqualTo(201);
        String task = server.http()
                .post("/api/tasks", Map.of("title", "T", "pipeline", "late", "auto_start", true))
                .at("/id")
                .asText();
        untilWaitingFor(task, "secret");

        plugin(server.plugins(), "1.9.0");
        untilWaitingFor(task, "plugin");
        assertThat(server.http()
                        .put("/api/secrets/late", Map.of("value", "x-y-z"))
                        .status())
                .isEqualTo(201);
        plugin(server.plugins(), "2.1.0");
        untilWaitingFor(task, "worker");
    }

    private void untilWaitingFor(String task, String kind) {
        await().until(() -> server.http()
                .get("/api/tasks/" + task)
                .at("/waiting_for/kind")
                .asText()
                .equals(kind));
    }
}
