package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A page whose first answers do not come says so, and shows itself when they do. */
class PageStartBrowserIT extends BrowserFixture {
    @Test
    void aPageWithoutItsStringsWaitsForThem() {
        // Without the service worker, which keeps the strings.
        Browser.NewContextOptions plain = new Browser.NewContextOptions().setServiceWorkers(ServiceWorkerPolicy.BLOCK);
        try (Tab tab = chromium.open(server.url(), plain)) {
            tab.waitForConnection("live");
            Page page = tab.page();
            tab.serverGoesAway();
            AtomicBoolean away = new AtomicBoolean(true);
            page.route("**/i18n/en.json", route -> {
                if (away.get()) {
                    route.abort();
                } else {
                    route.resume();
                }
            });
            page.navigate(server.url() + "/tasks");
            assertThat(page.locator("#away")).containsText("does not answer");
            assertThat(page.locator("cb-app")).hasCount(0);
            away.set(false);
            tab.waitForConnection("live");
            assertThat(page.locator("#away")).hasCount(0);
            tab.assertClean();
        }
    }

    @Test
    void aPageThatCouldNotBeLoadedComesBackByItself() {
        // Without the service worker, which keeps the modules of all pages.
        Browser.NewContextOptions plain = new Browser.NewContextOptions().setServiceWorkers(ServiceWorkerPolicy.BLOCK);
        try (Tab tab = chromium.open(server.url() + "/tasks", plain)) {
            tab.waitForConnection("live");
            tab.serverGoesAway();
            server.kill();
            tab.page().locator("[data-testid=conn]:not([data-state=live])").waitFor();
            tab.page().locator(".app-header nav a[href='/audit']").click();
            assertThat(tab.page().locator("main h1")).hasText("This page could not be loaded");
            server.start();
            assertThat(tab.page().locator("main h1"))
                    .hasText("Audit log", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        }
    }
}
