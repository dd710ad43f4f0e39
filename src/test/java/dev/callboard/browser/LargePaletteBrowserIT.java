package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A palette of thousands, read while others change it. */
class LargePaletteBrowserIT {
    /** Scrolls to the middle of the list and says which entry is in the middle of the window then. */
    private static final String SCROLL_AND_POINT =
            """
            () => new Promise(done => {
              document.querySelector('.vtree').scrollTop = 9000;
              requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() =>
                done(document.elementFromPoint(150, 600).closest('[data-id]').dataset.id))));
            })""";

    @TempDir
    Path folder;

    @Test
    void tenThousandEntriesAreInFewerThanSixtyRows() throws IOException {
        fill(10_000);
        Chromium chromium = Chromium.running();
        try (PackagedServer server = PackagedServer.start(folder);
                Tab tab = chromium.open(server.url())) {
            tab.waitForConnection("live");
            tab.find("palette-row").first().waitFor();
            assertThat(tab.find("palette-row").count()).isLessThan(60);
            tab.find("palette-search").fill("check-09999");
            assertThat(tab.row("check-09999")).isVisible();
            tab.assertClean();
        }
    }

    @Test
    void whatIsBeingReadDoesNotMoveWhenEntriesAreAddedAboveIt() throws IOException {
        fill(300);
        Chromium chromium = Chromium.running();
        try (PackagedServer server = PackagedServer.start(folder);
                Tab tab = chromium.open(server.url())) {
            tab.waitForConnection("live");
            tab.find("palette-row").first().waitFor();
            String id = String.valueOf(tab.page().evaluate(SCROLL_AND_POINT));
            Locator read = tab.row(id);
            read.hover();
            BoundingBox before = read.boundingBox();
            for (int i = 0; i < 30; i++) {
                tab.page()
                        .request()
                        .post(
                                server.url() + "/api/vp/stages",
                                RequestOptions.create().setData(definition("aaa-" + i, "Aaa " + i)));
            }
            tab.find("arrival-pill").waitFor();
            assertThat(read.boundingBox().y).isCloseTo(before.y, org.assertj.core.data.Offset.offset(1.0));
            tab.assertClean();
        }
    }

    private void fill(int count) throws IOException {
        Path file = folder.resolve("config").resolve("custom_pipeline_stages.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                IntStream.range(0, count)
                        .mapToObj(i -> "{\"id\":\"check-%05d\",\"name\":\"Check %05d\",\"type\":\"stage\",\"ports\":{}}"
                                .formatted(i, i))
                        .collect(Collectors.joining(",", "{\"stages\":[", "]}")));
    }

    private static Map<String, Object> definition(String id, String name) {
        return Map.of("id", id, "name", name, "type", "stage", "ports", Map.of());
    }
}
