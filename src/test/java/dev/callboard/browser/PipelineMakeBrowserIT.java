package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.callboard.testing.Definitions;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pipelines are made, copied and deleted in the page, and a project takes the stages of any. */
class PipelineMakeBrowserIT extends BrowserFixture {
    private static int status(Tab tab, String path) {
        return tab.page().request().get(server.url() + path).status();
    }

    @Test
    void aPipelineIsMadeCopiedDeletedAndTakenBack() {
        try (Tab tab = chromium.open(server.url() + "/?view=pipelines")) {
            tab.serverRefuses();
            tab.find("new-pipeline").click();
            assertThat(tab.find("pipeline-name")).isFocused();
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("pipeline-name").fill("two words");
            tab.find("make-pipeline").click();
            assertThat(tab.find("pipeline-name-error")).containsText("Begin with a letter or digit");
            assertThat(tab.find("pipeline-first-error")).isVisible();
            tab.find("pipeline-name").fill("auto");
            tab.find("pipeline-first").selectOption("planning");
            tab.find("make-pipeline").click();
            assertThat(tab.find("pipeline-name-error")).containsText("already");
            tab.find("pipeline-name").fill("plans");
            tab.find("make-pipeline").click();
            assertThat(tab.page()).hasURL(Pattern.compile("/pipelines/plans$"));
            assertThat(tab.find("edit-pipeline")).isVisible();

            tab.find("copy-pipeline").click();
            tab.find("pipeline-name").fill("plans-2");
            tab.find("make-pipeline").click();
            assertThat(tab.page()).hasURL(Pattern.compile("/pipelines/plans-2$"));
            assertThat(status(tab, "/api/pipelines/plans-2")).isEqualTo(200);

            tab.find("delete-pipeline").click();
            assertThat(tab.find("pipeline-use")).containsText("No open task and no trigger uses it.");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("confirm-remove").click();
            assertThat(tab.page()).hasURL(Pattern.compile("view=pipelines$"));
            assertThat(tab.page().locator("[data-testid=pipeline][data-name=plans-2]"))
                    .hasCount(0);
            assertThat(status(tab, "/api/pipelines/plans-2")).isEqualTo(404);
            tab.find("undo").click();
            assertThat(tab.page()).hasURL(Pattern.compile("/pipelines/plans-2$"));
            assertThat(tab.find("edit-pipeline")).isVisible();
            assertThat(status(tab, "/api/pipelines/plans-2")).isEqualTo(200);
            tab.assertClean();
        }
    }

    @Test
    void whatDependsOnAPipelineIsSaidBeforeItIsDeleted() {
        Http http = Http.at(URI.create(server.url()));
        Map<String, Object> stage = Map.of("name", "Plan", "type", "planning");
        Map<String, Object> nightly =
                Map.of("name", "nightly", "type", "schedule", "config", Map.of("cron", "0 3 * * *"));
        new Definitions(http).pipeline("in-use", Map.of("stages", List.of(stage), "sources", List.of(nightly)));
        Reply task = http.post("/api/tasks", Map.of("title", "T", "pipeline", "in-use"));
        assertThat(task.status()).as(task.toString()).isEqualTo(201);
        try (Tab tab = chromium.open(server.url() + "/pipelines/in-use")) {
            tab.find("delete-pipeline").click();
            assertThat(tab.find("pipeline-use")).containsText("1 open task uses it.");
            assertThat(tab.find("pipeline-use")).containsText("1 trigger stops starting tasks.");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.page().keyboard().press("Escape");
            assertThat(tab.find("confirm-pipeline")).hasCount(0);
            assertThat(status(tab, "/api/pipelines/in-use")).isEqualTo(200);
            tab.page().navigate(server.url() + "/pipelines/auto");
            tab.find("delete-pipeline").click();
            assertThat(tab.find("pipeline-use")).containsText("no longer chosen for new tasks");
            tab.assertClean();
        }
    }

    @Test
    void aProjectTakesTheStagesOfAnyPipeline() {
        try (Tab tab = chromium.open(server.url() + "/projects")) {
            tab.find("new-project").click();
            tab.find("project-name").fill("Documents");
            assertThat(tab.find("project-pipeline")).hasValue("dev-task");
            tab.find("project-pipeline").selectOption("auto");
            tab.find("save-project").click();
            assertThat(tab.page().locator("[data-testid=template-row]")).hasCount(8);
            assertThat(tab.page().locator("[data-testid=template-row][data-name=parse]"))
                    .isVisible();
            tab.assertClean();
        }
    }

    @Test
    void theExamplesBesideADefinitionAreTakenAndShown() {
        try (Tab tab = chromium.open(server.url() + "/?view=pipelines")) {
            tab.find("new-pipeline").click();
            tab.find("pipeline-name").fill("from-examples");
            tab.find("pipeline-first").selectOption("planning");
            tab.find("make-pipeline").click();
            assertThat(tab.find("no-sinks")).containsText("type: webhook");
            tab.find("edit-pipeline").click();
            tab.page().locator(".pipeline-examples summary").click();
            assertThat(tab.accessibilityFaults()).isEmpty();
            String examples = tab.find("pipeline-examples").textContent();
            Locator text = tab.find("pipeline-yaml");
            assertThat(text).not().hasValue("");
            text.fill(text.inputValue() + "\n" + examples.substring(examples.indexOf("sources:")));
            tab.find("save-pipeline").click();
            assertThat(tab.find("pipeline-editor")).hasCount(0);
            assertThat(tab.page().locator("[data-testid=sink][data-name=team]"))
                    .containsText("https://example.org/results");
            assertThat(tab.page().locator("[data-testid=trigger][data-source=nightly]"))
                    .containsText("0 3 * * * Europe/Berlin");
            assertThat(tab.page().locator("[data-testid=trigger][data-source=inbox]"))
                    .containsText("/srv/inbox");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.assertClean();
        }
    }
}
