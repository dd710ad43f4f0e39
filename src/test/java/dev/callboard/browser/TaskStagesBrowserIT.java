package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that runs only the stages it needs, decided by a person in the browser, without any model. */
class TaskStagesBrowserIT {
    private static final Pattern ID = Pattern.compile("\"id\":\"([a-z0-9]{18})\"");

    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static PackagedServer server;

    @BeforeAll
    static void launch() {
        chromium = Chromium.launch();
        server = PackagedServer.start(folder);
    }

    @AfterAll
    static void quit() {
        server.close();
        chromium.close();
    }

    @Test
    void onlyTheChosenStagesRunAndASecondBrowserSeesWhoDecided() {
        try (Tab alice = chromium.open(server.url())) {
            String project = create(alice, "/api/projects", Map.of("name", "Payments"));
            String task = create(
                    alice,
                    "/api/tasks",
                    Map.of(
                            "title",
                            "Fix the export",
                            "description",
                            "Fix the export and open a pull request",
                            "project",
                            project,
                            "auto_start",
                            true));
            alice.page().navigate(server.url() + "/tasks/" + task);
            try (Tab bob = chromium.open(server.url() + "/tasks/" + task)) {
                alice.find("approval").waitFor();
                assertThat(alice.accessibilityFaults()).isEmpty();
                assertThat(check(alice, "Research")).isDisabled();
                assertThat(check(alice, "Research")).isChecked();
                assertThat(check(alice, "PR Preparation")).isChecked();
                assertThat(alice.find("suggested-by")).containsText("rules");

                check(alice, "PR Preparation").uncheck();
                assertThat(steps(alice)).hasCount(2);
                alice.find("manual-output").fill("The export writes no header.");
                alice.find("approve").click();

                step(alice, "Implementation", "awaiting_approval");
                step(bob, "Implementation", "awaiting_approval");
                assertThat(steps(bob)).hasCount(2);
                assertThat(bob.find("timeline")).containsText("local");
                assertThat(alice.find("prompt")).containsText("The export writes no header.");

                alice.find("manual-output").fill("Write the header first.");
                alice.find("approve").click();
                assertThat(alice.find("task-status").first()).hasAttribute("data-status", "completed");
                assertThat(bob.find("task-status").first())
                        .hasAttribute(
                                "data-status",
                                "completed",
                                new LocatorAssertions.HasAttributeOptions().setTimeout(1_000));
                alice.assertClean();
                bob.assertClean();
            }
        }
    }

    private static String create(Tab tab, String path, Map<String, Object> body) {
        String answer = tab.page()
                .request()
                .post(server.url() + path, RequestOptions.create().setData(body))
                .text();
        Matcher id = ID.matcher(answer);
        assertThat(id.find()).as(answer).isTrue();
        return id.group(1);
    }

    private static Locator check(Tab tab, String stage) {
        return tab.find("approval")
                .getByRole(
                        com.microsoft.playwright.options.AriaRole.CHECKBOX,
                        new Locator.GetByRoleOptions().setName(Pattern.compile("^" + stage)));
    }

    private static Locator steps(Tab tab) {
        return tab.find("step");
    }

    private static void step(Tab tab, String stage, String status) {
        Page page = tab.page();
        page.locator("[data-testid=step][data-stage='" + stage + "'][data-status=" + status + "]")
                .waitFor();
    }
}
