package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A task from the uploaded file to its chunks, seen in two browsers. */
@QuietMachine
class TaskBrowserIT extends BrowserFixture {
    private static final String NEW_TASK = "/tasks/new?pipeline=auto";
    private static final double LONG = 30_000;

    @Test
    void aTaskWithAnUploadedFileFillsInLiveInTwoBrowsers() throws IOException {
        byte[] article = Files.readAllBytes(Path.of("docs", "samples", "tide-gauges.xml"));
        try (Tab here = chromium.open(server.url() + NEW_TASK);
                Tab there = chromium.open(server.url() + "/tasks")) {
            there.waitForConnection("live");
            start(here, new FilePayload("tide-gauges.xml", "text/xml", article));
            statusBecomes(here, "completed");
            assertThat(here.page().locator("[data-testid=step][data-status=completed]"))
                    .hasCount(8);
            here.page().locator("[data-testid=step][data-stage=chunk]").click();
            assertThat(here.find("output")).isVisible();
            assertThat(here.accessibilityFaults()).isEmpty();

            String id = here.page().url().replaceFirst(".*/([a-z0-9]+).*", "$1");
            there.page()
                    .locator("[data-testid=task-row][data-id='" + id + "']")
                    .waitFor(new Locator.WaitForOptions().setTimeout(1_000));
            here.assertClean();
            there.assertClean();
        }
    }

    @Test
    void aFileThatCannotBeParsedFailsWithOneSentenceNamingItsType() {
        try (Tab tab = chromium.open(server.url() + NEW_TASK)) {
            start(
                    tab,
                    new FilePayload("paper.pdf", "application/pdf", "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII)));
            statusBecomes(tab, "failed");
            assertThat(tab.page().getByText("application/pdf").first()).isVisible();
            assertThat(tab.find("retry")).isVisible();
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.assertClean();
        }
    }

    @Test
    void chunksOfSeveralFilesStandUnderTheirTitlesAndOpenTheDocumentAtTheirPlace() throws IOException {
        byte[] article = Files.readAllBytes(Path.of("docs", "samples", "tide-gauges.xml"));
        byte[] note = Files.readAllBytes(Path.of("docs", "samples", "harbour-log.txt"));
        try (Tab tab = chromium.open(server.url() + NEW_TASK)) {
            tab.find("file-input").setInputFiles(new FilePayload[] {
                new FilePayload("tide-gauges.xml", "text/xml", article),
                new FilePayload("harbour-log.txt", "text/plain", note)
            });
            assertThat(tab.find("task-title")).hasValue("tide-gauges.xml and 1 more");
            tab.find("start-task").click();
            tab.page().waitForURL(Pattern.compile(".*/tasks/[a-z0-9]{18}"));
            statusBecomes(tab, "completed");
            tab.page().locator("[data-testid=step][data-stage=chunk]").click();
            Locator first = tab.find("chunk-group").first();
            assertThat(first.locator("h4")).containsText("Two Tide Gauges, One Harbour");
            Locator introduction = first.locator("[data-testid=chunk]").nth(1);
            assertThat(introduction).containsText("Introduction");
            assertThat(introduction.locator("[data-testid=copy-chunk]")).isVisible();
            assertThat(tab.find("chunk-group")).hasCount(2);
            assertThat(tab.accessibilityFaults()).isEmpty();

            introduction.locator("[data-testid=show-in-document]").click();
            assertThat(tab.page().locator(".doc-title")).containsText("Two Tide Gauges");
            Locator marked = tab.page().locator("[data-marked]").first();
            assertThat(marked).containsText("Introduction");
            assertThat(marked).isInViewport();
            tab.page().reload();
            assertThat(marked).isInViewport(new LocatorAssertions.IsInViewportOptions().setTimeout(LONG));
            tab.page().goBack();
            assertThat(tab.find("chunk-group")).hasCount(2);
            tab.assertClean();
        }
    }

    private static void start(Tab tab, FilePayload file) {
        tab.find("file-input").setInputFiles(file);
        tab.find("task-title").fill("Read " + file.name);
        tab.find("start-task").click();
        tab.page().waitForURL(Pattern.compile(".*/tasks/[a-z0-9]{18}"));
    }

    private static void statusBecomes(Tab tab, String status) {
        assertThat(tab.find("task-status").first())
                .hasAttribute("data-status", status, new LocatorAssertions.HasAttributeOptions().setTimeout(LONG));
    }
}
