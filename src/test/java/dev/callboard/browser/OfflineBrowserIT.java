package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The palette while the server is away. */
class OfflineBrowserIT {
    @TempDir
    Path folder;

    @Test
    void aStageAddedWhileTheServerIsAwaySurvivesAReloadAndSyncsExactlyOnce() {
        try (Chromium chromium = Chromium.launch();
                PackagedServer server = PackagedServer.start(folder);
                Tab alice = chromium.open(server.url());
                Tab bob = chromium.open(server.url())) {
            alice.waitForConnection("live");
            bob.waitForConnection("live");
            // The second load comes through the service worker, which from then on keeps the page for bad times.
            alice.page()
                    .waitForFunction("() => navigator.serviceWorker.controller !== null"
                            + " || navigator.serviceWorker.ready.then(() => location.reload())");
            alice.waitForConnection("live");

            alice.serverGoesAway();
            bob.serverGoesAway();
            server.kill();
            assertThat(alice.page().locator("[data-testid=conn]:not([data-state=live])"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(3_000));

            alice.find("new-stage").click();
            alice.find("field-name").fill("Offline check");
            alice.find("save-stage").click();
            alice.find("palette-search").fill("offline-check");
            assertThat(alice.row("offline-check")).containsText("waiting to sync");

            alice.page().reload();
            alice.find("palette-search").fill("offline-check");
            assertThat(alice.row("offline-check")).containsText("waiting to sync");

            server.start();
            alice.waitForConnection("live");
            bob.waitForConnection("live");
            bob.find("palette-search").fill("offline-check");
            assertThat(bob.row("offline-check")).isVisible();
            assertThat(alice.row("offline-check")).not().containsText("waiting to sync");
            assertThat(timesAdded(alice, server)).isEqualTo(1);
            alice.assertClean();
        }
    }

    private static long timesAdded(Tab tab, PackagedServer server) {
        Object ids = tab.page()
                .evaluate(
                        "async (url) => (await (await fetch(url + '/api/vp/stages')).json()).stages"
                                + ".filter(stage => stage.name === 'Offline check').map(stage => stage.id)",
                        server.url());
        return ((List<?>) ids).size();
    }

    @Test
    void theRevisionGoesOnAfterARestartAndThePageFollows() {
        try (Chromium chromium = Chromium.launch();
                PackagedServer server = PackagedServer.start(folder);
                Tab alice = chromium.open(server.url())) {
            alice.waitForConnection("live");
            alice.serverGoesAway();
            server.kill();
            server.start();
            alice.waitForConnection("live");
            Object[] ports = {Map.of("name", "text", "type", "text")};
            alice.page()
                    .request()
                    .post(
                            server.url() + "/api/vp/stages",
                            com.microsoft.playwright.options.RequestOptions.create()
                                    .setData(Map.of(
                                            "id", "after-restart",
                                            "name", "After restart",
                                            "type", "stage",
                                            "ports", Map.of("inputs", ports, "outputs", ports))));
            alice.find("palette-search").fill("after-restart");
            assertThat(alice.row("after-restart")).isVisible();
            alice.assertClean();
        }
    }
}
