package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which stage feeds which port is chosen where a stage is edited, and shown where a pipeline is. */
class PortInputsBrowserIT extends BrowserFixture {
    private static JsonNode sent(Tab tab, String method, String path, Map<String, Object> body) {
        try {
            return new ObjectMapper()
                    .readTree(tab.page()
                            .request()
                            .fetch(
                                    server.url() + path,
                                    RequestOptions.create().setMethod(method).setData(body))
                            .text());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPortIsFedByTheStageThatIsChosen() {
        try (Tab tab = chromium.open(server.url())) {
            String project = sent(tab, "POST", "/api/projects", Map.of("name", "Ports"))
                    .path("id")
                    .asText();
            tab.page().navigate(server.url() + "/projects/" + project);
            tab.waitForConnection("live");
            Locator row = tab.page().locator("[data-testid=template-row][data-name=Refinement]");
            row.locator("[data-act=edit]").click();
            tab.find("template-ports").locator("summary").click();
            tab.find("port-any").selectOption("Planning");
            assertThat(tab.find("template-dialog").locator(".chips")).containsText("{{task.title}}");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("save-template").click();
            assertThat(row.locator("[data-testid=template-inputs]")).containsText("any ← Planning");
            // It is there when it is edited again, and can be taken back.
            row.locator("[data-act=edit]").click();
            assertThat(tab.find("port-any")).hasValue("Planning");
            tab.find("port-any").selectOption("");
            tab.find("save-template").click();
            assertThat(row.locator("[data-testid=template-inputs]")).hasCount(0);
            tab.assertClean();
        }
    }

    @Test
    void thePageOfAPipelineShowsWhatFeedsWhat() {
        try (Tab tab = chromium.open(server.url())) {
            Map<String, Object> first = Map.of("name", "Look", "type", "research");
            Map<String, Object> second =
                    Map.of("name", "Plan it", "type", "planning", "inputs", Map.of("any", "Look.research"));
            sent(tab, "PUT", "/api/pipelines/fed", Map.of("name", "fed", "stages", List.of(first, second)));
            tab.page().navigate(server.url() + "/pipelines/fed");
            Locator stage = tab.page().locator("[data-testid=resolved-stage][data-name='Plan it']");
            assertThat(stage).containsText("input any");
            assertThat(stage).containsText("Look.research");
            tab.page().setViewportSize(390, 800);
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.assertClean();
        }
    }
}
