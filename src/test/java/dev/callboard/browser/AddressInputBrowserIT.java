package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A task can be given addresses in the page. */
class AddressInputBrowserIT extends BrowserFixture {
    @Test
    void anAddressIsAnInputAndThePipelineForItIsOffered() throws IOException {
        try (Tab tab = chromium.open(server.url() + "/tasks/new?pipeline=auto")) {
            tab.find("add-url").click();
            assertThat(tab.find("url-input")).isFocused();
            tab.find("url-input").fill("example.org");
            assertThat(tab.find("url-wrong")).containsText("begins with http:// or https://");
            tab.find("start-task").click();
            assertThat(tab.find("input-error")).containsText("Correct the address");
            tab.find("url-input").fill("http://127.0.0.1:9/page");
            assertThat(tab.find("url-wrong")).containsText("auto does not fetch addresses");
            assertThat(tab.find("better-pipeline")).containsText("web fetches addresses");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.find("better-pipeline").locator("button").click();
            assertThat(tab.find("url-wrong")).hasCount(0);
            tab.find("start-task").click();
            assertThat(tab.page()).hasURL(Pattern.compile("/tasks/(?!new)[a-z0-9]+"));
            String id = tab.page().url().replaceAll(".*/tasks/([a-z0-9]+).*", "$1");
            JsonNode task = new ObjectMapper()
                    .readTree(tab.page()
                            .request()
                            .get(server.url() + "/api/tasks/" + id)
                            .text());
            assertThat(task.at("/input/0/url").asText()).isEqualTo("http://127.0.0.1:9/page");
            assertThat(task.path("pipeline").asText()).isEqualTo("web");
        }
    }

    @Test
    void aTextThatIsAnAddressCanBecomeOne() {
        try (Tab tab = chromium.open(server.url() + "/tasks/new")) {
            tab.find("add-text").click();
            tab.find("text-input").fill("https://example.org/");
            tab.find("use-as-url").click();
            assertThat(tab.find("url-input")).isFocused();
            assertThat(tab.find("url-input")).hasValue("https://example.org/");
            assertThat(tab.find("text-input")).hasCount(0);
            tab.assertClean();
        }
    }
}
