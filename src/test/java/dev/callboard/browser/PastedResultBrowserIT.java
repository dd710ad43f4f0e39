package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.Test;

/** A research that a person pastes: what it suggests and asks, what is kept of it, and two people at once. */
class PastedResultBrowserIT extends BrowserFixture {
    private static final String PASTED =
            """
            {"research": "Found it.",
             "questions": [{"id": "q1", "question": "Which separator?", "proposed_answer": "Comma",
                            "options": ["Comma", "Semicolon"]}],
             "suggested_stages": [{"name": "Planning", "reason": "Needs a plan."}, {"name": "Nonexistent", "reason": "x"},
                                  {"name": "Implementation", "reason": "Has to change."}]}
            """;

    @Test
    void ticksReasonsAndQuestionsFollowThePastedResultAndAReloadKeepsThem() {
        String task = DevTask.start(server, "Pasted");
        try (Tab tab = open(task)) {
            assertThat(check(tab, "PR Preparation")).isChecked();
            check(tab, "Implementation").uncheck();
            paste(tab, PASTED);
            assertThat(check(tab, "Planning")).isChecked();
            assertThat(check(tab, "PR Preparation")).not().isChecked();
            assertThat(check(tab, "Implementation")).not().isChecked();
            assertThat(row(tab, "Planning").getByTestId("stage-reason")).hasValue("Needs a plan.");
            assertThat(row(tab, "Implementation").getByTestId("suggestion-updated"))
                    .isVisible();
            assertThat(tab.find("suggested-by")).hasAttribute("data-by", "result");
            assertThat(tab.find("ignored")).containsText("Nonexistent");
            assertThat(tab.find("result-questions")).containsText("Which separator?");
            tab.page()
                    .getByRole(
                            AriaRole.BUTTON, new com.microsoft.playwright.Page.GetByRoleOptions().setName("Semicolon"))
                    .click();
            assertThat(tab.accessibilityFaults()).isEmpty();

            tab.page().reload();
            assertThat(tab.find("draft")).containsText("Unsaved draft");
            assertThat(check(tab, "Planning")).isChecked();
            assertThat(check(tab, "Implementation")).not().isChecked();
            assertThat(tab.find("answer")).hasValue("Semicolon");
            tab.find("approve").click();
            tab.page()
                    .locator("[data-testid=step][data-stage=Planning][data-status=awaiting_approval]")
                    .waitFor();
            assertThat(DevTask.selected(server, task)).containsExactly("Research", "Planning");
            assertThat(DevTask.firstOutput(server, task).encode())
                    .contains("\"answer\":\"Semicolon\"", "Nonexistent", "Needs a plan.", "Has to change.");
            tab.page().locator("[data-testid=step][data-stage=Research]").click();
            assertThat(tab.find("filled-in")).containsText("Filled in by local");
            assertThat(tab.find("versions")).hasCount(0);
            tab.page().goBack();
            assertThat(tab.find("approval")).isVisible();
            tab.assertClean();
        }
    }

    @Test
    void whatIsMissingComesIntoSightWithTheFocusAndADraftCanBeDiscarded() {
        String task = DevTask.start(server, "Missing");
        try (Tab tab = open(task)) {
            tab.find("approve").click();
            Locator research =
                    tab.find("manual-form").getByRole(AriaRole.TEXTBOX).first();
            assertThat(research).isFocused();
            assertThat(research).isInViewport();
            paste(tab, PASTED.replace("\"Comma\",\n", "\"later\",\n"));
            tab.find("answer").fill(" ");
            tab.find("approve").click();
            assertThat(tab.find("answer")).isFocused();
            assertThat(tab.find("selection-summary")).hasText("1 question has no answer.");

            paste(tab, "{\"research\": half");
            tab.page().reload();
            assertThat(tab.find("manual-output")).hasValue("{\"research\": half");
            tab.find("discard-draft").click();
            assertThat(tab.find("draft")).hasCount(0);
            assertThat(check(tab, "PR Preparation")).isChecked();
            tab.page().reload();
            assertThat(tab.find("approval")).isVisible();
            assertThat(tab.find("draft")).hasCount(0);
            tab.assertClean();
        }
    }

    @Test
    void theSecondApproverSeesTheirDraftAndUsesItForARedo() {
        String task = DevTask.start(server, "Two people");
        try (Tab first = open(task);
                Tab second = open(task)) {
            paste(second, "{\"research\": \"Result of B, long and careful\", \"questions\": []}");
            paste(first, "{\"research\": \"Result of A\", \"questions\": []}");
            first.find("approve").click();
            assertThat(second.find("late-draft")).containsText("Already approved by local. Your draft was not sent.");
            second.page().navigate(server.url() + "/tasks/" + task);
            second.page().locator("[data-testid=step][data-stage=Research]").click();
            second.find("show-draft").click();
            assertThat(second.find("draft-text")).containsText("Result of B, long and careful");
            assertThat(second.find("diff")).containsText("Result of A");
            assertThat(second.accessibilityFaults()).isEmpty();
            second.find("redo-draft").click();
            assertThat(second.find("redo-note")).hasValue(java.util.regex.Pattern.compile("Result of B"));
            second.find("redo-confirm").click();
            second.page()
                    .locator("[data-testid=step][data-stage=Research][data-status=awaiting_approval]")
                    .waitFor();
            assertThat(second.find("prompt")).containsText("Result of B, long and careful");
            first.assertClean();
            second.assertClean();
        }
    }

    private static Tab open(String task) {
        Tab tab = chromium.open(
                server.url() + "/tasks/" + task,
                new Browser.NewContextOptions()
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setViewportSize(1_440, 900));
        tab.find("approval").waitFor();
        return tab;
    }

    private static void paste(Tab tab, String text) {
        tab.find("mode-text").check(new Locator.CheckOptions().setForce(true));
        tab.find("manual-output").fill(text);
    }

    private static Locator check(Tab tab, String stage) {
        return tab.page().locator("[data-testid=stage-check][data-stage='" + stage + "']");
    }

    private static Locator row(Tab tab, String stage) {
        return tab.page().locator(".choice").filter(new Locator.FilterOptions().setHas(check(tab, stage)));
    }
}
