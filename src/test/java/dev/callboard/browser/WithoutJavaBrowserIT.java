package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.FilePayload;
import dev.callboard.testing.TeamService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A team without Java, in the page alone: the token of their web service goes into the store, a stage that calls it is
 * defined, tried, and put between two stages of the documents plugin; a paper goes through, and the result is delivered to
 * them, signed.
 */
class WithoutJavaBrowserIT {
    private static final String PAPER =
            """
            Tide gauges and wind

            Wind pushes water against the coast, and a gauge in the harbour reads more than the moon asks for. We compared
            twelve gauges over one winter, each against the wind that was measured beside it.

            The surge follows the wind by three hours. Gauges behind a breakwater follow it by five.
            """;

    private static final String ADDED =
            """

              - name: retitle
                type: retitle
                depends_on: [parse]
                config: {service: "%s", token: "secret:service"}
            sinks:
              - name: team
                type: webhook
                config: {url: "%s", secret: "secret:results"}
            """;

    @TempDir
    static Path folder;

    static Chromium chromium;
    static TeamService team;
    static PackagedServer server;

    @BeforeAll
    static void launch() throws IOException {
        team = new TeamService();
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/callboard.yaml"), "network: {allow: ['" + team.address() + "']}\n");
        chromium = Chromium.running();
        server = PackagedServer.start(folder);
    }

    @AfterAll
    static void quit() {
        server.close();
        team.close();
    }

    @Test
    void aPaperGoesThroughAStageOfTheirOwnAndTheResultIsDelivered() throws Exception {
        try (Tab tab = chromium.open(server.url() + "/")) {
            tab.waitForConnection("live");
            Seen seen = Seen.by(tab);
            storeSecret(tab, "service", TeamService.TOKEN);
            storeSecret(tab, "results", TeamService.SIGNED_WITH);
            seen.look();
            defineTheStage(tab);
            tryIt(tab);
            seen.look();
            tab.find("save-stage").click();
            assertThat(tab.find("stage-detail")).hasAttribute("data-id", "retitle");
            seen.look();
            makeThePipeline(tab);
            seen.look();
            sendThePaper(tab);

            Locator delivery = tab.page().locator("[data-testid=delivery][data-sink=team]");
            assertThat(delivery).hasAttribute("data-status", "delivered");
            JsonNode delivered = team.delivered();
            assertThat(tab.page())
                    .hasURL(Pattern.compile("/tasks/" + delivered.at("/task/id").asText()));
            assertThat(delivered.toString()).contains("Wind pushes water");
            tab.page().locator("[data-testid=step][data-stage=retitle]").click();
            assertThat(tab.page().locator("main")).containsText("Checked: Tide gauges and wind");
            seen.look();
            go(tab, "/audit");
            assertThat(tab.page().locator("main")).containsText("papers");
            seen.look();

            assertThat(seen.all()).anyMatch(each -> each.contains("Checked: Tide gauges and wind"));
            assertThat(seen.all()).anyMatch(each -> each.contains("secret:service"));
            assertThat(seen.all())
                    .noneMatch(each -> each.contains(TeamService.TOKEN) || each.contains(TeamService.SIGNED_WITH));
            tab.assertClean();
        }
    }

    private static void go(Tab tab, String path) {
        tab.page().locator("nav a[href='" + path + "']").first().click();
    }

    private static void storeSecret(Tab tab, String name, String value) {
        go(tab, "/secrets");
        tab.find("new-secret").click();
        tab.find("secret-name").fill(name);
        tab.find("secret-value").fill(value);
        tab.find("save-secret").click();
        assertThat(tab.page().locator("[data-testid=secret][data-name=" + name + "]"))
                .isVisible();
    }

    private static void defineTheStage(Tab tab) {
        go(tab, "/");
        tab.find("new-stage").first().click();
        tab.find("field-name").fill("Retitle");
        for (String side : new String[] {"inputs", "outputs"}) {
            tab.find(side + "-type").fill("document");
        }
        tab.find("field-executor").selectOption("http");
        tab.find("config-method").selectOption("POST");
        tab.find("config-url").fill("{{settings.service}}/retitle");
        tab.find("config-headers").fill("{\"Authorization\": \"Bearer {{settings.token}}\"}");
        tab.find("config-body").fill("{\"json\": {\"document\": \"{{input}}\"}}");
        tab.find("config-response").fill("body.document");
        tab.find("add-setting").click();
        tab.find("setting-key").first().fill("service");
        tab.find("add-setting").click();
        tab.find("setting-key").last().fill("token");
        tab.find("setting-type").last().selectOption("secret");
    }

    private static void tryIt(Tab tab) {
        tab.find("try-json").check();
        tab.find("try-input").fill("{\"title\": \"Sample\"}");
        tab.page().locator("#try-setting-service").fill(team.url(""));
        assertThat(tab.page().locator("#try-setting-secrets option[value='secret:service']"))
                .hasCount(1);
        tab.page().locator("#try-setting-token").fill("secret:service");
        tab.find("try-run").click();
        assertThat(tab.find("try-status")).containsText("Completed in");
        assertThat(tab.find("try-output")).containsText("Checked: Sample");
    }

    /** A copy of auto, to the chunks: their stage after parse, and their webhook, which gets the result. */
    private static void makeThePipeline(Tab tab) {
        go(tab, "/");
        tab.page()
                .locator("[data-testid=pipeline][data-name=auto] [data-testid=pipeline-link]")
                .click();
        tab.find("copy-pipeline").click();
        tab.find("pipeline-name").fill("papers");
        tab.find("make-pipeline").click();
        assertThat(tab.page()).hasURL(Pattern.compile("/pipelines/papers$"));
        tab.find("edit-pipeline").click();
        Locator text = tab.find("pipeline-yaml");
        assertThat(text).hasValue(Pattern.compile("name: \"papers\""));
        String yaml = text.inputValue();
        String toChunks = yaml.substring(0, yaml.indexOf("  - name: embed"));
        text.fill(toChunks.replace("depends_on: [parse]", "depends_on: [retitle]")
                + ADDED.formatted(team.url(""), team.url("/results")));
        tab.find("save-pipeline").click();
        assertThat(tab.find("pipeline-editor")).hasCount(0);
    }

    private static void sendThePaper(Tab tab) {
        tab.page().locator("a[href='/tasks/new?pipeline=papers']").first().click();
        tab.find("file-input")
                .setInputFiles(new FilePayload("gauges.txt", "text/plain", PAPER.getBytes(StandardCharsets.UTF_8)));
        tab.find("start-task").click();
    }

    /** What the browser was given, what the pages showed, and what they kept. */
    private static final class Seen {
        private final Tab tab;
        private final List<Response> answers = new CopyOnWriteArrayList<>();
        private final List<String> texts = new CopyOnWriteArrayList<>();

        private Seen(Tab tab) {
            this.tab = tab;
        }

        /** Begins with the page anew, so that it sees its socket too. */
        static Seen by(Tab tab) {
            Seen seen = new Seen(tab);
            tab.page().onResponse(seen.answers::add);
            tab.page().onWebSocket(socket -> socket.onFrameReceived(frame -> seen.texts.add(frame.text())));
            tab.page().reload();
            tab.waitForConnection("live");
            // The bodies of what came before went with the page; no secret was stored then.
            seen.answers.clear();
            return seen;
        }

        /** At what is shown and kept now. */
        void look() {
            texts.add((String) tab.page()
                    .evaluate("document.documentElement.outerHTML + document.body.innerText"
                            + " + JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})"));
        }

        /** With the bodies of all answers. */
        List<String> all() {
            return Stream.concat(
                            texts.stream(),
                            answers.stream()
                                    .filter(answer -> answer.url().contains("/api/"))
                                    .map(Response::text))
                    .toList();
        }
    }
}
