package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Definitions;
import dev.callboard.testing.Http;
import dev.callboard.testing.Stages;
import dev.callboard.testing.Tasks;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page shows live how many workers serve a stage, and that a task waits for one. */
class WorkersBrowserIT extends BrowserFixture {
    private static String start(Http http) {
        return new Tasks(http).start("loud", Map.of("text", "x"));
    }

    @Test
    void workersComeIntoSight() {
        Http http = Http.at(URI.create(server.url()));
        Definitions definitions = new Definitions(http);
        definitions.stage(Stages.named("shout", "Shout", "worker", Map.of()));
        definitions.pipelineOf("loud", Map.of("name", "Shout", "type", "shout"));
        String task = start(http);
        try (Tab tab = chromium.open(server.url() + "/?stage=shout")) {
            tab.waitForConnection("live");
            assertThat(tab.find("workers")).hasText("0 workers");
            assertThat(tab.find("workers-of")).containsText("Tasks wait until one comes");
            assertThat(http.post("/api/work/take", Map.of("types", List.of("shout"), "name", "worker-7"))
                            .status())
                    .isEqualTo(200);
            assertThat(tab.find("workers")).hasText("1 worker");
            assertThat(tab.find("workers-of")).containsText("worker-7");
            assertThat(tab.find("workers-of")).containsText("works on 1 task");
            assertThat(tab.accessibilityFaults()).isEmpty();
            http.post("/api/tasks/" + task + "/cancel", Map.of());
            assertThat(tab.find("workers-of")).containsText("works on 0 tasks");
            tab.assertClean();
        }
        String waits = start(http);
        try (Tab tab = chromium.open(server.url() + "/tasks/" + waits)) {
            tab.waitForConnection("live");
            assertThat(tab.find("waiting")).containsText("Waiting for a worker");
            assertThat(tab.find("waiting")).containsText("a worker that offers 'shout'");
            assertThat(tab.accessibilityFaults()).isEmpty();
            tab.assertClean();
        }
    }
}
