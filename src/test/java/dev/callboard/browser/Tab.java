package dev.callboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * One page in a browser of its own. It remembers what no page of ours may do: errors, violations of the content security
 * policy, requests to other origins.
 */
final class Tab implements AutoCloseable {
    private static final List<String> WCAG =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private boolean serverIsAway;
    private boolean serverRefuses;

    private Tab(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
    }

    static Tab open(Browser browser, String url, Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.addInitScript("document.addEventListener('securitypolicyviolation',"
                + " e => console.error('CSP violation: ' + e.violatedDirective + ' ' + e.blockedURI))");
        Tab tab = new Tab(context);
        tab.page.onPageError(error -> tab.faults.add("page error: " + error));
        tab.page.onConsoleMessage(message -> {
            // A server that is away makes the browser itself report failed loads; ours are told apart by their words.
            boolean network = Stream.of("net::ERR", "WebSocket connection", "when fetching the script")
                    .anyMatch(message.text()::contains);
            boolean refusal = message.text().contains("the server responded with a status of 4");
            if (message.type().equals("error") && !(tab.serverIsAway && network) && !(tab.serverRefuses && refusal)) {
                tab.faults.add("console: " + message.text() + " at " + message.location());
            }
        });
        URI home = URI.create(url);
        String origin = home.getScheme() + "://" + home.getAuthority() + "/";
        tab.page.onRequest(request -> {
            if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) {
                tab.faults.add("request to " + request.url());
            }
        });
        tab.page.navigate(url);
        return tab;
    }

    Page page() {
        return page;
    }

    Locator find(String testId) {
        return page.getByTestId(testId);
    }

    /** The row of a palette entry. */
    Locator row(String id) {
        return page.locator("[data-testid=palette-row][data-id='" + id + "']");
    }

    void waitForConnection(String state) {
        page.locator("[data-testid=conn][data-state=" + state + "]").waitFor();
    }

    /** From now on the browser may report failed loads. */
    void serverGoesAway() {
        serverIsAway = true;
    }

    /** From now on the browser may report answers that say what is wrong with a request. */
    void serverRefuses() {
        serverRefuses = true;
    }

    /** Everything that the axe rules find wrong with what is shown now. */
    List<String> accessibilityFaults() {
        return new AxeBuilder(page)
                .withTags(WCAG).analyze().getViolations().stream()
                        .map(Tab::told)
                        .toList();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    /** Fails when the page did anything that it may not. */
    void assertClean() {
        assertThat(faults).as("errors, policy violations, foreign requests").isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }
}
