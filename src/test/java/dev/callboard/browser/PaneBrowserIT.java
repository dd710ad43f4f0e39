package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every screen with lines of 10,000 characters and no place to break: nothing is wider than its pane. */
class PaneBrowserIT {
    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static PackagedServer server;

    @BeforeAll
    static void launch() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(plugins.resolve("p".repeat(200) + ".jar"), "PK");
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config").resolve("callboard.yaml"), "command:\n  enabled: true\n  programs: [sh]\n");
        chromium = Chromium.running();
        server = PackagedServer.start(folder, plugins);
    }

    @AfterAll
    static void quit() {
        server.close();
    }

    @Test
    void theStepsOfATaskHoldLongLinesInTheirBoxes() {
        String failed = LongLines.failedTask(server);
        LongLines.Results results = LongLines.results(server);
        try (Tab tab = open()) {
            show(tab, "/tasks/" + failed, ".log-line");
            holds(tab, "the failed step");
            tab.page().locator("[data-testid=step]").first().click();
            tab.page().locator(".raw").waitFor();
            holds(tab, "a text");
            results.steps().forEach((name, step) -> {
                show(tab, "/tasks/" + results.task() + "?step=" + step, "#step-title:text-is('" + name + "')");
                if (name.equals("research")) {
                    tab.find("manual-output").first().fill(LongLines.LINE);
                    holds(tab, name);
                    return;
                }
                tab.find("output").waitFor();
                holds(tab, name);
                for (String view : new String[] {"view-json", "view-raw"}) {
                    if (tab.find(view).count() > 0) {
                        // Wherever it is: what moves the page meanwhile is not what is looked at here.
                        tab.find(view).dispatchEvent("click");
                        assertThat(tab.find(view)).isChecked();
                        holds(tab, name + " " + view);
                    }
                }
            });
            tab.assertClean();
        }
    }

    @Test
    void theOtherScreensAndDialogsHoldLongNames() {
        String project = LongLines.project(server);
        LongLines.named(server, "long-name", "long-names");
        try (Tab tab = open()) {
            tab.serverRefuses();
            show(tab, "/", "[data-testid=palette-row]");
            holds(tab, "the palette");
            show(tab, "/?view=pipelines", ".outline-card");
            holds(tab, "the pipelines");
            show(tab, "/tasks", ".board");
            holds(tab, "the tasks");
            show(tab, "/projects", "h1");
            tab.find("archive-project").first().click();
            tab.find("undo").waitFor();
            holds(tab, "the projects and a message");
            tab.find("undo").click();
            show(tab, "/projects/" + project, "[data-act=edit]");
            holds(tab, "a project");
            tab.page().locator("[data-act=edit]").first().click();
            tab.find("template-prompt_template").fill(LongLines.LINE);
            holds(tab, "a project's stage");
            tab.page().keyboard().press("Escape");
            show(tab, "/pipelines/long-names", "[data-testid=edit-pipeline]");
            holds(tab, "a pipeline");
            tab.find("edit-pipeline").click();
            tab.find("pipeline-yaml").fill("name: " + LongLines.LINE);
            tab.find("save-pipeline").click();
            tab.find("pipeline-errors").waitFor();
            holds(tab, "a pipeline's text and its errors");
            tab.page().keyboard().press("Escape");
            show(tab, "/?stage=long-name", "[data-testid=stage-detail]");
            holds(tab, "a stage");
            tab.find("edit-stage").first().click();
            tab.find("stage-dialog").waitFor();
            holds(tab, "a stage's dialog");
            tab.page().keyboard().press("Escape");
            show(tab, "/plugins", "[data-testid=plugin]");
            holds(tab, "a refused plugin");
            show(tab, "/audit", "[data-testid=audit-row]");
            holds(tab, "the audit log");
            show(tab, "/tasks/new", "[data-testid=add-text]");
            tab.find("add-text").click();
            tab.find("text-input").fill(LongLines.LINE);
            tab.find("task-title").fill(LongLines.LINE);
            holds(tab, "a new task");
            tab.assertClean();
        }
    }

    private static void holds(Tab tab, String what) {
        for (int width : new int[] {1_440, 390, 320}) {
            tab.page().setViewportSize(width, width < 800 ? 844 : 900);
            assertThat(Panes.wider(tab.page())).as("%s at %d px", what, width).isEmpty();
        }
        tab.page().setViewportSize(1_440, 900);
    }

    /** Goes there without loading the page again. */
    private static void show(Tab tab, String path, String seen) {
        Page page = tab.page();
        page.evaluate(
                "(path) => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')); }", path);
        page.locator(seen).first().waitFor();
    }

    private static Tab open() {
        return chromium.open(
                server.url() + "/plugins",
                new Browser.NewContextOptions()
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setViewportSize(1_440, 900));
    }
}
