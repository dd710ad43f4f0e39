package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What is typed into the dialogs of tasks, projects, ledgers and outputs is kept, and no other save is written over unseen. */
class FormDraftsBrowserIT extends BrowserFixture {
    private static final String JSON = "application/json";

    @Test
    void aTasksTitleIsKeptAndTheirsIsShownBesideItOnlyWhereBothChangedIt() {
        String id = task("Drafted task", "auto", false);
        try (Tab tab = chromium.open(server.url() + "/tasks/" + id)) {
            tab.find("edit-task").click();
            tab.find("manage-name").fill("My title");
            server.send("PATCH", "/api/tasks/" + id, JSON, "{\"description\":\"Their description\"}");
            assertThat(tab.find("manage-description")).hasValue("Their description");
            assertThat(tab.find("conflict")).hasCount(0);
            tab.page().reload();
            tab.find("edit-task").click();
            assertThat(tab.find("draft")).containsText("Unsaved draft");
            assertThat(tab.find("manage-name")).hasValue("My title");
            server.send("PATCH", "/api/tasks/" + id, JSON, "{\"title\":\"Their title\"}");
            assertThat(tab.find("diff")).containsText("Their title");
            assertThat(tab.find("manage-save")).isDisabled();
            tab.find("keep-mine").click();
            assertThat(tab.find("task-name")).hasText("My title");
            assertThat(tab.page().locator(".task-line")).containsText("Their description");
            tab.assertClean();
        }
    }

    @Test
    void aValueOfTheLedgerIsKeptIsNotWrittenOverUnseenAndComesBackByUndo() {
        String id = task("Task with a ledger", "auto", false);
        try (Tab tab = chromium.open(server.url() + "/tasks/" + id)) {
            tab.find("ledger-add").click();
            tab.find("ledger-key").fill("ready");
            tab.find("ledger-value").fill("true");
            tab.page().reload();
            tab.find("ledger-add").click();
            assertThat(tab.find("ledger-value")).hasValue("true");
            server.send("PATCH", "/api/tasks/" + id + "/ledger", JSON, "{\"ready\":\"not yet\"}");
            assertThat(tab.find("diff")).containsText("not yet");
            tab.find("keep-mine").click();
            assertThat(tab.find("ledger-dialog")).hasCount(0);
            tab.find("undo").click();
            assertThat(tab.find("facts-ledger")).containsText("not yet");
            tab.find("ledger-add").click();
            assertThat(tab.find("draft")).hasCount(0);
            tab.assertClean();
        }
    }

    @Test
    void aProjectThatIsBeingCreatedIsKept() {
        try (Tab tab = chromium.open(server.url() + "/projects")) {
            tab.find("new-project").click();
            tab.find("project-name").fill("Half a project");
            tab.page().keyboard().press("Escape");
            tab.page().reload();
            tab.find("new-project").click();
            assertThat(tab.find("draft")).isVisible();
            assertThat(tab.find("project-name")).hasValue("Half a project");
            tab.find("discard-draft").click();
            assertThat(tab.find("project-name")).hasValue("");
            tab.find("project-name").fill("A whole project");
            tab.find("save-project").click();
            tab.page().waitForURL("**/projects/*");
            tab.page().navigate(server.url() + "/projects");
            tab.find("new-project").click();
            assertThat(tab.find("project-name")).hasValue("");
            tab.assertClean();
        }
    }

    @Test
    void anOutputThatIsBeingEditedIsKept() {
        server.send(
                "PUT",
                "/api/pipelines/looked-at",
                "application/yaml",
                """
                name: looked-at
                version: 1.0.0
                stages:
                  - {name: take, type: ingest, depends_on: [], approval: approval}
                  - {name: read, type: parse, depends_on: [take]}
                """);
        String id = task("Looked at", "looked-at", true);
        try (Tab tab = chromium.open(server.url() + "/tasks/" + id)) {
            tab.find("edit-output").click();
            Locator text = tab.find("output-editor").getByTestId("manual-output");
            text.fill("[{\"half\":");
            tab.page().reload();
            tab.find("edit-output").click();
            assertThat(tab.find("output-editor").getByTestId("draft")).containsText("Unsaved draft");
            assertThat(text).hasValue("[{\"half\":");
            text.fill("[{\"whole\": true}]");
            tab.find("save-edit").click();
            assertThat(tab.find("output-editor")).hasCount(0);
            assertThat(tab.find("output")).containsText("whole");
            tab.find("edited").getByText("Edit again").click();
            assertThat(tab.find("output-editor").getByTestId("draft")).hasCount(0);
            tab.page().keyboard().press("Escape");
            tab.find("discard-edit").click();
            assertThat(tab.find("edited")).hasCount(0);
            tab.find("undo").click();
            assertThat(tab.find("output")).containsText("whole");
            tab.assertClean();
        }
    }

    private static String task(String title, String pipeline, boolean start) {
        JsonObject body = new JsonObject()
                .put("title", title)
                .put("pipeline", pipeline)
                .put("input", new JsonArray().add(new JsonObject().put("text", "Some text.")))
                .put("auto_start", start);
        return new JsonObject(server.send("POST", "/api/tasks", JSON, body.encode())).getString("id");
    }
}
