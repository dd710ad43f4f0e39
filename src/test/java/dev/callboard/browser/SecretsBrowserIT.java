package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.callboard.testing.Stages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secrets come in through the page, and never out of it. */
class SecretsBrowserIT extends BrowserFixture {
    @Test
    void aSecretIsAddedChangedAndRemoved() {
        try (Tab tab = chromium.open(server.url() + "/secrets")) {
            tab.serverRefuses();
            assertThat(tab.find("no-secrets")).isVisible();
            tab.find("new-secret").click();
            assertThat(tab.find("secret-name")).isFocused();
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("save-secret").click();
            assertThat(tab.find("secret-name-error")).hasText("Fill this in.");
            tab.find("secret-name").fill("api-token");
            tab.find("secret-value").fill("abc");
            tab.find("save-secret").click();
            assertThat(tab.find("secret-value-error")).containsText("at least 4 characters");
            assertThat(tab.find("secret-value")).isFocused();
            tab.find("secret-value").fill("canary-of-the-page");
            tab.find("save-secret").click();
            assertThat(tab.find("secret-dialog")).hasCount(0);
            assertThat(tab.find("secret")).containsText("secret:api-token");
            assertThat(tab.find("secret")).containsText("All projects");
            assertThat(tab.accessibilityFaults()).isEmpty();

            tab.find("change-secret").click();
            assertThat(tab.find("secret-value")).isFocused();
            assertThat(tab.find("secret-value")).hasValue("");
            assertThat(tab.find("secret-name")).hasAttribute("readonly", "");
            tab.find("secret-value").fill("canary-again");
            tab.find("save-secret").click();
            assertThat(tab.find("secret-dialog")).hasCount(0);
            String kept = (String) tab.page()
                    .evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})"
                            + " + document.documentElement.outerHTML");
            assertThat(kept).doesNotContain("canary");

            // What uses it is said, and it goes all the same when that is wished.
            Map<String, Object> stage = Stages.named(
                    "page-calls", "Page calls", "worker", Map.of(), Map.of("key", "token", "type", "secret"));
            send(tab, "POST", "/api/vp/stages", stage);
            send(
                    tab,
                    "PUT",
                    "/api/pipelines/page-calls",
                    Map.of(
                            "name",
                            "page-calls",
                            "stages",
                            List.of(Map.of(
                                    "name",
                                    "Call",
                                    "type",
                                    "page-calls",
                                    "config",
                                    Map.of("token", "secret:api-token")))));
            tab.find("remove-secret").click();
            tab.find("confirm-remove").click();
            assertThat(tab.find("confirm-secret")).containsText("the stage 'Call' of the pipeline 'page-calls'");
            tab.find("confirm-remove").click();
            assertThat(tab.find("no-secrets")).isVisible();
            tab.assertClean();
        }
    }

    @Test
    void whatSomebodyElseDoesIsSeenAtOnce() {
        try (Tab here = chromium.open(server.url() + "/secrets");
                Tab there = chromium.open(server.url() + "/secrets")) {
            there.find("new-secret").click();
            there.find("secret-name").fill("seen-there");
            there.find("secret-value").fill("value");
            there.find("save-secret").click();
            assertThat(here.page().locator("[data-testid=secret][data-name=seen-there]"))
                    .isVisible();
            here.page()
                    .locator("[data-testid=secret][data-name=seen-there] [data-testid=remove-secret]")
                    .click();
            here.find("confirm-remove").click();
            assertThat(there.page().locator("[data-testid=secret][data-name=seen-there]"))
                    .hasCount(0);
        }
    }

    @Test
    void theFootOfThePageCanBeScrolledOutFromUnderAToast() {
        try (Tab tab = chromium.open(server.url() + "/secrets")) {
            tab.find("new-secret").waitFor();
            tab.page()
                    .evaluate("import(document.querySelector('link[href$=\"core/toasts.js\"]').href)"
                            + ".then(({ toast }) => { toast('It stays', { ms: 600_000 }); })");
            assertThat(tab.find("toast")).isVisible();
            Object room = tab.page()
                    .evaluate("parseFloat(getComputedStyle(document.querySelector('main')).paddingBottom)"
                            + " - document.querySelector('.toast').offsetHeight");
            assertThat(((Number) room).doubleValue()).isGreaterThan(0);
        }
    }

    @Test
    void itFitsAPhone() {
        try (Tab tab =
                chromium.open(server.url() + "/secrets", new Browser.NewContextOptions().setViewportSize(390, 844))) {
            tab.find("new-secret").click();
            assertThat((Boolean) tab.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
            assertThat(tab.accessibilityFaults()).isEmpty();
        }
    }

    private static void send(Tab tab, String method, String path, Object body) {
        Object status = tab.page()
                .evaluate(
                        "([method, path, body]) => fetch(path, {method, body: JSON.stringify(body),"
                                + " headers: {'Content-Type': 'application/json'}}).then((reply) => reply.status)",
                        List.of(method, path, body));
        assertThat(((Number) status).intValue()).as(path).isBetween(200, 299);
    }
}
