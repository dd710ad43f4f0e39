package dev.callboard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.json.Json;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who changed or decided what over the API, when and from where; and the log only grows. */
class AuditTest extends AuditFixture {
    @Test
    void editsOfThePaletteSayWhoAndFromWhere() throws IOException {
        assertThat(http.post("/api/vp/stages", Stages.manual("mine"), EDITOR).status())
                .isEqualTo(200);
        assertThat(http.put("/api/vp/stages/mine", Stages.manual("mine", "Another"), EDITOR)
                        .status())
                .isEqualTo(200);
        // Nothing changes, so nothing is told; a refused edit changes nothing either.
        assertThat(http.put("/api/vp/stages/mine", Stages.manual("mine", "Another"), EDITOR)
                        .status())
                .isEqualTo(200);
        assertThat(http.post("/api/vp/stages", Stages.manual("mine"), EDITOR).status())
                .isEqualTo(409);
        assertThat(http.delete("/api/vp/stages/mine").status()).isEqualTo(200);
        assertThat(told("subject=mine"))
                .containsExactly(
                        "stage.added mine, " + API,
                        "stage.updated mine, " + API,
                        "stage.removed mine, local from api 127.0.0.1");
        assertThat(rows("subject=mine").get(0).path("at").asText()).endsWith("Z");

        Files.writeString(server.stagesFile(), Json.write(Stages.file("by-hand")));
        await().untilAsserted(() ->
                assertThat(told("subject=by-hand")).containsExactly("stage.added by-hand, " + STAGES_FILE));
    }

    @Test
    void projectsTheirTemplatesAndOverridesAreAudited() {
        String project = http.post("/api/projects", Map.of("name", "Export"), EDITOR)
                .at("/id")
                .asText();
        String path = "/api/projects/" + project + "/stage-templates";
        String template = http.post(
                        path,
                        Map.of(
                                "name", "Check",
                                "type", "planning",
                                "metadata_overrides", Map.of("state_key", "checked")),
                        EDITOR)
                .at("/id")
                .asText();
        assertThat(http.send("PATCH", path + "/" + template, Map.of("name", "Check it"), EDITOR)
                        .status())
                .isEqualTo(200);
        assertThat(http.delete(path + "/" + template, EDITOR).status()).isEqualTo(200);
        assertThat(http.send("PATCH", "/api/projects/" + project, Map.of("name", "Exports"), EDITOR)
                        .status())
                .isEqualTo(200);
        assertThat(http.delete("/api/projects/" + project, EDITOR).status()).isEqualTo(200);
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
    void decisionsAboutTasksAreAuditedAndWhatTheEngineDoesIsNot() {
        String task = http.post("/api/tasks", Map.of("title", "Fix it", "pipeline", "dev-task"), EDITOR)
                .at("/id")
                .asText();
        assertThat(http.post("/api/tasks/" + task + "/run", Map.of(), "X-Callboard-Actor", "operator")
                        .status())
                .isEqualTo(200);
        await().until(() ->
                http.get("/api/tasks/" + task).at("/status").asText().equals("awaiting_approval"));
        Map<String, Object> research = Map.of("research", "It is so.", "questions", List.of());
        Reply approved =
                http.post("/api/tasks/" + task + "/approve", Map.of("decision", Map.of("output", research)), EDITOR);
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        assertThat(http.post("/api/tasks/" + task + "/cancel", Map.of(), EDITOR).status())
                .isEqualTo(200);
        // Refused: nothing was decided.
        assertThat(http.post("/api/tasks/" + task + "/cancel", Map.of(), EDITOR).status())
                .isEqualTo(409);
        assertThat(http.delete("/api/tasks/" + task, EDITOR).status()).isEqualTo(200);
        assertThat(told("subject=" + task))
                .containsExactly(
                        "task.created " + task + ", " + API,
                        "task.started " + task + ", operator from api 127.0.0.1",
                        "task.approved " + task + ", " + API,
                        "task.cancelled " + task + ", " + API,
                        "task.archived " + task + ", " + API);
        assertThat(told("actor=operator")).containsExactly("task.started " + task + ", operator from api 127.0.0.1");
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

    /** The only statements that name the table are an INSERT and a SELECT; other migrations may only give it columns. */
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
                            .doesNotContainPattern("\\bdrop\\s+table\\s+audit_log")
                            .doesNotContainPattern("\\balter\\s+table\\s+audit_log\\s+(?!add\\s+column\\s)")
                            .doesNotContainPattern("\\bmerge\\s+into\\s+audit_log");
                }
            }
        }
        assertThat(naming)
                .containsExactlyInAnyOrder("AuditRepository.java", "V6__audit_log.sql", "V9__audit_titles.sql");
    }
}
