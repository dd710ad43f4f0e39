package dev.callboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every screen by the axe rules, in both themes, on a desk and on a phone. */
class AccessibilityBrowserIT extends BrowserFixture {
    private static String waiting = "";
    private static String heldBack = "";

    @BeforeAll
    static void makeTasks() {
        WaitingTasks.limitedPipeline(server, "seldom");
        waiting = WaitingTasks.start(server, "Waits for its ledger", "seldom");
        heldBack = WaitingTasks.start(server, "Is held back", "seldom");
    }

    @ParameterizedTest(name = "{0} {1} at {2} px")
    @CsvSource({
        "/, LIGHT, 1440",
        "/, DARK, 1440",
        "/, LIGHT, 390",
        "/, DARK, 390",
        "/tasks, LIGHT, 1440",
        "/tasks, DARK, 390",
        "/tasks/new, LIGHT, 1440",
        "/tasks/new, DARK, 390",
        "/search, LIGHT, 1440",
        "/search, DARK, 390",
        "/documents, LIGHT, 390",
        "/documents, DARK, 1440",
        "/graph, LIGHT, 1440",
        "/graph, DARK, 390",
        "/plugins, LIGHT, 1440",
        "/plugins, DARK, 390",
        "/pipelines/auto, LIGHT, 1440",
        "/pipelines/auto, DARK, 1440",
        "/pipelines/auto, LIGHT, 390",
        "/pipelines/auto, DARK, 390",
        "/audit, LIGHT, 1440",
        "/audit, DARK, 1440",
        "/audit, LIGHT, 390",
        "/audit, DARK, 390"
    })
    void aScreenHasNoFaults(String path, ColorScheme scheme, int width) {
        try (Tab tab = open(path, scheme, width)) {
            tab.waitForConnection("live");
            tab.page().waitForLoadState(LoadState.NETWORKIDLE);
            assertThat(tab.accessibilityFaults()).isEmpty();
            assertThat(tab.page().evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as("nothing hangs over the edge")
                    .isEqualTo(true);
            tab.assertClean();
        }
    }

    @ParameterizedTest(name = "{0} at {1} px")
    @CsvSource({"LIGHT, 1440", "DARK, 1440", "LIGHT, 390", "DARK, 390"})
    void anEntryAndTheDialogHaveNoFaults(ColorScheme scheme, int width) {
        try (Tab tab = open("/", scheme, width)) {
            tab.waitForConnection("live");
            tab.find("palette-search").fill("parse");
            tab.row("parse").click();
            tab.find("stage-detail").waitFor();
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.page().goBack();
            tab.find("new-stage").click();
            tab.find("stage-dialog").waitFor();
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.assertClean();
        }
    }

    @ParameterizedTest(name = "{0} at {1} px")
    @CsvSource({"LIGHT, 1440", "DARK, 1440", "LIGHT, 390", "DARK, 390"})
    void aWaitingTaskAndItsDialogHaveNoFaults(ColorScheme scheme, int width) {
        try (Tab tab = open("/tasks/" + heldBack, scheme, width)) {
            tab.waitForConnection("live");
            tab.find("waiting").waitFor();
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.page().navigate(server.url() + "/tasks/" + waiting);
            tab.waitForConnection("live");
            tab.find("write-ledger").click();
            tab.find("save-ledger").click();
            tab.find("ledger-key-error").waitFor();
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.assertClean();
        }
    }

    private static Tab open(String path, ColorScheme scheme, int width) {
        return chromium.open(
                server.url() + path,
                new Browser.NewContextOptions()
                        .setColorScheme(scheme)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setViewportSize(width, width < 800 ? 844 : 900));
    }
}
