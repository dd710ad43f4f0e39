package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Http;
import dev.callboard.testing.Stages;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What starts a pipeline by itself, on its page; and what its sources ask of a person. */
class TriggersBrowserIT extends BrowserFixture {
    private static void put(Http http, String name, List<Map<String, Object>> sources) {
        http.post("/api/vp/stages", Stages.manual("look"));
        http.put(
                "/api/pipelines/" + name,
                Map.of("name", name, "sources", sources, "stages", List.of(Map.of("name", "Look", "type", "look"))));
    }

    @Test
    void triggersAreFiredPausedAndCalledFromThePage() {
        Http http = Http.at(URI.create(server.url()));
        put(
                http,
                "fired",
                List.of(
                        Map.of("name", "yearly", "type", "schedule", "config", Map.of("cron", "0 0 1 1 *")),
                        Map.of("name", "hook", "type", "webhook", "config", Map.of("hmac_secret", "secret:hook"))));
        try (Tab tab = chromium.open(server.url() + "/pipelines/fired")) {
            var yearly = tab.page().locator("[data-testid=trigger][data-source=yearly]");
            var hook = tab.page().locator("[data-testid=trigger][data-source=hook]");
            assertThat(yearly).hasAttribute("data-state", "active");
            assertThat(yearly.getByTestId("trigger-cron")).containsText("0 0 1 1 *");
            assertThat(yearly.getByTestId("trigger-last")).hasText("not yet");
            assertThat(yearly.getByTestId("trigger-next").locator("time")).hasCount(1);
            tab.waitForConnection("live");

            yearly.getByTestId("trigger-fire").click();
            assertThat(yearly.getByTestId("trigger-task")).isVisible();
            yearly.getByTestId("trigger-pause").click();
            assertThat(yearly).hasAttribute("data-state", "paused");
            assertThat(yearly.getByTestId("trigger-next")).hasCount(0);

            // Somebody else resumes it, and the page shows that.
            String id = http.get("/api/triggers?pipeline=fired")
                    .json()
                    .at("/items")
                    .findValuesAsText("id")
                    .get(1);
            http.post("/api/triggers/" + id + "/resume", null);
            assertThat(yearly).hasAttribute("data-state", "active");

            assertThat(hook.getByTestId("trigger-url")).containsText("/api/hooks/");
            String before = hook.getByTestId("trigger-url").textContent();
            hook.locator("summary").click();
            assertThat(hook.getByTestId("trigger-sample")).containsText("Callboard-Signature");
            assertThat(tab.accessibilityFaults()).isEmpty();
            hook.getByTestId("trigger-rotate").click();
            assertThat(hook.getByTestId("trigger-url")).not().hasText(before);
            tab.assertClean();
        }
    }

    @Test
    void aPipelineWithoutSourcesSaysHowToAddThem() {
        Http http = Http.at(URI.create(server.url()));
        put(http, "by-hand", List.of());
        try (Tab tab = chromium.open(server.url() + "/pipelines/by-hand")) {
            assertThat(tab.find("no-triggers")).containsText("type: schedule");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.assertClean();
        }
    }

    @Test
    void sourcesDecideWhatANewTaskAsksFor() {
        Http http = Http.at(URI.create(server.url()));
        put(http, "addresses", List.of(Map.of("name", "in", "type", "urls")));
        put(http, "nightly", List.of(Map.of("name", "in", "type", "schedule", "config", Map.of("cron", "0 0 1 1 *"))));
        try (Tab tab = chromium.open(server.url() + "/tasks/new?pipeline=addresses")) {
            assertThat(tab.find("add-url")).isVisible();
            assertThat(tab.find("choose-files")).hasCount(0);
            assertThat(tab.find("add-text")).hasCount(0);
            tab.find("pipeline-select").selectOption("nightly");
            assertThat(tab.find("no-input")).isVisible();
            tab.find("task-title").fill("Started by hand");
            tab.find("start-task").click();
            tab.page().waitForURL(url -> url.matches(".*/tasks/(?!new).+"));
            assertThat(http.get("/api/tasks?pipeline=nightly")
                            .at("/items/0/title")
                            .asText())
                    .isEqualTo("Started by hand");
            tab.assertClean();
        }
    }
}
