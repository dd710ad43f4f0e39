package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import dev.callboard.json.Json;
import dev.callboard.testing.Http;
import dev.callboard.testing.ManyTasks;
import dev.callboard.testing.Stages;
import dev.callboard.testing.Tasks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A board of 2,000 tasks and a log of 10,000 lines: what is looked for is found, wherever it is. */
class BoardBrowserIT {
    private static final double SOON_MS = 30_000;

    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static PackagedServer server;
    private static Tasks tasks;
    private static String waiting;
    private static String failed;

    @BeforeAll
    static void launch() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config").resolve("callboard.yaml"), "command:\n  enabled: true\n  programs: [sh]\n");
        chromium = Chromium.running();
        server = PackagedServer.start(folder);
        Http http = Http.at(URI.create(server.url()));
        tasks = new Tasks(http);
        stage("talks", "i=0; while [ $i -lt 9000 ]; do echo line $i; i=$((i+1)); done; echo done");
        stage("breaks", "exit 3");
        waiting = tasks.start(Map.of("title", "Renew the licence", "pipeline", "dev-task"));
        tasks.until(waiting, "awaiting_approval");
        failed = tasks.start(Map.of("title", "It breaks", "pipeline", "breaks"));
        tasks.until(failed, "failed");
        ManyTasks.create(http, 2_000, "dev-task");
    }

    @AfterAll
    static void quit() {
        server.close();
    }

    private static void stage(String id, String script) {
        Map<String, Object> definition = Stages.of(id, "command", Map.of("command", List.of("sh", "-c", script)));
        server.send("POST", "/api/vp/stages", "application/json", Json.write(definition));
        server.send(
                "PUT",
                "/api/pipelines/" + id,
                "application/yaml",
                "name: " + id + "\nstages:\n  - {name: only, type: " + id + "}\n");
    }

    private static LocatorAssertions.HasCountOptions soon() {
        return new LocatorAssertions.HasCountOptions().setTimeout(SOON_MS);
    }

    private static PageAssertions.HasURLOptions soonUrl() {
        return new PageAssertions.HasURLOptions().setTimeout(SOON_MS);
    }

    private static PageAssertions.HasTitleOptions soonTitle() {
        return new PageAssertions.HasTitleOptions().setTimeout(SOON_MS);
    }

    private static Locator row(Tab tab, String id) {
        return tab.page().locator("[data-testid=task-row][data-id='" + id + "']");
    }

    @Test
    void whatWaitsIsFirstAndCountedAndTheOldestIsFound() {
        try (Tab tab = chromium.open(server.url() + "/tasks")) {
            assertThat(row(tab, waiting)).hasCount(1, soon());
            assertThat(tab.find("task-row").first()).hasAttribute("data-id", waiting);
            assertThat(tab.page()).hasTitle(Pattern.compile("^\\(1\\) .*"), soonTitle());
            assertThat(row(tab, failed)).hasCount(0);

            tab.find("task-search").fill("LICENCE renew");
            assertThat(tab.find("task-row")).hasCount(1, soon());
            assertThat(row(tab, waiting)).isVisible();
            assertThat(tab.page()).hasURL(Pattern.compile(".*/tasks\\?q=LICENCE\\+renew"), soonUrl());
            tab.page().reload();
            assertThat(tab.find("task-search")).hasValue("LICENCE renew");
            assertThat(tab.find("task-row")).hasCount(1, soon());

            tab.find("task-search").fill("nowhere");
            assertThat(tab.find("no-match")).containsText("All tasks were searched");
            tab.find("clear-filters").click();
            assertThat(tab.page()).hasURL(Pattern.compile(".*/tasks"), soonUrl());

            tab.page().locator("[data-testid=status-chip][data-status=failed]").click();
            assertThat(tab.find("task-row")).hasCount(1, soon());
            assertThat(row(tab, failed)).isVisible();
            assertEquals(List.of(), tab.accessibilityFaults());
            tab.assertClean();
        }
    }

    @Test
    void failuresAreRetriedArchivedAndBroughtBackTogether() {
        String one = tasks.start(Map.of("title", "Lost one", "pipeline", "breaks"));
        String two = tasks.start(Map.of("title", "Lost two", "pipeline", "breaks"));
        tasks.until(one, "failed");
        tasks.until(two, "failed");
        try (Tab tab = chromium.open(server.url() + "/tasks?status=failed&q=lost")) {
            assertThat(tab.find("task-row")).hasCount(2, soon());
            tab.find("pick-tasks").click();
            tab.find("pick-all").click();
            tab.find("bulk-retry").click();
            await().until(() -> tasks.attempts(one, "only").size() == 2
                    && tasks.attempts(two, "only").size() == 2);
            tasks.until(one, "failed");
            tasks.until(two, "failed");
            assertThat(tab.find("task-row")).hasCount(2, soon());

            tab.find("pick-tasks").click();
            tab.find("pick-all").click();
            tab.find("bulk-archive").click();
            assertThat(tab.find("task-row")).hasCount(0, soon());
            tab.find("undo").click();
            assertThat(tab.find("task-row")).hasCount(2, soon());

            tab.page().navigate(server.url() + "/tasks/" + one);
            tab.find("archive-task").click();
            assertThat(tab.find("task-archived")).isVisible();
            tab.page().navigate(server.url() + "/tasks?archived=true");
            assertThat(row(tab, one)).hasCount(1, soon());
            tab.page().navigate(server.url() + "/tasks/" + one);
            tab.find("restore-task").click();
            assertThat(tab.find("task-archived")).hasCount(0, soon());
            tab.assertClean();
        }
    }

    @Test
    void aProjectShowsItsTasks() {
        String made = server.send("POST", "/api/projects", "application/json", "{\"name\": \"Payments\"}");
        String project = made.replaceFirst(".*?\"id\":\"([a-z0-9]+)\".*", "$1");
        String first = tasks.start(Map.of("project", project, "auto_start", false));
        try (Tab tab = chromium.open(server.url() + "/projects/" + project)) {
            assertThat(row(tab, first)).hasCount(1, soon());
            String second = tasks.start(Map.of("project", project, "auto_start", false));
            assertThat(row(tab, second)).hasCount(1, soon());
            tab.assertClean();
        }
    }

    @Test
    void aLongLogIsSearchedWholeAndTheLineIsShown() {
        String id = tasks.start(Map.of("title", "Talks", "pipeline", "talks"));
        tasks.until(id, "completed");
        try (Tab tab = chromium.open(server.url() + "/tasks/" + id)) {
            tab.find("log-search").fill("line 42");
            assertThat(tab.find("log-hits"))
                    .hasText("111 of 111", new LocatorAssertions.HasTextOptions().setTimeout(SOON_MS));
            tab.find("log-search").fill("LINE 1234");
            assertThat(tab.find("log-hits"))
                    .hasText("1 of 1", new LocatorAssertions.HasTextOptions().setTimeout(SOON_MS));
            tab.page().locator(".log-box").scrollIntoViewIfNeeded();
            assertThat(tab.page().locator(".log-line[data-seq='1235'][data-current]"))
                    .isInViewport(new LocatorAssertions.IsInViewportOptions().setTimeout(SOON_MS));
            tab.find("log-search").fill("nowhere");
            assertThat(tab.find("log-hits"))
                    .hasText("None in the whole log", new LocatorAssertions.HasTextOptions().setTimeout(SOON_MS));
            tab.assertClean();
        }
    }
}
