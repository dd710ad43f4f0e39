package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Search, documents and their graph, with documents that are answered in the browser. */
class LibraryBrowserIT extends BrowserFixture {
    private final StubbedLibrary library = new StubbedLibrary();

    @Test
    void aSearchFindsPassagesAndOpensThemInTheirDocument() {
        try (Tab tab = open("/search", desk())) {
            assertThat(tab.find("search-words")).isFocused();
            tab.find("search-words").fill("goats");
            tab.page().keyboard().press("Enter");
            assertThat(tab.find("hit")).hasCount(20);
            assertThat(tab.page()).hasURL(Pattern.compile(".*/search\\?q=goats$"));
            assertThat(tab.find("search-sum")).hasText("The best 20 of 25 passages");
            assertThat(tab.find("search-near"))
                    .hasText("4 of them have none of the words and are there for their meaning.");
            assertThat(tab.page().locator(".facet-value .count").first()).hasText("13+");
            assertThat(tab.find("search-warning")).hasText("2 documents have no vectors.");
            // What stands before it counts one, not two.
            assertThat(tab.find("hit").first().locator("mark")).hasText("Goats");
            assertThat(tab.accessibilityFaults()).isEmpty();

            tab.find("search-more").click();
            assertThat(tab.find("hit")).hasCount(25);
            tab.page().locator(".facet-value").first().click();
            assertThat(tab.find("hit")).hasCount(13);
            assertThat(tab.find("search-sum")).hasText("13 passages found");
            assertThat(tab.find("search-near")).hasCount(0);
            assertThat(tab.page().locator(".facet-value .count").first()).hasText("13");
            assertThat(tab.page()).hasURL(Pattern.compile(".*facet=documents.*"));
            tab.find("mode-text").check(new Locator.CheckOptions().setForce(true));
            assertThat(tab.page()).hasURL(Pattern.compile(".*mode=text.*"));
            assertThat(tab.find("hit")).hasCount(13);

            tab.page().reload();
            assertThat(tab.find("hit")).hasCount(13);
            tab.find("search-words").press("ArrowDown");
            assertThat(tab.page().locator(".hit-link").first()).isFocused();
            tab.page().keyboard().press("Enter");
            Locator passage = tab.page().locator("mark.passage");
            assertThat(passage).hasText(StubbedLibrary.SENTENCE);
            assertThat(passage).isInViewport();
            assertThat(tab.page().locator(".doc-block").filter(has(passage))).containsText("This is paragraph 80.");
            tab.assertClean();
        }
    }

    @Test
    void aDocumentIsReadWithItsEntitiesAndWhatIsKnownOfIt() {
        try (Tab tab = open("/documents/" + StubbedLibrary.ID, desk())) {
            assertThat(tab.page().locator("main h1")).hasText(StubbedLibrary.TITLE);
            assertThat(tab.find("reader")).containsText("This is paragraph 0.");
            tab.find("mark-entities").check();
            assertThat(tab.page().locator("mark.entity[title]")).hasText("Goats");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.page().getByText("Section 3").first().click();
            assertThat(tab.page().locator("h2", new Page.LocatorOptions().setHasText("Section 3")))
                    .isInViewport();

            tab.find("view-entities").click();
            assertThat(tab.find("entity")).containsText("goat");
            tab.find("entity").locator(".place-numbers a").click();
            assertThat(tab.page().locator("mark.passage")).hasText("Goats");
            tab.find("view-chunks").click();
            assertThat(tab.find("chunk")).containsText("Section 0");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("view-details").click();
            assertThat(tab.find("details-left-out")).containsText("a header on each page");
            assertThat(tab.find("details-quality")).containsText("98%");
            assertThat(tab.accessibilityFaults()).isEmpty();
            assertThat(tab.find("show-graph")).hasAttribute("href", Pattern.compile("/graph\\?node=document%3A.*"));
            assertThat(tab.find("download-source")).hasAttribute("href", "/api/blobs/" + "a".repeat(64));
            tab.assertClean();
        }
    }

    @Test
    void aDocumentThatIsNotWholeSaysSoWithItsTask() {
        try (Tab tab = open("/documents/doc-2", desk())) {
            assertThat(tab.find("not-whole")).containsText("its task was cancelled");
            assertThat(tab.find("not-whole").locator("a")).hasAttribute("href", "/tasks/t1");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.page().navigate(server.url() + "/documents/" + StubbedLibrary.ID);
            assertThat(tab.find("reader")).containsText("This is paragraph 0.");
            assertThat(tab.find("not-whole")).hasCount(0);
            tab.assertClean();
        }
    }

    @Test
    void theListOfDocumentsFollowsTheTasksAndDeletesAfterAQuestion() {
        try (Tab tab = open("/documents", desk())) {
            assertThat(tab.find("document")).hasCount(2);
            assertThat(tab.find("document").filter(has(tab.find("not-whole")))).hasAttribute("data-id", "doc-2");
            tab.waitForConnection("live");
            assertThat(tab.accessibilityFaults()).isEmpty();
            library.ids.add("doc-3");
            WaitingTasks.pipeline(server, "reads");
            WaitingTasks.start(server, "Reads a third document", "reads");
            assertThat(tab.find("document")).hasCount(3);

            tab.find("documents-words").fill("doc-2");
            assertThat(tab.find("document")).hasCount(1);
            assertThat(tab.page()).hasURL(Pattern.compile(".*\\?q=doc-2$"));
            tab.find("documents-words").press("Escape");
            assertThat(tab.find("document")).hasCount(3);

            tab.find("rerun-document").first().click();
            assertThat(tab.find("show-task")).isVisible();
            assertThat(library.tasks.get(0).getString("pipeline")).isEqualTo("auto");
            assertThat(library.tasks.get(0).getJsonArray("input").encode())
                    .isEqualTo("[{\"blob\":\"" + "a".repeat(64) + "\",\"name\":\"goats.pdf\"}]");

            tab.find("remove-document").nth(1).click();
            assertThat(tab.find("confirm-document")).containsText("This cannot be undone");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("confirm-remove").click();
            assertThat(tab.find("document")).hasCount(2);
            assertThat(library.removed).containsExactly("doc-2");
            tab.assertClean();
        }
    }

    @Test
    void theGraphOfTwoHundredNodesIsDrawnTheSameEachTimeAndGoneThroughByKeys() {
        try (Tab tab = open("/graph?limit=200", desk())) {
            List<?> drawn = places(tab);
            assertThat(drawn).hasSize(200);
            assertThat(tab.find("graph-sum")).containsText("The 200 most connected of 500 nodes");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.page().reload();
            assertThat(places(tab)).isEqualTo(drawn);

            Locator first = tab.page().locator(".graph-node[tabindex='0']");
            first.focus();
            tab.page().keyboard().press("ArrowRight");
            assertThat(tab.page().locator(".graph-node:focus")).hasCount(1);
            tab.page().keyboard().press("Home");
            assertThat(tab.page().locator(".graph-node:focus")).hasAttribute("data-id", "document:doc-0");
            tab.page().keyboard().press("Space");
            assertThat(tab.find("picked")).containsText("Paper 0");
            assertThat(tab.find("relation").first().locator(".places a").first())
                    .hasAttribute("href", Pattern.compile("/documents/doc-0.*#passage=2-7"));

            // What changes while somebody reads waits until they say so.
            tab.waitForConnection("live");
            library.graph.grown = 1;
            WaitingTasks.pipeline(server, "relates");
            WaitingTasks.start(server, "Says more", "relates");
            assertThat(tab.find("graph-changed")).isVisible();
            assertThat(tab.page().locator(".graph-node")).hasCount(200);
            tab.find("graph-changed").getByRole(AriaRole.BUTTON).click();
            assertThat(tab.page().locator(".graph-node")).hasCount(201);
            assertThat(tab.find("picked")).containsText("Paper 0");

            tab.page().locator(".graph-node[data-id='document:doc-0']").focus();
            tab.page().keyboard().press("Enter");
            assertThat(tab.page()).hasURL(Pattern.compile(".*node=document%3Adoc-0.*"));
            assertThat(tab.page().locator(".graph-node")).hasCount(10);
            tab.assertClean();
        }
    }

    @Test
    void aPathIsShownAndAPhoneHasTheTableFirst() {
        Browser.NewContextOptions phone = new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setColorScheme(ColorScheme.DARK)
                .setReducedMotion(ReducedMotion.REDUCE);
        try (Tab tab = open("/graph?node=document:doc-0", phone)) {
            assertThat(tab.find("picked")).containsText("Paper 0");
            tab.find("find-to").fill("Term 9");
            tab.find("find-to").press("Enter");
            assertThat(tab.find("graph-sum")).containsText("A path of 2 steps");
            assertThat(tab.page().locator(".graph-node")).hasCount(3);
            assertThat(tab.page().locator(".graph-listed").boundingBox().y)
                    .isLessThan(tab.page().locator(".graph-drawn").boundingBox().y);
            assertThat(tab.find("export-turtle")).hasAttribute("href", "/api/graph/export?format=turtle");
            assertThat(tab.accessibilityFaults()).isEmpty();
            assertThat(Panes.wider(tab.page())).isEmpty();
            tab.find("find-to").fill("no such node");
            tab.find("find-to").press("Enter");
            assertThat(tab.find("find-to-error")).containsText("No node “no such node”");
            tab.assertClean();
        }
    }

    @Test
    void theAddressKeepsTheNodesOfANameAndWhichOfThemIsSelected() {
        try (Tab tab = open("/graph?name=Term%2015", desk())) {
            assertThat(tab.find("graph-sum")).hasText("10 of 11 nodes that match “Term 15”");
            assertThat(tab.find("find-node")).hasValue("Term 15");
            assertThat(tab.page().locator(".graph-node")).hasCount(10);
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.page()
                    .locator(".graph-pick", new Page.LocatorOptions().setHasText("Term 151"))
                    .click();
            assertThat(tab.find("picked")).containsText("Term 151");
            assertThat(tab.page()).hasURL(Pattern.compile(".*/graph\\?name=Term\\+15&pick=term%3At151$"));
            tab.find("table-nodes").check(new Locator.CheckOptions().setForce(true));
            assertThat(tab.page()).hasURL(Pattern.compile(".*&view=nodes$"));
            tab.page().reload();
            assertThat(tab.find("picked")).containsText("Term 151");
            assertThat(tab.find("graph-nodes").locator("tbody tr")).hasCount(10);
            tab.find("open-node").click();
            assertThat(tab.page()).hasURL(Pattern.compile(".*/graph\\?node=term%3At151$"));
            tab.page().goBack();
            assertThat(tab.find("graph-sum")).hasText("10 of 11 nodes that match “Term 15”");
            assertThat(tab.find("picked")).containsText("Term 151");
            tab.assertClean();
        }
    }

    @Test
    void aNodeIsFoundByTheBeginningOfItsNameAndTakenByKeys() {
        try (Tab tab = open("/graph", desk())) {
            Locator field = tab.find("find-node");
            field.pressSequentially("Term 15");
            assertThat(tab.find("find-node-offer")).hasCount(10);
            assertThat(field).hasAttribute("aria-expanded", "true");
            assertThat(tab.accessibilityFaults()).isEmpty();
            field.press("ArrowDown");
            field.press("ArrowDown");
            assertThat(tab.page().locator("[role=option][aria-selected=true]")).hasText("Term 150term");
            field.press("Escape");
            assertThat(tab.find("find-node-offer").first()).isHidden();
            field.press("ArrowDown");
            field.press("Enter");
            assertThat(tab.page()).hasURL(Pattern.compile(".*node=term%3At150$"));
            tab.assertClean();
        }
    }

    @Test
    void nothingHangsOverTheEdgeOfASmallPhone() {
        Browser.NewContextOptions small = new Browser.NewContextOptions().setViewportSize(320, 640);
        String document = "/documents/" + StubbedLibrary.ID;
        try (Tab tab = open("/search?q=goats", small)) {
            for (String path :
                    List.of("/search?q=goats", "/documents", document, document + "?view=entities", "/graph")) {
                tab.page().navigate(server.url() + path);
                tab.page().locator("main .card").first().waitFor();
                assertThat(Panes.wider(tab.page())).as(path).isEmpty();
                assertThat(tab.page().evaluate("document.scrollingElement.scrollWidth"))
                        .as("the width of %s", path)
                        .isEqualTo(320);
            }
            tab.assertClean();
        }
    }

    @Test
    void withoutDocumentsThePagesSayWhatToDo() {
        library.ids.clear();
        try (Tab tab = open("/documents", desk())) {
            assertThat(tab.find("nothing")).containsText("No documents yet");
            tab.page().navigate(server.url() + "/search");
            assertThat(tab.find("nothing")).containsText("No documents are indexed yet");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.assertClean();
        }
    }

    private static Locator.FilterOptions has(Locator inner) {
        return new Locator.FilterOptions().setHas(inner);
    }

    /** Where the nodes are when all have their places. */
    private static List<?> places(Tab tab) {
        tab.page()
                .locator("[data-testid=drawing][data-settled=true] .graph-node")
                .first()
                .waitFor();
        return (List<?>) tab.page()
                .evaluate(
                        "[...document.querySelectorAll('.graph-node')].map((node) => node.getAttribute('transform'))");
    }

    private Tab open(String path, Browser.NewContextOptions options) {
        Tab tab = chromium.open(server.url() + "/plugins", options);
        library.answer(tab.page());
        tab.page().navigate(server.url() + path);
        return tab;
    }

    private static Browser.NewContextOptions desk() {
        return new Browser.NewContextOptions().setViewportSize(1440, 900).setReducedMotion(ReducedMotion.REDUCE);
    }
}
