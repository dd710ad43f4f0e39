package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages for readers who have a narrow window, a printer, another script, another calendar, or no mouse. */
class ReadersBrowserIT extends BrowserFixture {
    private static final Path PAGES = Path.of("webroot", "js", "pages.js");
    private static final Pattern PATH = Pattern.compile("path: '([^']+)'");
    private static final String ARABIC = "مراجعة تقرير الميناء قبل النشر.";
    private static final String JSON = "application/json";

    private static String waiting = "";
    private static String printed = "";
    private static String arabic = "";
    private static String project = "";

    @BeforeAll
    static void makeContent() {
        JsonObject body = new JsonObject().put("name", ARABIC).put("description", ARABIC);
        project = new JsonObject(server.send("POST", "/api/projects", JSON, body.encode())).getString("id");
        waiting = DevTask.start(server, "Customers can export their orders as comma-separated values");
        server.send(
                "POST",
                "/api/vp/stages",
                JSON,
                "{\"id\":\"read\",\"name\":\"Read\",\"type\":\"stage\",\"executor\":\"manual\",\"ports\":{\"inputs\":"
                        + "[{\"name\":\"in\",\"type\":\"any\"}],\"outputs\":[{\"name\":\"out\",\"type\":\"any\"}]}}");
        server.send(
                "PUT",
                "/api/pipelines/reading",
                "application/yaml",
                "name: reading\nversion: 1.0.0\nstages:\n  - {name: Read, type: read, output_format: text}\n");
        printed = finished(
                "A report of many pages",
                "The first line.\n\n" + "A paragraph of the report.\n\n".repeat(200) + "The last line.");
        arabic = finished(ARABIC, ARABIC + "\n\n- " + ARABIC);
    }

    @Test
    void noPageIsWiderThanASmallPhone() throws IOException {
        try (Tab tab = open("/plugins", new Browser.NewContextOptions().setViewportSize(320, 640))) {
            tab.waitForConnection("live");
            // There is no document yet.
            tab.serverRefuses();
            List<String> paths = paths();
            assertThat(paths).hasSizeGreaterThanOrEqualTo(9);
            for (String path : paths) {
                go(tab, path);
                tab.page().locator("main :is(h1, h2) >> visible=true").first().waitFor();
                assertThat(Panes.wider(tab.page())).as(path).isEmpty();
                assertThat(tab.page().evaluate("document.scrollingElement.scrollWidth"))
                        .as("the width of %s", path)
                        .isEqualTo(320);
                assertThat(
                                tab.page()
                                        .evaluate(
                                                "[...document.querySelectorAll('.app-header a, .app-header button')].filter((each) => {"
                                                        + " const { left, right } = each.getBoundingClientRect();"
                                                        + " return left < 0 || right > innerWidth; }).map((each) => each.textContent)"))
                        .as("what of the header is out of sight on %s", path)
                        .isEqualTo(List.of());
            }
            tab.assertClean();
        }
    }

    @Test
    void paperHasTheWholePageAndNoNavigation() {
        try (Tab tab = open("/tasks/" + printed, new Browser.NewContextOptions())) {
            Locator last = tab.page().locator(".md p", new Page.LocatorOptions().setHasText("The last line."));
            last.waitFor();
            tab.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            for (String control : List.of(".app-header", ".board-side", "[data-testid=redo]", ".segmented")) {
                assertThat(tab.page().locator(control).first()).isHidden();
            }
            assertThat(last).isVisible();
            // Nothing between the last line and the sheet cuts it off, and it has the width of the sheet.
            assertThat(last.evaluate("(line) => { for (let at = line; at; at = at.parentElement) {"
                            + " const style = getComputedStyle(at);"
                            + " if (at !== line && style.overflowY !== 'visible') return at.className || at.localName; }"
                            + " return null; }"))
                    .as("the box that cuts the text off")
                    .isNull();
            assertThat((double) last.evaluate("(line) => line.getBoundingClientRect().width / innerWidth"))
                    .isGreaterThan(0.5);
            assertThat(pages(tab.page().pdf(new Page.PdfOptions().setFormat("A4"))))
                    .isGreaterThan(3);
            tab.assertClean();
        }
    }

    @Test
    void arabicIsSetFromRightToLeft() {
        try (Tab tab = open("/tasks/" + arabic, new Browser.NewContextOptions())) {
            Locator title = tab.find("task-name");
            assertThat(title).hasText(ARABIC);
            assertThat(direction(title)).isEqualTo("rtl");
            Locator list = tab.page().locator(".md ul");
            list.waitFor();
            assertThat(direction(list)).as("bullets stand on the right").isEqualTo("rtl");
            Locator row = tab.page().locator(".task-row-title", new Page.LocatorOptions().setHasText(ARABIC));
            assertThat(direction(row.first())).isEqualTo("rtl");
            go(tab, "/projects/" + project);
            assertThat(tab.page().locator("main h1")).hasText(ARABIC);
            assertThat(direction(tab.page().locator("main h1"))).isEqualTo("rtl");
            assertThat(direction(tab.page().locator(".page-head p"))).isEqualTo("rtl");
            tab.find("task-description").fill(ARABIC);
            assertThat(direction(tab.find("task-description"))).isEqualTo("rtl");
            tab.find("task-description").fill("English");
            assertThat(direction(tab.find("task-description"))).isEqualTo("ltr");
            tab.assertClean();
        }
    }

    @Test
    void aGermanInTokyoReadsGermanDatesOfTokyo() {
        Browser.NewContextOptions german =
                new Browser.NewContextOptions().setLocale("de-DE").setTimezoneId("Asia/Tokyo");
        try (Tab tab = open("/tasks/" + printed, german)) {
            Locator at = tab.page().locator(".timeline-item time").first();
            at.waitFor();
            Map<?, ?> expected = (Map<?, ?>) at.evaluate("(time) => { const at = new Date(time.dateTime);"
                    + " const of = (options) => new Intl.DateTimeFormat('de-DE', { timeZone: 'Asia/Tokyo', ...options })"
                    + ".format(at); return { day: of({ dateStyle: 'medium' }), hour: of({ timeStyle: 'short' }) }; }");
            assertThat(at).containsText(String.valueOf(expected.get("day")));
            assertThat(at).containsText(String.valueOf(expected.get("hour")));
            assertThat(at.textContent()).matches("\\d\\d\\.\\d\\d\\.\\d{4}, \\d\\d:\\d\\d");
            assertThat(at.getAttribute("title")).matches(".*(GMT\\+9|JST).*");
            assertThat(tab.find("zone")).containsText("Asia/Tokyo");
            go(tab, "/audit");
            assertThat(tab.page().locator(".audit-hint")).containsText("Asia/Tokyo");
            tab.assertClean();
        }
    }

    @Test
    void theKeyboardHasHelpAndGoesToTheApproval() {
        try (Tab tab = open("/tasks/" + waiting, new Browser.NewContextOptions())) {
            tab.find("approve").waitFor();
            tab.page().keyboard().press("?");
            assertThat(tab.find("help")).isVisible();
            assertThat(tab.find("help")).containsText("go to Approve");
            tab.page().keyboard().press("Escape");
            assertThat(tab.find("help")).isHidden();
            tab.page().keyboard().press("a");
            assertThat(tab.find("approve")).isFocused();
            tab.assertClean();
        }
    }

    @Test
    void anEntryThatAnAddressNamesIsInSight() {
        try (Tab tab = open("/?stage=pr-preparation", new Browser.NewContextOptions())) {
            Locator row = tab.row("pr-preparation");
            row.waitFor();
            assertThat(row).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
            tab.page()
                    .waitForFunction("() => { const row = document.querySelector('[data-id=pr-preparation]');"
                            + " const box = row.closest('.vtree').getBoundingClientRect(); const at = row.getBoundingClientRect();"
                            + " return at.top >= box.top && at.bottom <= box.bottom; }");
            tab.assertClean();
        }
    }

    @Test
    void forcedColoursShowWhichPageIsOpen() {
        Browser.NewContextOptions forced = new Browser.NewContextOptions().setForcedColors(ForcedColors.ACTIVE);
        try (Tab tab = open("/tasks", forced)) {
            Locator here = tab.page().locator(".app-header nav a[aria-current]");
            assertThat(here).hasText("Tasks");
            String shown = "(link) => getComputedStyle(link).backgroundColor";
            Object other = tab.page()
                    .locator(".app-header nav a:not([aria-current])")
                    .first()
                    .evaluate(shown);
            assertThat(here.evaluate(shown)).isNotEqualTo(other);
            assertThat(here.evaluate(shown)).isNotEqualTo(here.evaluate("(link) => getComputedStyle(link).color"));
            tab.assertClean();
        }
    }

    /** Each path of the table of pages, with something that is there for each name. */
    private static List<String> paths() throws IOException {
        List<String> paths =
                new ArrayList<>(List.of("/?view=pipelines", "/?stage=chunk", "/tasks/" + waiting, "/nowhere"));
        PATH.matcher(Files.readString(PAGES))
                .results()
                .map(match -> match.group(1))
                .forEach(path -> paths.add(path.replace("/tasks/:id", "/tasks/" + printed)
                        .replace("/projects/:id", "/projects/" + project)
                        .replace("/pipelines/:name", "/pipelines/dev-task")
                        .replace("/documents/:id", "/documents/nowhere")));
        assertThat(paths).noneMatch(path -> path.contains(":"));
        return paths;
    }

    /** A task whose only result a person has written. */
    private static String finished(String title, String result) {
        String task = WaitingTasks.start(server, title, "reading");
        JsonObject stage = LongLines.waiting(server, task, "Read");
        JsonObject decision = new JsonObject().put("output", result);
        server.send(
                "POST",
                "/api/tasks/" + task + "/approve",
                JSON,
                new JsonObject()
                        .put("execution_id", stage.getString("execution_id"))
                        .put("decision", decision)
                        .encode());
        return task;
    }

    private static Object direction(Locator locator) {
        return locator.evaluate("(element) => getComputedStyle(element).direction");
    }

    private static int pages(byte[] pdf) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        return (int)
                Pattern.compile("/Type\\s*/Page\\b").matcher(text).results().count();
    }

    /** Goes there without loading the page again. */
    private static void go(Tab tab, String path) {
        tab.page()
                .evaluate(
                        "(path) => { history.pushState({}, '', path); dispatchEvent(new PopStateEvent('popstate')); }",
                        path);
    }

    private static Tab open(String path, Browser.NewContextOptions options) {
        return chromium.open(server.url() + path, options.setReducedMotion(ReducedMotion.REDUCE));
    }
}
