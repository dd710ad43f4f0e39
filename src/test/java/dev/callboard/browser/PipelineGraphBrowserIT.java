package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.callboard.testing.Definitions;
import dev.callboard.testing.Http;
import dev.callboard.testing.Stages;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of a pipeline draws it: its nodes, what feeds what, and what cannot run any more. */
class PipelineGraphBrowserIT extends BrowserFixture {
    private static final String OWN = "graph-own";

    private static Locator node(Tab tab, String name) {
        return tab.page().locator("[data-testid=node][data-id='" + name + "']");
    }

    private static Locator wire(Tab tab, String from, String to) {
        return tab.page().locator("[data-testid=wire][data-from='" + from + "'][data-to='" + to + "']");
    }

    private static Http pipeline(String name) {
        Http http = Http.at(URI.create(server.url()));
        assertThat(http.post("/api/vp/stages", Stages.manual(OWN)).status()).isEqualTo(200);
        new Definitions(http)
                .pipeline(
                        name,
                        Map.of(
                                "sources", List.of(Map.of("name", "Texts", "type", "text")),
                                "stages",
                                        List.of(
                                                Map.of("name", "Plan", "type", "planning", "depends_on", List.of()),
                                                Map.of("name", "Left", "type", OWN, "depends_on", List.of("Plan")),
                                                Map.of(
                                                        "name",
                                                        "Right",
                                                        "type",
                                                        "refinement",
                                                        "depends_on",
                                                        List.of("Plan"))),
                                "sinks", List.of(Map.of("name", "Answer", "type", "result", "after", "Left"))));
        return http;
    }

    @Test
    void aPipelineIsDrawnAndGoneThroughByKeys() {
        Http http = pipeline("drawn");
        try (Tab tab = chromium.open(server.url() + "/pipelines/drawn")) {
            assertThat(tab.find("node")).hasCount(5);
            assertThat(tab.find("wire")).hasCount(4);
            assertThat(wire(tab, "Texts", "Plan")).hasCount(1);
            assertThat(wire(tab, "Plan", "Left")).hasCount(1);
            assertThat(wire(tab, "Plan", "Right")).hasCount(1);
            assertThat(wire(tab, "Left", "Answer")).hasCount(1);
            assertThat(node(tab, "Left"))
                    .hasAttribute("aria-label", "Left, stage of type " + OWN + ". After Plan. Before Answer.");
            assertThat(tab.accessibilityFaults()).isEmpty();

            node(tab, "Texts").focus();
            tab.page().keyboard().press("ArrowRight");
            assertThat(node(tab, "Plan")).isFocused();
            tab.page().keyboard().press("ArrowDown");
            assertThat(node(tab, "Left")).isFocused();
            tab.page().keyboard().press("Enter");
            assertThat(tab.page().locator("[data-testid=resolved-stage][data-name=Left]"))
                    .isFocused();

            assertThat(http.delete("/api/vp/stages/" + OWN).status()).isEqualTo(200);
            assertThat(node(tab, "Left")).hasAttribute("data-faulty", "");
            assertThat(node(tab, "Plan")).not().hasAttribute("data-faulty", "");
            tab.assertClean();
        }
    }
}
