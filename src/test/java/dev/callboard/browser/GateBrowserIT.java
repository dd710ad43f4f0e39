package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that wait, pipelines that are edited, and what the operator sees of both. */
@QuietMachine
class GateBrowserIT {
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(1_000);

    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static PackagedServer server;

    @BeforeAll
    static void launch() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(plugins.resolve("half-a-download.jar"), "PK");
        chromium = Chromium.running();
        server = PackagedServer.start(folder, plugins);
    }

    @AfterAll
    static void quit() {
        server.close();
    }

    @Test
    void aTaskPassesItsGateWhenSomebodyWritesTheLedgerAndASecondBrowserSeesIt() {
        WaitingTasks.pipeline(server, "scans");
        String task = WaitingTasks.start(server, "March scans", "scans");
        String page = server.url() + "/tasks/" + task;
        try (Tab here = chromium.open(page);
                Tab there = chromium.open(page)) {
            assertThat(here.find("waiting")).containsText("scan_checked to equal true (it is not set)");
            assertThat(there.find("waiting")).containsText("it is not set");
            assertThat(here.find("task-status").first()).hasText("Waiting");
            assertThat(here.page().getByRole(AriaRole.PROGRESSBAR)).hasCount(0);
            assertThat(row(here, task)).containsText("scan_checked");

            write(here, "scan_checked", "\"not yet\"");
            assertThat(there.find("facts-ledger")).containsText("not yet", SOON);
            assertThat(there.find("waiting")).containsText("not yet", SOON);
            write(here, "scan_checked", "true");
            assertThat(there.find("task-status").first())
                    .hasText("Done", new LocatorAssertions.HasTextOptions().setTimeout(1_000));
            assertThat(here.find("task-status").first()).hasText("Done");
            assertThat(there.find("waiting")).hasCount(0);
            assertThat(there.find("timeline")).containsText("scan_checked");
            here.assertClean();
            there.assertClean();
        }
    }

    @Test
    void aGateOffersTheValueThatItWaitsFor() {
        WaitingTasks.pipeline(server, "ready-scans");
        String task = WaitingTasks.start(server, "April scans", "ready-scans");
        try (Tab tab = chromium.open(server.url() + "/tasks/" + task)) {
            Locator row = tab.page().locator("[data-testid=gate-row][data-key=scan_checked]");
            assertThat(row.getByTestId("gate-value")).hasValue("true");
            assertThat(tab.accessibilityFaults()).isEmpty();
            row.getByTestId("gate-set").click();
            assertThat(tab.find("task-status").first()).hasText("Done");
            tab.assertClean();
        }
    }

    private static void write(Tab tab, String key, String value) {
        tab.find("write-ledger").click();
        assertThat(tab.find("ledger-key")).isFocused();
        tab.find("ledger-key").fill(key);
        tab.find("ledger-value").fill(value);
        tab.find("save-ledger").click();
        assertThat(tab.find("ledger-dialog")).hasCount(0);
    }

    @Test
    void aTaskThatAPolicyHoldsBackSaysSoAndTheOthersOfThePolicySeeIt() {
        WaitingTasks.limitedPipeline(server, "seldom-scans");
        String first = WaitingTasks.start(server, "First", "seldom-scans");
        try (Tab here = chromium.open(server.url() + "/tasks/" + first);
                Tab there = chromium.open(server.url() + "/tasks/" + first)) {
            assertThat(here.find("policy")).containsText("seldom");
            assertThat(here.find("policy")).not().containsText("1 waiting");
            here.find("waiting").waitFor();
            String second = WaitingTasks.start(server, "Second", "seldom-scans");
            assertThat(here.find("policy")).containsText("1 waiting", SOON);
            there.page().navigate(server.url() + "/tasks/" + second);
            assertThat(there.find("waiting")).hasAttribute("data-kind", "rate_limit");
            there.find("cancel").click();
            there.find("confirm-cancel").click();
            assertThat(there.find("task-status").first()).hasText("Cancelled");
            assertThat(there.find("waiting")).hasCount(0);
            assertThat(here.find("policy")).not().containsText("1 waiting");
            here.assertClean();
            there.assertClean();
        }
    }

    @Test
    void aPipelineIsEditedWithItsErrorsShownAndItsVersionsKept() {
        WaitingTasks.pipeline(server, "letters");
        String page = server.url() + "/pipelines/letters";
        try (Tab here = chromium.open(page);
                Tab there = chromium.open(page)) {
            here.serverRefuses();
            assertThat(there.find("version")).hasCount(1);
            here.find("edit-pipeline").click();
            Locator text = here.find("pipeline-yaml");
            String before = text.inputValue();
            assertThat(before).startsWith("# Waits until somebody");
            text.fill(before.replace("gate: ready", "gaet: ready"));
            here.find("save-pipeline").click();
            assertThat(here.find("pipeline-errors")).containsText("/stages/0/gaet");
            assertThat(here.find("pipeline-errors")).isFocused();
            assertThat(here.accessibilityFaults()).isEmpty();

            here.page().keyboard().press("Escape");
            assertThat(here.find("pipeline-editor")).hasCount(0);
            here.find("edit-pipeline").click();
            assertThat(text).hasValue(before.replace("gate: ready", "gaet: ready"));
            text.fill(before.replace("1.0.0", "1.1.0"));
            here.find("save-pipeline").click();
            assertThat(here.find("version")).hasCount(2);
            assertThat(here.find("version").first()).containsText("1.1.0");

            there.page().evaluate("window.dispatchEvent(new Event('focus'))");
            assertThat(there.find("version")).hasCount(2);
            here.find("edit-pipeline").click();
            assertThat(text).hasValue(before.replace("1.0.0", "1.1.0"));
            here.assertClean();
            there.assertClean();
        }
    }

    @Test
    void theAuditLogSaysWhoDidIt() {
        WaitingTasks.pipeline(server, "audited");
        try (Tab tab = chromium.open(server.url() + "/audit")) {
            tab.find("audit-group").selectOption("pipeline");
            Locator added = tab.find("audit-row").filter(new Locator.FilterOptions().setHasText("audited"));
            assertThat(added).hasAttribute("data-kind", "pipeline.added");
            assertThat(added).containsText("editor-1");
            added.getByRole(AriaRole.LINK).click();
            assertThat(tab.find("resolved-stage")).containsText("scan_checked");
            tab.assertClean();
        }
    }

    @Test
    void aRefusedJarIsListedWithTheReason() {
        try (Tab tab = chromium.open(server.url() + "/plugins")) {
            Locator row = tab.page().locator("[data-testid=plugin][data-file='half-a-download.jar']");
            assertThat(row).containsText("refused");
            assertThat(row).containsText("It is not a readable jar");
            tab.assertClean();
        }
    }

    private static Locator row(Tab tab, String task) {
        return tab.page().locator("[data-testid=task-row][data-id='" + task + "']");
    }
}
