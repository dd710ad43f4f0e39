package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.callboard.testing.Http;
import dev.callboard.testing.Tasks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** People say who they are, see who decided, and find it in the audit log. */
class WhoBrowserIT extends BrowserFixture {
    private static Http http() {
        return Http.at(URI.create(server.url()));
    }

    private static String waitingTask(String title) {
        Tasks tasks = new Tasks(http());
        String task = tasks.start(Map.of("title", title, "pipeline", "dev-task"));
        tasks.until(task, "awaiting_approval");
        return task;
    }

    @Test
    void aNameWithAnyLettersGoesWithADecisionAndIsShown() {
        String task = waitingTask("Decide it");
        try (Tab zoe = chromium.open(server.url() + "/tasks/" + task);
                Tab other = chromium.open(server.url() + "/tasks/" + task)) {
            zoe.find("who").click();
            zoe.find("who-name").fill("a/b");
            zoe.find("save-who").click();
            assertThat(zoe.find("who-name-error")).containsText("letters");
            zoe.find("who-name").fill("Zoë Żak");
            zoe.find("save-who").click();
            assertThat(zoe.find("you-are")).containsText("You are: Zoë Żak");
            zoe.find("manual-output").fill("It is so.");
            zoe.find("approve").click();
            assertThat(zoe.page().locator("[data-testid=timeline] [data-kind=approved]"))
                    .containsText("· you");
            assertThat(other.page().locator("[data-testid=timeline] [data-kind=approved]"))
                    .containsText("· Zoë Żak");
            zoe.page().reload();
            assertThat(zoe.find("who")).containsText("Zoë Żak");
            zoe.assertClean();
            other.assertClean();
        }
    }

    @Test
    void theNameIsAskedForWhereSomebodyDecidesAndIsNotNeeded() {
        String task = waitingTask("First decision");
        try (Tab tab = chromium.open(server.url() + "/tasks/" + task)) {
            tab.find("you-are-name").fill("Grace");
            // Leaving the field is enough, and approving leaves it.
            tab.find("approval").getByRole(AriaRole.HEADING).first().click();
            assertThat(tab.find("you-are")).containsText("You are: Grace");
            assertThat(tab.find("who")).containsText("Grace");
            tab.assertClean();
        }
    }

    @Test
    void theAuditLogIsLiveSearchedNarrowedAndExported() throws IOException {
        try (Tab tab = chromium.open(server.url() + "/")) {
            tab.page()
                    .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit"))
                    .click();
            assertThat(tab.page()).hasTitle(Pattern.compile("Audit log · Callboard"));
            // What the server found in its folders at its start is out of sight.
            assertThat(tab.page().locator("[data-testid=audit-row][data-kind='plugin.loaded']"))
                    .hasCount(0);
            http().post("/api/projects", Map.of("name", "Seen live"), "X-Callboard-Actor", "Emmy");
            Locator live = tab.find("audit-row").filter(new Locator.FilterOptions().setHasText("Seen live"));
            assertThat(live).hasCount(1);
            assertThat(live).containsText("Created project");
            http().post("/api/projects", Map.of("name", "Of somebody else"), "X-Callboard-Actor", "Hedy");
            tab.find("audit-q").fill("seen LIVE");
            assertThat(tab.find("audit-row")).hasCount(1);
            assertThat(tab.page()).hasURL(Pattern.compile("q=seen"));
            tab.find("audit-clear").click();
            tab.find("audit-actor").fill("Hedy");
            // Half typed, and something new arrives: what is typed stays.
            http().post("/api/projects", Map.of("name", "Seen while typing"), "X-Callboard-Actor", "Emmy");
            assertThat(tab.find("audit-row").filter(new Locator.FilterOptions().setHasText("Seen while typing")))
                    .hasCount(1);
            assertThat(tab.find("audit-actor")).hasValue("Hedy");
            tab.find("audit-actor").press("Enter");
            assertThat(tab.find("audit-row")).hasCount(1);
            assertThat(tab.find("audit-row")).containsText("Of somebody else");
            // Of another person: it does not appear.
            http().post("/api/projects", Map.of("name", "Seen never"), "X-Callboard-Actor", "Emmy");
            http().post("/api/projects", Map.of("name", "Seen too"), "X-Callboard-Actor", "Hedy");
            assertThat(tab.find("audit-row")).hasCount(2);
            Download csv =
                    tab.page().waitForDownload(() -> tab.find("export-csv").click());
            Assertions.assertThat(csv.suggestedFilename()).isEqualTo("callboard-audit.csv");
            Assertions.assertThat(Files.readString(csv.path()).lines())
                    .hasSize(3)
                    .anyMatch(line -> line.contains("Seen too"));
            tab.find("audit-clear").click();
            tab.find("audit-everything").click();
            Locator plugin = tab.page()
                    .locator("[data-testid=audit-row][data-kind^='pipeline.']")
                    .first();
            assertThat(plugin).containsText("Added pipeline");
            Assertions.assertThat(tab.find("audit").innerText()).doesNotContainPattern("[0-9a-f]{40}");
            tab.assertClean();
        }
    }
}
