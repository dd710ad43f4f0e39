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
@QuietMachine
class OfflineBrowserIT {
    @TempDir
    Path folder;

    @Test
    void aStageAddedWhileTheServerIsAwaySurvivesAReloadAndSyncsExactlyOnce() {
        Chromium chromium = Chromium.running();
        try (PackagedServer server = PackagedServer.start(folder);
                Tab here = chromium.open(server.url());
                Tab there = chromium.open(server.url())) {
            here.waitForConnection("live");
            there.waitForConnection("live");
            // The second load comes through the service worker, which from then on keeps the page for bad times.
            here.page()
                    .waitForFunction("() => navigator.serviceWorker.controller !== null"
                            + " || navigator.serviceWorker.ready.then(() => location.reload())");
            here.waitForConnection("live");

            here.serverGoesAway();
            there.serverGoesAway();
            server.kill();
            assertThat(here.page().locator("[data-testid=conn]:not([data-state=live])"))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(3_000));

            here.find("new-stage").click();
            here.find("field-name").fill("Offline check");
            here.find("save-stage").click();
            here.find("palette-search").fill("offline-check");
            assertThat(here.row("offline-check")).containsText("waiting to sync");

            here.page().reload();
            here.find("palette-search").fill("offline-check");
            assertThat(here.row("offline-check")).containsText("waiting to sync");

            server.start();
            here.waitForConnection("live");
            there.waitForConnection("live");
            there.find("palette-search").fill("offline-check");
            assertThat(there.row("offline-check")).isVisible();
            assertThat(here.row("offline-check")).not().containsText("waiting to sync");
            assertThat(timesAdded(here, server)).isEqualTo(1);
            here.assertClean();
        }
    }

    @Test
    void everyKindOfPageOpensWhileTheServerIsAway() {
        Chromium chromium = Chromium.running();
        try (PackagedServer server = PackagedServer.start(folder);
                Tab here = chromium.open(server.url())) {
            here.waitForConnection("live");
            here.page()
                    .waitForFunction("() => navigator.serviceWorker.controller !== null"
                            + " || navigator.serviceWorker.ready.then(() => location.reload())");
            here.waitForConnection("live");
            here.serverGoesAway();
            server.kill();
            for (String path : List.of("/audit", "/pipelines/auto", "/projects/some", "/tasks/new", "/plugins")) {
                here.page().navigate(server.url() + path);
                assertThat(here.page().locator("header nav")).isVisible();
            }
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
        Chromium chromium = Chromium.running();
        try (PackagedServer server = PackagedServer.start(folder);
                Tab here = chromium.open(server.url())) {
            here.waitForConnection("live");
            here.serverGoesAway();
            server.kill();
            server.start();
            here.waitForConnection("live");
            Object[] ports = {Map.of("name", "text", "type", "text")};
            here.page()
                    .request()
                    .post(
                            server.url() + "/api/vp/stages",
                            com.microsoft.playwright.options.RequestOptions.create()
                                    .setData(Map.of(
                                            "id", "after-restart",
                                            "name", "After restart",
                                            "type", "stage",
                                            "ports", Map.of("inputs", ports, "outputs", ports))));
            here.find("palette-search").fill("after-restart");
            assertThat(here.row("after-restart")).isVisible();
            here.assertClean();
        }
    }
}
