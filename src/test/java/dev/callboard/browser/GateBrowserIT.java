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
        chromium = Chromium.launch();
        server = PackagedServer.start(folder, plugins);
    }

    @AfterAll
    static void quit() {
        server.close();
        chromium.close();
    }

    @Test
    void aTaskPassesItsGateWhenSomebodyWritesTheLedgerAndASecondBrowserSeesIt() {
        WaitingTasks.pipeline(server, "scans");
        String task = WaitingTasks.start(server, "March scans", "scans");
        String page = server.url() + "/tasks/" + task;
        try (Tab alice = chromium.open(page);
                Tab bob = chromium.open(page)) {
            assertThat(alice.find("waiting")).containsText("scan_checked to equal true (it is not set)");
            assertThat(bob.find("waiting")).containsText("it is not set");
            assertThat(alice.find("task-status").first()).hasText("Waiting");
            assertThat(alice.page().getByRole(AriaRole.PROGRESSBAR)).hasCount(0);
            assertThat(row(alice, task)).containsText("scan_checked");

            write(alice, "scan_checked", "\"not yet\"");
            assertThat(bob.find("facts-ledger")).containsText("not yet", SOON);
            assertThat(bob.find("waiting")).containsText("not yet", SOON);
            write(alice, "scan_checked", "true");
            assertThat(bob.find("task-status").first())
                    .hasText("Done", new LocatorAssertions.HasTextOptions().setTimeout(1_000));
            assertThat(alice.find("task-status").first()).hasText("Done");
            assertThat(bob.find("waiting")).hasCount(0);
            assertThat(bob.find("timeline")).containsText("scan_checked");
            alice.assertClean();
            bob.assertClean();
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
        try (Tab alice = chromium.open(server.url() + "/tasks/" + first);
                Tab bob = chromium.open(server.url() + "/tasks/" + first)) {
            assertThat(alice.find("policy")).containsText("seldom");
            assertThat(alice.find("policy")).not().containsText("1 waits");
            alice.find("waiting").waitFor();
            String second = WaitingTasks.start(server, "Second", "seldom-scans");
            assertThat(alice.find("policy")).containsText("1 waits", SOON);
            bob.page().navigate(server.url() + "/tasks/" + second);
            assertThat(bob.find("waiting")).hasAttribute("data-kind", "rate_limit");
            bob.find("cancel").click();
            bob.find("confirm-cancel").click();
            assertThat(bob.find("task-status").first()).hasText("Cancelled");
            assertThat(bob.find("waiting")).hasCount(0);
            assertThat(alice.find("policy")).not().containsText("1 waits");
            alice.assertClean();
            bob.assertClean();
        }
    }

    @Test
    void aPipelineIsEditedWithItsErrorsShownAndItsVersionsKept() {
        WaitingTasks.pipeline(server, "letters");
        String page = server.url() + "/pipelines/letters";
        try (Tab alice = chromium.open(page);
                Tab bob = chromium.open(page)) {
            alice.serverRefuses();
            assertThat(bob.find("version")).hasCount(1);
            alice.find("edit-pipeline").click();
            Locator text = alice.find("pipeline-yaml");
            String before = text.inputValue();
            assertThat(before).startsWith("# Waits until somebody");
            text.fill(before.replace("gate: ready", "gaet: ready"));
            alice.find("save-pipeline").click();
            assertThat(alice.find("pipeline-errors")).containsText("/stages/0/gaet");
            assertThat(alice.find("pipeline-errors")).isFocused();
            assertThat(alice.accessibilityFaults()).isEmpty();

            alice.page().keyboard().press("Escape");
            assertThat(alice.find("pipeline-editor")).hasCount(0);
            alice.find("edit-pipeline").click();
            assertThat(text).hasValue(before.replace("gate: ready", "gaet: ready"));
            text.fill(before.replace("1.0.0", "1.1.0"));
            alice.find("save-pipeline").click();
            assertThat(alice.find("version")).hasCount(2);
            assertThat(alice.find("version").first()).containsText("1.1.0");

            bob.page().evaluate("window.dispatchEvent(new Event('focus'))");
            assertThat(bob.find("version")).hasCount(2);
            alice.find("edit-pipeline").click();
            assertThat(text).hasValue(before.replace("1.0.0", "1.1.0"));
            alice.assertClean();
            bob.assertClean();
        }
    }

    @Test
    void theAuditLogSaysWhoDidIt() {
        WaitingTasks.pipeline(server, "audited");
        try (Tab tab = chromium.open(server.url() + "/audit")) {
            tab.find("audit-group").selectOption("pipeline");
            Locator added = tab.find("audit-row").filter(new Locator.FilterOptions().setHasText("audited"));
            assertThat(added).hasAttribute("data-kind", "pipeline.added");
            assertThat(added).containsText("mara");
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
