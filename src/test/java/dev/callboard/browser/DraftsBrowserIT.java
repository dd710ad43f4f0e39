package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is typed and not yet saved outlives a reload, and what somebody else saved meanwhile is shown as a difference. */
class DraftsBrowserIT extends BrowserFixture {
    private static final String JSON = "application/json";

    @Test
    void aPromptIsKeptAndAConflictShowsTheDifferenceAtOnce() {
        String project = project("Prompts");
        String path = "/api/projects/" + project + "/stage-templates";
        try (Tab tab = chromium.open(server.url() + "/projects/" + project)) {
            Locator planning = tab.page().locator("[data-testid=template-row][data-name=Planning]");
            String id = planning.getAttribute("data-id");
            planning.locator("[data-act=edit]").click();
            tab.find("template-prompt_template").fill("My prompt");
            tab.page().keyboard().press("Escape");
            tab.page().reload();
            planning.locator("[data-act=edit]").click();
            assertThat(tab.find("draft")).containsText("Unsaved draft");
            assertThat(tab.find("template-prompt_template")).hasValue("My prompt");

            server.send(
                    "PATCH", path + "/" + id, JSON, "{\"name\":\"Planning 2\",\"prompt_template\":\"Their prompt\"}");
            assertThat(tab.find("conflict")).containsText("Somebody else saved this stage");
            assertThat(tab.find("diff")).containsText("Their prompt");
            assertThat(tab.find("diff")).containsText("My prompt");
            assertThat(tab.find("template-name")).hasValue("Planning 2");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("keep-mine").click();
            assertThat(tab.find("template-dialog")).hasCount(0);
            assertThat(server.send("GET", path, JSON, "")).contains("My prompt", "Planning 2");
            tab.assertClean();
        }
    }

    @Test
    void aDeletedStageComesBackWithItsPromptByUndo() {
        String project = project("Undo");
        String path = "/api/projects/" + project + "/stage-templates";
        try (Tab tab = chromium.open(server.url() + "/projects/" + project)) {
            Locator planning = tab.page().locator("[data-testid=template-row][data-name=Planning]");
            String id = planning.getAttribute("data-id");
            server.send("PATCH", path + "/" + id, JSON, "{\"prompt_template\":\"Written by hand\"}");
            planning.locator("[data-act=delete]").click();
            assertThat(planning).hasCount(0);
            tab.find("undo").click();
            assertThat(planning).hasAttribute("data-id", id);
            assertThat(server.send("GET", path, JSON, "")).contains("Written by hand");
            tab.assertClean();
        }
    }

    @Test
    void aPipelinesTextIsKeptAndTheirsCanBeTaken() {
        WaitingTasks.pipeline(server, "drafted");
        try (Tab tab = chromium.open(server.url() + "/pipelines/drafted")) {
            tab.find("edit-pipeline").click();
            Locator text = tab.find("pipeline-yaml");
            text.waitFor();
            String before = text.inputValue();
            text.fill(before.replace("1.0.0", "1.1.0"));
            tab.page().reload();
            tab.find("edit-pipeline").click();
            assertThat(tab.find("draft")).isVisible();
            assertThat(text).hasValue(before.replace("1.0.0", "1.1.0"));
            server.send(
                    "PUT", "/api/pipelines/drafted", "application/yaml", before.replace("# Waits", "# Theirs: waits"));
            assertThat(tab.find("diff")).containsText("# Theirs: waits");
            assertThat(tab.find("diff")).containsText("1.1.0");
            tab.find("take-theirs").click();
            assertThat(text).hasValue(before.replace("# Waits", "# Theirs: waits"));
            assertThat(tab.find("conflict")).hasCount(0);
            tab.page().reload();
            tab.find("edit-pipeline").click();
            text.waitFor();
            assertThat(tab.find("draft")).hasCount(0);
            tab.assertClean();
        }
    }

    @Test
    void aNewTasksTextTitleAndFilesAreKeptAndFilesAreCheckedBeforeTheyAreSent() {
        try (Tab tab = chromium.open(server.url() + "/tasks/new?pipeline=auto")) {
            tab.find("add-text").click();
            tab.find("text-input").fill("A long description");
            tab.find("task-title").fill("Kept title");
            tab.find("file-input").setInputFiles(new FilePayload[] {
                new FilePayload("good.txt", "text/plain", "good".getBytes(StandardCharsets.UTF_8)),
                new FilePayload("empty.txt", "text/plain", new byte[0])
            });
            Locator empty = upload(tab, "empty.txt");
            assertThat(empty).containsText("This file is empty and is skipped.");
            assertThat(upload(tab, "good.txt")).hasAttribute("data-status", "done");
            tab.page().locator("nav a[href='/projects']").click();
            tab.page().locator("h1").getByText("Projects").waitFor();
            tab.page().goBack();
            assertThat(tab.find("text-input")).hasValue("A long description");
            tab.page().reload();
            assertThat(tab.find("draft")).isVisible();
            assertThat(tab.find("task-title")).hasValue("Kept title");
            assertThat(upload(tab, "good.txt")).hasAttribute("data-status", "done");
            assertThat(upload(tab, "empty.txt")).hasCount(0);
            tab.find("start-task").click();
            tab.page().waitForURL(java.util.regex.Pattern.compile(".*/tasks/[a-z0-9]{18}"));
            String id = tab.page().url().replaceFirst(".*/", "");
            assertThat(new JsonObject(server.send("GET", "/api/tasks/" + id, JSON, "")).getJsonArray("input"))
                    .hasSize(2);
            tab.page().navigate(server.url() + "/tasks/new");
            tab.find("add-text").waitFor();
            assertThat(tab.find("draft")).hasCount(0);
            tab.assertClean();
        }
    }

    @Test
    void aFileIsPointedToThePipelineThatNamesIt() {
        String drawings =
                """
                {"name": "drawings", "applicable_sources": [".dxf"], "stages": [
                  {"name": "look", "type": "gate", "config": {"conditions": [{"field": "looked", "exists": true}]}}]}
                """;
        server.send("PUT", "/api/pipelines/drawings", JSON, drawings);
        try (Tab tab = chromium.open(server.url() + "/tasks/new?pipeline=auto")) {
            tab.find("file-input")
                    .setInputFiles(new FilePayload(
                            "harbour.dxf", "image/vnd.dxf", "0\nEOF".getBytes(StandardCharsets.US_ASCII)));
            assertThat(tab.find("better-pipeline")).containsText("drawings is made for files like this one.");
            tab.find("better-pipeline").getByText("Use drawings").click();
            assertThat(tab.find("pipeline-select")).hasValue("drawings");
            assertThat(tab.find("better-pipeline")).hasCount(0);
            tab.assertClean();
        }
    }

    @Test
    void aPdfIsForThePipelineThatReadsIt() {
        try (Tab tab = chromium.open(server.url() + "/tasks/new?pipeline=auto")) {
            tab.find("file-input")
                    .setInputFiles(new FilePayload(
                            "paper.pdf", "application/pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII)));
            assertThat(upload(tab, "paper.pdf")).hasAttribute("data-status", "done");
            assertThat(tab.find("better-pipeline")).hasCount(0);
            tab.assertClean();
        }
    }

    private static Locator upload(Tab tab, String name) {
        return tab.find("upload").filter(new Locator.FilterOptions().setHasText(name));
    }

    private static String project(String name) {
        String answer = server.send("POST", "/api/projects", JSON, "{\"name\":\"" + name + "\"}");
        return new JsonObject(answer).getString("id");
    }
}
