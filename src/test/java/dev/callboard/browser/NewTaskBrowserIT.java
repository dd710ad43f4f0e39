package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A task is started with a description, some of the pipeline's stages, and settings of its own, from one page. */
class NewTaskBrowserIT extends BrowserFixture {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Locator stage(Tab tab, String name) {
        return tab.page().locator("[data-testid=stage-check][data-stage=" + name + "]");
    }

    private static Locator settings(Tab tab, String stage) {
        return tab.page().locator("[data-testid=stage-settings][data-stage=" + stage + "]");
    }

    /** Starts the task; what was sent. */
    private static JsonNode started(Tab tab) throws IOException {
        Request sent = tab.page()
                .waitForRequest(
                        request ->
                                request.method().equals("POST") && request.url().endsWith("/api/tasks"),
                        () -> tab.find("start-task").click());
        return JSON.readTree(sent.postData());
    }

    /** The task whose page is open. */
    private static JsonNode task(Tab tab) throws IOException {
        assertThat(tab.page()).hasURL(Pattern.compile("/tasks/(?!new)[a-z0-9]+"));
        String id = tab.page().url().replaceAll(".*/tasks/([a-z0-9]+).*", "$1");
        return JSON.readTree(server.get("/api/tasks/" + id));
    }

    @Test
    void aTaskThatIsStartedBeforeThePipelinesAreThereStartsOnceTheyAre() throws IOException {
        try (Tab tab = chromium.open(server.url())) {
            List<Route> held = new CopyOnWriteArrayList<>();
            tab.page().route("**/api/pipelines", held::add);
            tab.page().routeWebSocket(Pattern.compile(".*"), socket -> {
                WebSocketRoute beyond = socket.connectToServer();
                socket.onMessage(frame -> {
                    if (!frame.text().contains("\"pipelines\"")) beyond.send(frame.text());
                });
            });
            tab.page().navigate(server.url() + "/tasks/new?pipeline=auto");
            tab.find("add-text").click();
            tab.find("text-input").fill("The tide rises.");
            tab.find("task-title").fill("Early");
            tab.find("start-task").click();
            assertThat(tab.find("start-task")).hasText("Waiting for pipelines…");
            assertThat(tab.find("start-task")).isDisabled();
            held.forEach(Route::resume);
            assertThat(task(tab).path("title").asText()).isEqualTo("Early");
            tab.assertClean();
        }
    }

    @Test
    void descriptionStagesAndSettingsAreNamedAndKeptAsADraft() throws IOException {
        try (Tab tab = chromium.open(server.url() + "/tasks/new?pipeline=auto")) {
            tab.find("add-text").click();
            tab.find("text-input").fill("The tide rises.");
            assertThat(tab.find("task-stages-sum")).hasText("all 8 stages");
            tab.find("task-stages-summary").click();
            stage(tab, "parse").click();
            tab.find("confirm-also").click();
            assertThat(tab.find("task-stages-sum")).hasText("1 of 8 stages");
            stage(tab, "chunk").check();
            stage(tab, "ir-validation").uncheck();
            assertThat(tab.find("task-stages-sum")).hasText("3 of 8 stages");
            settings(tab, "ingest").locator("summary").click();
            Locator most = settings(tab, "ingest").locator("[data-key=max_bytes] input");
            assertThat(most).hasValue("52428800");
            most.fill("0");
            tab.find("task-description").fill("For the harbour.");
            tab.find("start-task").click();
            assertThat(most).hasAttribute("aria-invalid", "true");
            assertThat(most).isFocused();
            most.fill("5000");
            assertThat(tab.accessibilityFaults()).isEmpty();

            tab.page().reload();
            assertThat(tab.find("task-description")).hasValue("For the harbour.");
            assertThat(tab.find("task-stages-sum")).hasText("3 of 8 stages · settings of 1 stage changed");
            assertThat(stage(tab, "ir-validation")).not().isChecked();
            settings(tab, "ingest").locator("summary").click();
            assertThat(settings(tab, "ingest").locator("[data-key=max_bytes] input"))
                    .hasValue("5000");
            JsonNode sent = started(tab);
            assertThat(sent.path("settings").toString()).isEqualTo("{\"ingest\":{\"max_bytes\":5000}}");

            JsonNode task = task(tab);
            assertThat(task.path("description").asText()).isEqualTo("For the harbour.");
            for (JsonNode stage : task.path("stages")) {
                assertThat(stage.path("selected").asBoolean())
                        .as(stage.toString())
                        .isEqualTo(List.of("ingest", "parse", "chunk")
                                .contains(stage.path("name").asText()));
            }
            tab.assertClean();
        }
    }

    @Test
    void nothingIsSentOfWhatStaysAsThePipelineSaysIt() throws IOException {
        try (Tab tab = chromium.open(server.url() + "/tasks/new?pipeline=auto")) {
            tab.find("add-text").click();
            tab.find("text-input").fill("The tide falls.");
            tab.find("task-stages-summary").click();
            stage(tab, "knowledge-graph").uncheck();
            stage(tab, "knowledge-graph").check();
            assertThat(started(tab).fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("title", "pipeline", "input", "auto_start");
            assertThat(task(tab).path("stages").findValuesAsText("selected")).containsOnly("true");
        }
    }

    @Test
    void anAddressWithAUserInItGetsAWord() {
        Browser.NewContextOptions narrow =
                new Browser.NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK);
        try (Tab tab = chromium.open(server.url() + "/tasks/new?pipeline=web", narrow)) {
            tab.find("add-url").click();
            tab.find("url-input").fill("https://user:word@example.org/a.html");
            assertThat(tab.find("url-wrong")).containsText("Take user name and password out of the address");
            tab.find("start-task").click();
            assertThat(tab.find("input-error")).containsText("Correct the address");
            tab.find("task-stages-summary").click();
            settings(tab, "download").locator("summary").click();
            assertThat(tab.accessibilityFaults()).isEmpty();
            assertThat(tab.page().evaluate("document.documentElement.scrollWidth - innerWidth"))
                    .isEqualTo(0);
            tab.assertClean();
        }
    }

    @Test
    void hostileTextsAreShownAsTexts() throws IOException {
        String markup = "<img src=x onerror=\"window.hostile=1\"><b id=hostile>{{task.id}}</b>";
        Map<String, Object> stage = Map.of(
                "id",
                "hostile",
                "name",
                markup,
                "description",
                markup,
                "type",
                "stage",
                "ports",
                Map.of("inputs", List.of(), "outputs", List.of()),
                "executor",
                "manual",
                "executor_config",
                Map.of("instructions", "Do {{settings.v}}"),
                "settings_schema",
                List.of(Map.of("key", "v", "type", "text", "label", markup, "default", markup)));
        server.send("POST", "/api/vp/stages", "application/json", JSON.writeValueAsString(stage));
        Map<String, Object> pipeline =
                Map.of("name", "hostile", "stages", List.of(Map.of("name", markup, "type", "hostile")));
        server.send("PUT", "/api/pipelines/hostile", "application/json", JSON.writeValueAsString(pipeline));
        try (Tab tab = chromium.open(server.url() + "/tasks/new?pipeline=hostile")) {
            tab.find("add-text").click();
            tab.find("text-input").fill(markup);
            tab.find("task-stages-summary").click();
            tab.find("stage-settings").locator("summary").click();
            isText(tab, tab.find("task-stages"), markup);
            tab.find("start-task").click();
            task(tab);
            isText(tab, tab.page().locator("cb-task"), markup);
            tab.page().navigate(server.url() + "/?stage=hostile");
            isText(tab, tab.page().locator("main"), markup);
            tab.assertClean();
        }
    }

    private static void isText(Tab tab, Locator place, String markup) {
        assertThat(place).containsText(markup);
        assertThat(tab.page().locator("#hostile, img[src=x]")).hasCount(0);
        assertThat(tab.page().evaluate("window.hostile === undefined")).isEqualTo(true);
    }
}
