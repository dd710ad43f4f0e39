package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines, projects and plugins that change while somebody looks at them. Nobody touches the windows. */
@QuietMachine
class LiveListsBrowserIT {
    /** A look at the folder, twice a second, and the way to the page. */
    private static final double SOON_MS = 2_000;

    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static PackagedServer server;
    private static Path plugins;

    @BeforeAll
    static void launch() throws IOException {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        chromium = Chromium.running();
        server = PackagedServer.start(folder.resolve("run"), plugins);
    }

    @AfterAll
    static void quit() {
        server.close();
    }

    private static Path file(String name) {
        return server.stagesFile().resolveSibling("pipelines").resolve(name + ".yaml");
    }

    private static String text(String... stages) {
        StringBuilder text = new StringBuilder("name: live\nstages:\n");
        for (String stage : stages) {
            text.append("  - {name: ").append(stage).append(", type: planning}\n");
        }
        return text.toString();
    }

    private static LocatorAssertions.HasCountOptions soonCount() {
        return new LocatorAssertions.HasCountOptions().setTimeout(SOON_MS);
    }

    private static Locator inOutline(Tab tab, String pipeline) {
        return tab.page()
                .locator("cb-outline article", new com.microsoft.playwright.Page.LocatorOptions().setHasText(pipeline));
    }

    @Test
    void aPipelineThatChangesOnDiskOrByAnotherClientShowsInEveryPage() throws IOException {
        Files.createDirectories(file("live").getParent());
        try (Tab outline = chromium.open(server.url() + "/?view=pipelines");
                Tab page = chromium.open(server.url() + "/pipelines/live")) {
            page.serverRefuses();
            outline.waitForConnection("live");
            page.waitForConnection("live");
            assertThat(inOutline(outline, "live")).hasCount(0);

            Files.writeString(file("live"), text("first"));
            assertThat(inOutline(outline, "live")).hasCount(1, soonCount());
            assertThat(page.find("resolved-stage")).hasCount(1, soonCount());

            server.send("PUT", "/api/pipelines/live", "application/yaml", text("first", "second"));
            assertThat(page.find("resolved-stage")).hasCount(2, soonCount());
            assertThat(page.find("version")).hasCount(2, soonCount());
            assertThat(inOutline(outline, "live").locator("li")).hasCount(2, soonCount());

            Files.delete(file("live"));
            assertThat(inOutline(outline, "live")).hasCount(0, soonCount());
            outline.assertClean();
        }
    }

    @Test
    void aProjectOfAnotherClientAndItsNewStageShow() {
        try (Tab list = chromium.open(server.url() + "/projects")) {
            list.waitForConnection("live");
            String made = server.send("POST", "/api/projects", "application/json", "{\"name\": \"Payments\"}");
            String id = made.replaceFirst(".*?\"id\":\"([a-z0-9]+)\".*", "$1");
            Locator row = list.page().locator("[data-testid=project-row][data-id='" + id + "']");
            assertThat(row).hasCount(1, soonCount());
            try (Tab page = chromium.open(server.url() + "/projects/" + id)) {
                page.waitForConnection("live");
                assertThat(page.find("template-row").first()).isVisible();
                int before = page.find("template-row").count();
                server.send(
                        "POST",
                        "/api/projects/" + id + "/stage-templates",
                        "application/json",
                        "{\"name\": \"Check\", \"type\": \"planning\"}");
                assertThat(page.find("template-row")).hasCount(before + 1, soonCount());
                page.assertClean();
            }
            list.assertClean();
        }
    }

    /** A jar that is refused leaves the palette as it is. */
    @Test
    void aRefusedJarShowsToo() throws IOException {
        try (Tab tab = chromium.open(server.url() + "/plugins")) {
            tab.waitForConnection("live");
            assertThat(tab.find("plugin")).hasCount(0);
            Files.writeString(plugins.resolve("broken.jar"), "no jar at all");
            // A jar counts once it has been as it is for a while.
            assertThat(tab.find("plugin")).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(10_000));
            Files.delete(plugins.resolve("broken.jar"));
            assertThat(tab.find("plugin")).hasCount(0, soonCount());
            tab.assertClean();
        }
    }
}
