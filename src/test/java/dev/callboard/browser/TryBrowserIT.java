package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A stage is tried in its dialog before it is saved. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs sh")
class TryBrowserIT {
    @TempDir
    static Path folder;

    static Chromium chromium;
    static PackagedServer server;

    @BeforeAll
    static void launch() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/callboard.yaml"), "command:\n  enabled: true\n  programs: [sh, printf]\n");
        chromium = Chromium.running();
        server = PackagedServer.start(folder);
    }

    @AfterAll
    static void quit() {
        server.close();
    }

    @Test
    void aDefinitionThatIsNotSavedRunsOnSampleInput() {
        try (Tab tab = chromium.open(server.url() + "/")) {
            tab.serverRefuses();
            tab.waitForConnection("live");
            tab.find("new-stage").first().click();
            tab.find("field-name").fill("Greeter");
            assertThat(tab.find("try-unavailable")).containsText("A person does this stage");
            tab.find("field-executor").selectOption("command");
            tab.find("config-command")
                    .fill("sh\n-c\necho hello >&2; printf '%s %s' \"$1\" \"$2\"\nsh\n{{input.who}}\n{{settings.tone}}");
            tab.find("add-setting").click();
            tab.find("setting-key").fill("tone");
            tab.find("try-json").check();
            tab.find("try-input").fill("{\"who\": ");
            tab.find("try-run").click();
            assertThat(tab.find("try-input-error")).hasText("This is not valid JSON.");
            assertThat(tab.find("try-input")).isFocused();
            tab.find("try-input").fill("{\"who\": \"<b>Ada</b>\"}");
            tab.page().locator("#try-setting-tone").fill("{{task.id}}");
            tab.page().keyboard().press("Enter");
            assertThat(tab.find("try-status")).containsText("Completed in");
            assertThat(tab.find("try-output").locator(".raw")).hasText("<b>Ada</b> {{task.id}}");
            assertThat(tab.find("try-log")).containsText("hello");
            assertThat(tab.find("stage-dialog")).isVisible();
            assertThat(tab.accessibilityFaults()).isEmpty();

            // What storing would refuse is shown where it stands, and nothing has run.
            tab.find("config-command").fill("sh\n{{settings.tine}}");
            tab.find("try-run").click();
            assertThat(tab.page().locator("#config-command-error")).containsText("tine");
            assertThat(tab.find("try-result")).hasCount(0);

            // What fails says why, with what it wrote.
            tab.find("config-command").fill("sh\n-c\necho broken >&2; exit 7");
            tab.find("try-run").click();
            assertThat(tab.find("try-error")).containsText("exit code 7");
            assertThat(tab.find("try-status")).containsText("Failed after");
            tab.assertClean();
        }
    }

    @Test
    void whatRunsCanBeStoppedAndTheSampleIsKept() {
        try (Tab tab = chromium.open(server.url() + "/")) {
            tab.waitForConnection("live");
            tab.find("new-stage").first().click();
            tab.find("field-name").fill("Sleeper");
            tab.find("field-executor").selectOption("command");
            tab.find("config-command").fill("sh\n-c\nsleep 600");
            tab.find("try-input").fill("kept");
            tab.page().keyboard().press("Control+Enter");
            assertThat(tab.find("try-status")).containsText("Running for");
            tab.find("try-cancel").click();
            assertThat(tab.find("try-run")).isFocused();
            assertThat(tab.find("try-status")).hasText("");
            tab.page().keyboard().press("Escape");
            assertThat(tab.find("stage-dialog")).hasCount(0);
            tab.find("new-stage").first().click();
            assertThat(tab.find("try-input")).hasValue("kept");
            tab.assertClean();
        }
    }

    @Test
    void itFitsASmallDarkScreen() {
        try (Tab tab = chromium.open(server.url() + "/")) {
            tab.page().setViewportSize(390, 780);
            tab.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            tab.waitForConnection("live");
            tab.find("new-stage").first().click();
            tab.find("field-name").fill("Small");
            tab.find("field-executor").selectOption("command");
            tab.find("config-command").fill("printf\n%s\n--\n{{input}}");
            tab.find("try-input").fill("word ".repeat(200));
            tab.find("try-run").click();
            assertThat(tab.find("try-status")).containsText("Completed in");
            Object over = tab.page()
                    .evaluate("(() => { const body = document.querySelector('.stage-dialog .dialog-body');"
                            + " return body.scrollWidth - body.clientWidth; })()");
            assertThat(over).isEqualTo(0);
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.assertClean();
        }
    }
}
