package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings, policy and needs are set where a stage of a project is added or edited. */
class TemplateSettingsBrowserIT extends BrowserFixture {
    private static JsonNode call(Tab tab, String path) {
        try {
            return new ObjectMapper()
                    .readTree(tab.page().request().get(server.url() + path).text());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String project(Tab tab, String name) {
        try {
            return new ObjectMapper()
                    .readTree(tab.page()
                            .request()
                            .post(
                                    server.url() + "/api/projects",
                                    RequestOptions.create().setData(Map.of("name", name)))
                            .text())
                    .path("id")
                    .asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode template(Tab tab, String project, String name) {
        for (JsonNode each :
                call(tab, "/api/projects/" + project + "/stage-templates").path("items")) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no stage " + name);
    }

    @Test
    void aStageThatNeedsSettingsAsksForThemWhenItIsAdded() {
        try (Tab tab = chromium.open(server.url())) {
            tab.serverRefuses();
            String project = project(tab, "With a gate");
            tab.page().navigate(server.url() + "/projects/" + project);
            tab.find("add-stage").selectOption("gate");
            tab.find("add-template").click();
            Locator dialog = tab.find("template-dialog");
            assertThat(dialog).containsText("Add Gate");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("save-template").click();
            Locator conditions = dialog.locator("#setting-conditions");
            assertThat(conditions).hasAttribute("aria-invalid", "true");
            assertThat(conditions).isFocused();
            conditions.fill("[{\"field\": \"ready\", \"equals\": true}]");
            tab.find("save-template").click();
            assertThat(dialog).hasCount(0);
            assertThat(tab.page().locator("[data-testid=template-row][data-name=Gate]"))
                    .isVisible();
            assertThat(template(tab, project, "Gate")
                            .at("/config/conditions/0/field")
                            .asText())
                    .isEqualTo("ready");
            tab.assertClean();
        }
    }

    @Test
    void settingsPolicyAndNeedsAreEdited() {
        try (Tab tab = chromium.open(server.url())) {
            tab.serverRefuses();
            String project = project(tab, "With settings");
            tab.page()
                    .request()
                    .post(
                            server.url() + "/api/projects/" + project + "/stage-templates",
                            RequestOptions.create()
                                    .setData(Map.of(
                                            "name",
                                            "Gate",
                                            "type",
                                            "gate",
                                            "config",
                                            Map.of(
                                                    "conditions",
                                                    java.util.List.of(Map.of("field", "a", "exists", true))))));
            tab.page().navigate(server.url() + "/projects/" + project);
            tab.page()
                    .locator("[data-testid=template-row][data-name=Gate] [data-act=edit]")
                    .click();
            Locator conditions = tab.find("template-dialog").locator("#setting-conditions");
            assertThat(conditions).hasValue(java.util.regex.Pattern.compile("\"field\": \"a\""));
            // What the server refuses stands at its field.
            tab.find("template-policy").fill("nosuch");
            conditions.fill("[{\"field\": \"b\", \"exists\": true}]");
            tab.find("save-template").click();
            assertThat(tab.find("template-policy-error")).isVisible();
            tab.find("template-policy").fill("");
            tab.find("template-needs").fill("research");
            tab.find("save-template").click();
            assertThat(tab.find("template-dialog")).hasCount(0);
            JsonNode saved = template(tab, project, "Gate");
            assertThat(saved.at("/config/conditions/0/field").asText()).isEqualTo("b");
            assertThat(saved.at("/metadata_overrides/dependencies/0").asText()).isEqualTo("research");
            tab.assertClean();
        }
    }
}
