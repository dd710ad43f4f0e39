package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A custom stage that is deleted, is in use, or is edited by two people. */
class StageEditsBrowserIT extends BrowserFixture {
    private static final String JSON = "application/json";

    @Test
    void undoBringsTheStageAndThePageBack() {
        add("brought-back", "First");
        try (Tab tab = chromium.open(server.url() + "/?stage=brought-back")) {
            tab.find("delete-stage").click();
            assertThat(tab.page()).hasURL(Pattern.compile(".*/$"));
            tab.find("undo").click();
            assertThat(tab.page()).hasURL(Pattern.compile(".*/\\?stage=brought-back$"));
            assertThat(tab.find("stage-detail")).hasAttribute("data-id", "brought-back");
            assertThat(tab.find("delete-stage")).isVisible();
            tab.assertClean();
        }
    }

    @Test
    void aStageInUseStaysAndItsPipelineIsALink() {
        add("in-use", "First");
        String yaml = "name: users\nstages:\n  - {name: only, type: in-use}\n";
        server.send("PUT", "/api/pipelines/users", "application/yaml", yaml);
        try (Tab tab = chromium.open(server.url() + "/?stage=in-use")) {
            tab.find("delete-stage").click();
            tab.find("open-pipeline").click();
            assertThat(tab.page()).hasURL(Pattern.compile(".*/pipelines/users$"));
            assertThat(new JsonObject(server.get("/api/vp/stages")).getJsonArray("stages").stream())
                    .anyMatch(stage -> ((JsonObject) stage).getString("id").equals("in-use"));
            tab.assertClean();
        }
    }

    @Test
    void whatSomebodyElseSavesIsShownInTheDialogAtOnce() {
        add("of-two", "First");
        try (Tab tab = chromium.open(server.url() + "/?stage=of-two")) {
            tab.find("edit-stage").click();
            tab.find("field-description").fill("Mine");
            server.send("PUT", "/api/vp/stages/of-two", JSON, definition("of-two", "Theirs"));
            assertThat(tab.find("conflict")).isVisible();
            assertThat(tab.find("diff")).containsText("Theirs");
            assertThat(tab.find("diff")).containsText("Mine");
            tab.find("keep-mine").click();
            assertThat(tab.find("stage-dialog")).hasCount(0);
            assertThat(tab.find("stage-detail")).containsText("Mine");
            tab.assertClean();
        }
    }

    private static void add(String id, String description) {
        server.send("POST", "/api/vp/stages", JSON, definition(id, description));
    }

    private static String definition(String id, String description) {
        return new JsonObject()
                .put("id", id)
                .put("name", id)
                .put("type", "stage")
                .put("description", description)
                .put("ports", new JsonObject().put("inputs", new JsonArray()).put("outputs", new JsonArray()))
                .encode();
    }
}
