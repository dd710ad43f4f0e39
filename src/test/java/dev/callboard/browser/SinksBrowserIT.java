package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.callboard.testing.Http;
import dev.callboard.testing.Reply;
import dev.callboard.testing.WebStub;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a task shows where its result went, and sends it again. */
class SinksBrowserIT {
    @TempDir
    static Path folder;

    static Chromium chromium;
    static WebStub receiver;
    static PackagedServer server;

    @BeforeAll
    static void launch() throws IOException {
        receiver = new WebStub();
        Path outbox = Files.createDirectory(folder.resolve("outbox")).toRealPath();
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/callboard.yaml"),
                "network: {allow: ['127.0.0.1:" + receiver.port() + "']}\nsinks: {file_roots: ['" + outbox + "']}\n");
        chromium = Chromium.running();
        server = PackagedServer.start(folder);
    }

    @AfterAll
    static void quit() {
        server.close();
        receiver.close();
    }

    @Test
    void deliveriesAreListedLiveAndSentAgain() throws IOException {
        receiver.answer("/in", each -> WebStub.reply(each, 410, "text/plain", "x"));
        Http http = Http.at(URI.create(server.url()));
        http.put("/api/secrets/hook", Map.of("value", "hook-secret-1"));
        Path outbox = folder.resolve("outbox").toRealPath();
        Reply stored = http.put(
                "/api/pipelines/sent",
                Map.of(
                        "name",
                        "sent",
                        "stages",
                        List.of(Map.of("name", "Only", "type", "implementation")),
                        "sinks",
                        List.of(
                                Map.of("name", "kept", "type", "result"),
                                Map.of(
                                        "name",
                                        "archive",
                                        "type",
                                        "file",
                                        "config",
                                        Map.of("path", outbox.toString(), "name", "{{task.title}}.txt")),
                                Map.of(
                                        "name",
                                        "crm",
                                        "type",
                                        "webhook",
                                        "config",
                                        Map.of("url", receiver.url("/in"), "secret", "secret:hook")))));
        assertThat(stored.status()).as(stored.toString()).isIn(200, 201);
        String task = http.post("/api/tasks", Map.of("title", "Letter", "pipeline", "sent", "auto_start", true))
                .json()
                .path("id")
                .asText();
        Awaitility.await().until(() -> http.get("/api/tasks/" + task)
                .json()
                .path("status")
                .asText()
                .equals("awaiting_approval"));

        try (Tab tab = chromium.open(server.url() + "/tasks/" + task)) {
            tab.waitForConnection("live");
            assertThat(tab.find("deliveries")).hasCount(0);

            // The page hears of the approval, which somebody else gave, and then of what became of the deliveries.
            http.post("/api/tasks/" + task + "/approve", Map.of("decision", Map.of("output", "Dear all")));
            Locator crm = delivery(tab, "crm");
            assertThat(crm).hasAttribute("data-status", "failed");
            assertThat(crm).containsText("The server answered 410.");
            assertThat(crm).containsText(receiver.url("/in"));
            assertThat(delivery(tab, "archive")).hasAttribute("data-status", "delivered");
            assertThat(delivery(tab, "archive")).containsText("Letter.txt");
            assertThat(delivery(tab, "kept")).containsText("Saved with the task");
            assertThat(delivery(tab, "kept").getByTestId("deliver-again")).hasCount(0);
            assertThat(outbox.resolve("Letter.txt")).hasContent("Dear all");
            assertThat(tab.accessibilityFaults()).isEmpty();

            receiver.answer("/in", each -> WebStub.reply(each, 200, "text/plain", "x"));
            crm.getByTestId("deliver-again").press("Enter");
            assertThat(crm).hasAttribute("data-status", "delivered");
            assertThat(crm).containsText("2 attempts");

            tab.page().setViewportSize(390, 780);
            tab.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(tab.page().evaluate("document.documentElement.scrollWidth - innerWidth"))
                    .isEqualTo(0);
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.assertClean();
        }
    }

    @Test
    void thePaletteSaysHowASinkIsUsed() {
        try (Tab tab = chromium.open(server.url() + "/?stage=file")) {
            assertThat(tab.find("stage-detail")).containsText("Used under “sinks” in the file of a pipeline");
            assertThat(tab.find("stage-detail")).not().containsText("Ready to run");
            assertThat(tab.find("end-example"))
                    .hasText("sinks:\n  - {name: file, type: file, config: {path: …, name: …}}");
            tab.row("webhook").click();
            assertThat(tab.find("end-example")).containsText("secret: \"secret:NAME\"");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.assertClean();
        }
    }

    private static Locator delivery(Tab tab, String sink) {
        return tab.page().locator("[data-testid=delivery][data-sink=" + sink + "]");
    }
}
