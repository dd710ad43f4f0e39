package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Custom stages made and changed in the browser, each with what its executor has to know. */
class StageDialogBrowserIT extends BrowserFixture {
    private static JsonNode entry(Tab tab, String id) {
        try {
            return new ObjectMapper()
                    .readTree(tab.page()
                            .request()
                            .get(server.url() + "/api/vp/stages/" + id)
                            .text());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void begin(Tab tab, String name, String executor) {
        tab.find("new-stage").click();
        tab.find("field-name").fill(name);
        tab.find("field-executor").selectOption(executor);
    }

    private static void save(Tab tab, String id) {
        tab.find("save-stage").click();
        assertThat(tab.find("stage-dialog")).hasCount(0);
        assertThat(tab.find("stage-detail")).hasAttribute("data-id", id);
        assertThat(tab.row(id)).isVisible();
    }

    @Test
    void aStageThatAPersonDoesHasItsInstructions() {
        try (Tab tab = chromium.open(server.url())) {
            begin(tab, "Check the licence", "manual");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("config-instructions").fill("Look into every file.\nSay which ones have none.");
            save(tab, "check-the-licence");
            JsonNode entry = entry(tab, "check-the-licence");
            assertThat(entry.path("executor").asText()).isEqualTo("manual");
            assertThat(entry.at("/executor_config/instructions").asText())
                    .isEqualTo("Look into every file.\nSay which ones have none.");
            tab.assertClean();
        }
    }

    @Test
    void aStageThatAModelDoesHasItsPromptAndItCanBeChanged() {
        try (Tab tab = chromium.open(server.url())) {
            begin(tab, "Summarise", "prompt");
            tab.find("config-prompt").fill("Summarise {{previous_output}}.");
            save(tab, "summarise");
            assertThat(entry(tab, "summarise").at("/executor_config/prompt").asText())
                    .isEqualTo("Summarise {{previous_output}}.");

            tab.find("edit-stage").click();
            assertThat(tab.find("config-prompt")).hasValue("Summarise {{previous_output}}.");
            // What another executor was told before does not go with it.
            tab.find("field-executor").selectOption("manual");
            tab.find("config-instructions").fill("By hand.");
            save(tab, "summarise");
            JsonNode config = entry(tab, "summarise").path("executor_config");
            assertThat(config.size()).isEqualTo(1);
            assertThat(config.path("instructions").asText()).isEqualTo("By hand.");
            tab.assertClean();
        }
    }

    @Test
    void aCommandIsAListOfWordsOneALine() {
        try (Tab tab = chromium.open(server.url())) {
            tab.serverRefuses();
            begin(tab, "Word count", "command");
            // What the server refuses stands at its field, and nothing is kept.
            tab.find("config-command").fill("-l");
            tab.find("save-stage").click();
            assertThat(tab.find("config-command-error")).containsText("Must begin with a program");
            assertThat(tab.find("config-command")).isFocused();
            assertThat(tab.row("word-count")).hasCount(0);

            tab.find("config-command").fill("wc\n-l\ntwo words\n\n");
            tab.find("config-workdir").fill("/srv/work");
            save(tab, "word-count");
            JsonNode config = entry(tab, "word-count").path("executor_config");
            assertThat(config.toString())
                    .isEqualTo("{\"command\":[\"wc\",\"-l\",\"two words\"],\"workdir\":\"/srv/work\"}");

            tab.find("edit-stage").click();
            assertThat(tab.find("config-command")).hasValue("wc\n-l\ntwo words");
            tab.assertClean();
        }
    }

    @Test
    void whatCannotRunHereStandsApartAndSaysWhy() {
        try (Tab tab = chromium.open(server.url())) {
            begin(tab, "Count words", "command");
            assertThat(tab.find("executor-off")).containsText("command.enabled");
            assertThat(tab.find("field-executor").locator("optgroup option[value=command]"))
                    .hasCount(1);
            assertThat(tab.find("field-executor").locator("option[value=java]")).hasCount(0);
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("field-executor").selectOption("prompt");
            assertThat(tab.find("executor-off")).hasCount(0);
            assertThat(tab.find("executor-note")).containsText("a person gets the prompt");
            tab.find("cancel-stage").click();
            tab.assertClean();
        }
    }

    @Test
    void aWebServiceIsCalledWithWhatWasTyped() {
        try (Tab tab = chromium.open(server.url())) {
            begin(tab, "Look it up", "http");
            assertThat(tab.find("config-method")).hasValue("GET");
            tab.find("config-url").fill("https://example.org/{{input.id}}");
            // It stays as it is typed, also once it is JSON.
            tab.find("config-headers").fill("{ \"Accept\":   \"text/plain\" ");
            tab.find("save-stage").click();
            assertThat(tab.find("config-headers-error")).hasText("This is not valid JSON.");
            assertThat(tab.find("config-headers")).isFocused();
            tab.find("config-headers").press("End");
            tab.page().keyboard().type("}");
            assertThat(tab.find("config-headers")).hasValue("{ \"Accept\":   \"text/plain\" }");
            tab.find("config-expect").fill("[200, 404]");
            assertThat(tab.accessibilityFaults()).isEmpty();
            save(tab, "look-it-up");
            assertThat(entry(tab, "look-it-up").path("executor_config").toString())
                    .isEqualTo("{\"url\":\"https://example.org/{{input.id}}\",\"headers\":{\"Accept\":\"text/plain\"},"
                            + "\"expect\":[200,404]}");
            tab.assertClean();
        }
    }

    @Test
    void aStageSaysWhereItsResultGoesAndWhatItNeeds() {
        try (Tab tab = chromium.open(server.url())) {
            begin(tab, "Weigh", "manual");
            tab.find("field-state_key").fill("weight, unit");
            tab.find("field-needs").fill("parse");
            tab.find("field-version").fill("1.2.0");
            tab.find("field-ledger").fill("heavy");
            tab.find("save-stage").click();
            assertThat(tab.find("field-ledger-error")).containsText("key = path");
            assertThat(tab.find("field-ledger")).isFocused();
            tab.find("field-ledger").fill("heavy = scale.heavy\nweight = .");
            save(tab, "weigh");
            JsonNode entry = entry(tab, "weigh");
            assertThat(entry.path("state_key").toString()).isEqualTo("[\"weight\",\"unit\"]");
            assertThat(entry.path("dependencies").toString()).isEqualTo("[\"parse\"]");
            assertThat(entry.path("version").asText()).isEqualTo("1.2.0");
            assertThat(entry.path("ledger").toString()).isEqualTo("{\"heavy\":\"scale.heavy\",\"weight\":\".\"}");
            tab.find("edit-stage").click();
            assertThat(tab.find("field-ledger")).hasValue("heavy = scale.heavy\nweight = .");
            tab.assertClean();
        }
    }
}
