package dev.callboard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.json.Json;
import dev.callboard.testing.Http;
import dev.callboard.testing.PluginJars;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who changed or decided what, when and from where. */
class AuditTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String[] ADA = {"X-Callboard-Actor", "ada"};
    private static final String API = "ada from api 127.0.0.1";
    private static final String STAGES_FILE = "file: config/custom_pipeline_stages.json from file";
    private static final String MINE = "file: pipelines/mine.yaml from file";

    @TempDir
    Path folder;

    private TestServer server;
    private Http http;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        http = server.http();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<JsonNode> rows(String query) {
        Reply reply = http.get("/api/audit?" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        List<JsonNode> rows = new ArrayList<>();
        reply.at("/items").forEach(rows::add);
        return rows;
    }

    /** "kind subject, actor from origin" of the rows, oldest first. */
    private List<String> told(String query) {
        List<String> told = new ArrayList<>();
        rows(query)
                .forEach(row -> told.add(
                        0,
                        row.path("kind").asText() + " " + row.path("subject").asText() + ", "
                                + row.path("actor").asText() + " from "
                                + row.path("origin").asText()));
        return told;
    }

    @Test
    void editsOfThePaletteSayWhoAndFromWhere() throws IOException {
        assertThat(http.post("/api/vp/stages", Stages.manual("mine"), ADA).status())
                .isEqualTo(200);
        assertThat(http.put("/api/vp/stages/mine", Stages.manual("mine", "Another"), ADA)
                        .status())
                .isEqualTo(200);
        // Nothing changes, so nothing is told; a refused edit changes nothing either.
        assertThat(http.put("/api/vp/stages/mine", Stages.manual("mine", "Another"), ADA)
                        .status())
                .isEqualTo(200);
        assertThat(http.post("/api/vp/stages", Stages.manual("mine"), ADA).status())
                .isEqualTo(409);
        assertThat(http.delete("/api/vp/stages/mine").status()).isEqualTo(200);
        assertThat(told("subject=mine"))
                .containsExactly(
                        "stage.added mine, " + API,
                        "stage.updated mine, " + API,
                        "stage.removed mine, local from api 127.0.0.1");
        assertThat(rows("subject=mine").get(0).path("at").asText()).endsWith("Z");

        Files.writeString(server.stagesFile(), Json.write(Stages.file("by-hand")));
        await().atMost(SOON).untilAsserted(() -> assertThat(told("subject=by-hand"))
                .containsExactly("stage.added by-hand, " + STAGES_FILE));
    }

    @Test
    void jarsThatComeAndGoAreTold() throws IOException {
        PluginJars.of("Good", "good").write(server.plugins(), "good.jar");
        PluginJars.of("Old", "old").api("0").write(server.plugins(), "old.jar");
        await().atMost(SOON).untilAsserted(() -> assertThat(told("kind=plugin."))
                .containsExactlyInAnyOrder(
                        "plugin.loaded good.jar, folder: plugins/good.jar from plugins folder",
                        "plugin.refused old.jar, folder: plugins/old.jar from plugins folder"));
        assertThat(told("subject=good"))
                .containsExactly("stage.added good, folder: plugins/good.jar from plugins folder");
        assertThat(rows("subject=old.jar").get(0).path("detail").asText()).contains("stage API", "sha256 ");

        Files.delete(server.plugins().resolve("good.jar"));
        await().atMost(SOON).untilAsserted(() -> assertThat(told("subject=good.jar"))
                .last()
                .isEqualTo("plugin.removed good.jar, folder: plugins/good.jar from plugins folder"));
        assertThat(told("subject=good"))
                .last()
                .isEqualTo("stage.removed good, folder: plugins/good.jar from plugins folder");
    }

    @Test
    void whatChangedWhileTheServerWasStoppedIsTold() throws IOException {
        server.add("kept");
        server.add("lost");
        server.stop();
        Files.writeString(server.stagesFile(), Json.write(Stages.file("found", "kept")));
        server.start();
        http = server.http();
        assertThat(told("subject=found")).containsExactly("stage.added found, " + STAGES_FILE);
        assertThat(told("subject=lost")).last().isEqualTo("stage.removed lost, engine from engine");
    }

    @Test
    void aRestoredStagesFileIsTold() throws IOException {
        server.add("mine");
        Files.writeString(server.stagesFile(), "{");
        await().atMost(SOON)
                .until(() ->
                        http.get("/api/vp").at("/stages_file/status").asText().equals("unreadable"));
        assertThat(http.post("/api/vp/restore", null, ADA).status()).isEqualTo(200);
        String file = rows("kind=stages_file.restored").get(0).path("subject").asText();
        assertThat(told("kind=stages_file."))
                .contains(
                        "stages_file.unreadable " + file + ", " + STAGES_FILE,
                        "stages_file.restored " + file + ", " + API);
    }

    @Test
    void projectsTheirTemplatesAndOverridesAreTold() {
        String project = http.post("/api/projects", Map.of("name", "Export"), ADA)
                .at("/id")
                .asText();
        String path = "/api/projects/" + project + "/stage-templates";
        String template = http.post(
                        path,
                        Map.of(
                                "name", "Check",
                                "type", "planning",
                                "metadata_overrides", Map.of("state_key", "checked")),
                        ADA)
                .at("/id")
                .asText();
        assertThat(http.send("PATCH", path + "/" + template, Map.of("name", "Check it"), ADA)
                        .status())
                .isEqualTo(200);
        assertThat(http.delete(path + "/" + template, ADA).status()).isEqualTo(200);
        assertThat(http.send("PATCH", "/api/projects/" + project, Map.of("name", "Exports"), ADA)
                        .status())
                .isEqualTo(200);
        assertThat(http.delete("/api/projects/" + project, ADA).status()).isEqualTo(200);
        assertThat(told("subject=" + project))
                .containsExactly(
                        "project.created " + project + ", " + API,
                        "project.changed " + project + ", " + API,
                        "project.archived " + project + ", " + API);
        assertThat(told("subject=" + template))
                .containsExactly(
                        "template.added " + template + ", " + API,
                        "override.set " + template + ", " + API,
                        "template.changed " + template + ", " + API,
                        "template.removed " + template + ", " + API);
        assertThat(rows("kind=override.set&subject=" + template)
                        .get(0)
                        .path("detail")
                        .asText())
                .contains("\"state_key\":\"checked\"");
    }

    @Test
    void pipelinesAndTheirOverridesAreToldAfterARestartToo() throws IOException {
        Path file = server.stagesFile().resolveSibling("pipelines").resolve("mine.yaml");
        await().atMost(SOON).until(() -> !rows("kind=pipeline.").isEmpty());
        Files.writeString(file, "name: mine\nstages:\n  - {name: a, type: planning}\n");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told("subject=mine")).containsExactly("pipeline.added mine, " + MINE));
        server.stop();
        Files.writeString(
                file, "name: mine\nstages:\n  - {name: a, type: planning, metadata_overrides: {description: Other}}\n");
        server.start();
        http = server.http();
        await().atMost(SOON).untilAsserted(() -> assertThat(told("subject=mine"))
                .containsExactly("pipeline.added mine, " + MINE, "pipeline.changed mine, " + MINE));
        assertThat(told("kind=override.set&subject=mine/a")).containsExactly("override.set mine/a, " + MINE);
        Files.delete(file);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(told("subject=mine")).last().isEqualTo("pipeline.removed mine, " + MINE));
    }

    @Test
    void decisionsAboutTasksAreToldAndWhatTheEngineDoesIsNot() {
        String task = http.post("/api/tasks", Map.of("title", "Fix it", "pipeline", "dev-task"), ADA)
                .at("/id")
                .asText();
        assertThat(http.post("/api/tasks/" + task + "/run", Map.of(), "X-Callboard-Actor", "bob")
                        .status())
                .isEqualTo(200);
        await().atMost(SOON)
                .until(() ->
                        http.get("/api/tasks/" + task).at("/status").asText().equals("awaiting_approval"));
        Map<String, Object> research = Map.of("research", "It is so.", "questions", List.of());
        Reply approved =
                http.post("/api/tasks/" + task + "/approve", Map.of("decision", Map.of("output", research)), ADA);
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        assertThat(http.post("/api/tasks/" + task + "/cancel", Map.of(), ADA).status())
                .isEqualTo(200);
        // Refused: nothing was decided.
        assertThat(http.post("/api/tasks/" + task + "/cancel", Map.of(), ADA).status())
                .isEqualTo(409);
        assertThat(http.delete("/api/tasks/" + task, ADA).status()).isEqualTo(200);
        assertThat(told("subject=" + task))
                .containsExactly(
                        "task.created " + task + ", " + API,
                        "task.started " + task + ", bob from api 127.0.0.1",
                        "task.approved " + task + ", " + API,
                        "task.cancelled " + task + ", " + API,
                        "task.archived " + task + ", " + API);
        assertThat(told("actor=bob")).containsExactly("task.started " + task + ", bob from api 127.0.0.1");
    }

    @Test
    void itIsReadInPagesNewestFirst() {
        for (int i = 0; i < 7; i++) {
            server.add("stage-" + i);
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            Reply reply = http.get("/api/audit?kind=stage.added&limit=3" + cursor);
            reply.at("/items").forEach(row -> seen.add(row.path("subject").asText()));
            cursor = "&cursor=" + reply.at("/next").asText();
            assertThat(reply.at("/next").isNull()).isEqualTo(page == 2);
        }
        assertThat(seen).containsExactly("stage-6", "stage-5", "stage-4", "stage-3", "stage-2", "stage-1", "stage-0");
        assertThat(http.get("/api/audit?limit=0").status()).isEqualTo(400);
        assertThat(http.get("/api/audit?kind=No%20Kind").status()).isEqualTo(400);
    }

    /** The only statements that name the table are an INSERT and a SELECT, and no other migration touches it. */
    @Test
    void nothingChangesOrRemovesRows() throws IOException {
        List<String> naming = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(".java") && !name.endsWith(".sql")) {
                    continue;
                }
                String text = Files.readString(file);
                if (text.contains("audit_log")) {
                    naming.add(name);
                    assertThat(text.toLowerCase(Locale.ROOT))
                            .as(name)
                            .doesNotContainPattern("\\bupdate\\s+audit_log")
                            .doesNotContainPattern("\\bdelete\\s+from\\s+audit_log")
                            .doesNotContainPattern("\\btruncate\\s+table\\s+audit_log")
                            .doesNotContainPattern("\\b(alter|drop)\\s+table\\s+audit_log")
                            .doesNotContainPattern("\\bmerge\\s+into\\s+audit_log");
                }
            }
        }
        assertThat(naming).containsExactlyInAnyOrder("AuditRepository.java", "V6__audit_log.sql");
    }
}
