package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.RequestOptions;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A task that runs only the stages it needs, decided by a person in the browser, without any model. */
@QuietMachine
class TaskStagesBrowserIT extends BrowserFixture {
    private static final Pattern ID = Pattern.compile("\"id\":\"([a-z0-9]{18})\"");

    @Test
    void onlyTheChosenStagesRunAndASecondBrowserSeesWhoDecided() {
        try (Tab here = chromium.open(server.url())) {
            String project = create(here, "/api/projects", Map.of("name", "Payments"));
            String task = create(
                    here,
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
            here.page().navigate(server.url() + "/tasks/" + task);
            try (Tab there = chromium.open(server.url() + "/tasks/" + task)) {
                here.find("approval").waitFor();
                assertThat(here.accessibilityFaults()).isEmpty();
                assertThat(check(here, "Research")).isDisabled();
                assertThat(check(here, "Research")).isChecked();
                assertThat(check(here, "PR Preparation")).isChecked();
                assertThat(here.find("suggested-by")).containsText("rules");

                check(here, "PR Preparation").uncheck();
                assertThat(steps(here)).hasCount(2);
                here.find("manual-output").fill("The export writes no header.");
                here.find("approve").click();

                step(here, "Implementation", "awaiting_approval");
                step(there, "Implementation", "awaiting_approval");
                assertThat(steps(there)).hasCount(2);
                assertThat(there.find("timeline")).containsText("local");
                assertThat(here.find("prompt")).containsText("The export writes no header.");

                here.find("manual-output").fill("Write the header first.");
                here.find("approve").click();
                assertThat(here.find("task-status").first()).hasAttribute("data-status", "completed");
                assertThat(there.find("task-status").first())
                        .hasAttribute(
                                "data-status",
                                "completed",
                                new LocatorAssertions.HasAttributeOptions().setTimeout(1_000));
                here.assertClean();
                there.assertClean();
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
