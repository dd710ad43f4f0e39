package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of a task: its address, what it shows before it is there, its labels, and what can be done after a failure. */
class TaskPageBrowserIT extends BrowserFixture {
    private static final String JSON = "application/json";
    private static final double SOON_MS = 30_000;

    @Test
    void beforeTheTaskIsThereThePageHasAHeadingAndNoFaults() {
        String id = pending("Slow to come");
        try (Tab tab = chromium.open(server.url() + "/projects")) {
            tab.page()
                    .addInitScript("window.WebSocket = class extends EventTarget"
                            + " { readyState = 0; send() {} close() {} }");
            tab.page().route("**/api/tasks/" + id + "**", route -> {});
            tab.page().navigate(server.url() + "/tasks/" + id);
            Locator loading = tab.find("task-loading");
            assertThat(loading.locator("h1")).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(SOON_MS));
            assertThat(tab.accessibilityFaults()).isEmpty();
        }
    }

    @Test
    void stepsAreInTheHistoryAndAnUnknownOneIsSaid() {
        String id = failed("Steps");
        try (Tab tab = open(id)) {
            tab.page().locator("[data-testid=step][data-stage=chunk]").click();
            assertThat(tab.page().locator("#step-title")).hasText("chunk");
            tab.page().goBack();
            assertThat(tab.page().locator("#step-title")).hasText("ingest");
            assertThat(tab.page()).hasURL(Pattern.compile(".*/tasks/" + id + "$"));
            tab.page().navigate(server.url() + "/tasks/" + id + "?step=nonsense");
            assertThat(tab.find("unknown-step")).containsText("ingest");
            tab.assertClean();
        }
    }

    @Test
    void afterAFailureOneThingIsNearAndEachIsExplained() {
        String id = failed("A title of many words ".repeat(12).strip());
        try (Tab tab = open(id)) {
            assertThat(tab.find("retry")).hasAccessibleDescription(Pattern.compile("Runs the failed stage again.*"));
            assertThat(tab.find("redo")).isHidden();
            tab.find("more-actions").locator("summary").click();
            assertThat(tab.find("redo")).hasAccessibleDescription(Pattern.compile("Runs a stage of your choice.*"));
            assertThat(tab.find("change-stages")).hasAccessibleDescription(Pattern.compile("Choose which .*"));
            assertThat(tab.accessibilityFaults()).isEmpty();
            Object lines = tab.find("task-name")
                    .evaluate("h => Math.round(h.clientHeight / parseFloat(getComputedStyle(h).lineHeight))");
            assertThat(((Number) lines).intValue()).isLessThanOrEqualTo(3);
            tab.assertClean();
        }
    }

    @Test
    void theBoardsFilterStaysInTheAddressBesideATaskOverReloadAndBack() {
        String id = failed("Filtered needle");
        try (Tab tab = chromium.open(server.url() + "/tasks?q=needle&status=failed")) {
            tab.find("task-row").click();
            assertThat(tab.page()).hasURL(Pattern.compile(".*/tasks/" + id + "\\?q=needle&status=failed$"));
            tab.page().locator("[data-testid=step][data-stage=parse]").click();
            assertThat(tab.page()).hasURL(Pattern.compile(".*q=needle&status=failed&step=.*"));
            tab.page().reload();
            assertThat(tab.find("task-search")).hasValue("needle");
            assertThat(tab.find("task-row")).hasCount(1);
            tab.find("clear-filters").click();
            assertThat(tab.page()).hasURL(Pattern.compile(".*/tasks/" + id + "\\?step=[a-z0-9]+$"));
            tab.page().goBack();
            tab.page().goBack();
            assertThat(tab.page()).hasURL(Pattern.compile(".*/tasks\\?q=needle&status=failed$"));
            assertThat(tab.find("task-search")).hasValue("needle");
            tab.assertClean();
        }
    }

    @Test
    void labelsAreGivenShownAndLookedFor() {
        String id = pending("To be labelled");
        pending("Without a label");
        try (Tab tab = open(id)) {
            tab.find("edit-task").click();
            tab.find("manage-labels").fill("urgent, " + "x".repeat(51));
            tab.serverRefuses();
            tab.find("manage-save").click();
            assertThat(tab.page().locator("#manage-labels")).hasAttribute("aria-invalid", "true");
            tab.find("manage-labels").fill("urgent, Q4 audit");
            tab.find("manage-save").click();
            assertThat(tab.find("task-labels").locator("a")).hasText(new String[] {"urgent", "Q4 audit"});
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("task-labels").getByText("Q4 audit").click();
            assertThat(tab.find("task-row")).hasCount(1);
            assertThat(tab.find("filter-label")).hasValue("Q4 audit");
            assertThat(tab.page()).hasURL(Pattern.compile(".*/tasks\\?label=Q4\\+audit$"));
            tab.assertClean();
        }
    }

    @Test
    void stagesThatSomebodyElseChoseMeanwhileAreShownBesideMine() {
        String id = pending("Stages of two people");
        try (Tab tab = open(id)) {
            tab.find("change-stages").click();
            Locator dialog = tab.find("change-dialog");
            dialog.getByRole(com.microsoft.playwright.options.AriaRole.CHECKBOX)
                    .last()
                    .uncheck();
            JsonArray stages = new JsonObject(server.send("GET", "/api/tasks/" + id, JSON, "")).getJsonArray("stages");
            JsonArray theirs = new JsonArray();
            for (int i = 0; i < 2; i++) {
                JsonObject stage = stages.getJsonObject(i);
                theirs.add(new JsonObject()
                        .put("stage_template_id", stage.getString("id"))
                        .put("sort_order", stage.getInteger("sort_order")));
            }
            server.send(
                    "PUT",
                    "/api/tasks/" + id + "/stages",
                    JSON,
                    new JsonObject().put("stages", theirs).encode());
            assertThat(dialog.getByTestId("conflict")).containsText("Somebody else changed the stages");
            assertThat(dialog.getByTestId("diff")).containsText("ir-validation");
            assertThat(tab.find("save-stages")).isDisabled();
            dialog.getByTestId("keep-mine").click();
            assertThat(dialog).hasCount(0);
            assertThat(tab.find("step")).hasCount(7);
            tab.assertClean();
        }
    }

    @Test
    void aLinkThatRunsAScriptInMarkdownIsText() {
        String task = DevTask.start(server, "Hostile");
        try (Tab tab = open(task)) {
            tab.find("manual-output").fill("[bad](javascript:alert(1)) and [good](https://example.org/)");
            tab.find("approve").click();
            // The page goes on to the next step by itself; back from there.
            assertThat(tab.page().locator("[data-testid=step][data-stage=Implementation]"))
                    .containsText("Needs you");
            tab.page().locator("[data-testid=step][data-stage=Research]").click();
            Locator text = tab.find("output").locator(".md");
            assertThat(text).containsText("bad and good");
            assertThat(text.locator("a[href]")).hasCount(1);
            Object colours = text.evaluate("box => { const bad = [...box.querySelectorAll('a:not([href])')];"
                    + " return bad.map(a => getComputedStyle(a).color === getComputedStyle(box).color) }");
            assertThat((List<?>) colours).allMatch(Boolean.TRUE::equals);
            tab.assertClean();
        }
    }

    private static Tab open(String id) {
        return chromium.open(server.url() + "/tasks/" + id);
    }

    private static String pending(String title) {
        return task(title, new JsonObject().put("text", "Some text."), false);
    }

    /** Of the pipeline auto, whose ingest takes no archives. */
    private static String failed(String title) {
        String id = task(title, new JsonObject().put("text", "PK\u0003\u0004").put("name", "archive.zip"), true);
        org.awaitility.Awaitility.await().until(() -> new JsonObject(server.send("GET", "/api/tasks/" + id, JSON, ""))
                .getString("status")
                .equals("failed"));
        return id;
    }

    private static String task(String title, JsonObject input, boolean start) {
        JsonObject body = new JsonObject()
                .put("title", title)
                .put("pipeline", "auto")
                .put("input", new JsonArray().add(input))
                .put("auto_start", start);
        return new JsonObject(server.send("POST", "/api/tasks", JSON, body.encode())).getString("id");
    }
}
