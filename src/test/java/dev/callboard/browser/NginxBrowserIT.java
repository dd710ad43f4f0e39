package dev.callboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code deploy/nginx} as they stand, with the real nginx in front of the packaged server. */
class NginxBrowserIT {
    @TempDir
    Path folder;

    @Test
    void aPageUnderAPathIsLiveAndChangesThings() throws Exception {
        Chromium chromium = Chromium.running();
        try (Nginx nginx = Nginx.prepare(folder, "callboard-subpath.conf");
                PackagedServer server = serve("http://127.0.0.1:" + nginx.port() + "/board")) {
            nginx.start(server.url(), false);
            String url = "http://127.0.0.1:" + nginx.port() + "/board/";
            try (Tab tab = chromium.open(url, signedIn())) {
                tab.waitForConnection("live");
                change(tab, "Behind nginx");
                assertThat(server.get("/api/audit?kind=stage.added")).contains("\"actor\":\"ann\"");

                tab.page().locator("header nav a").nth(1).click();
                tab.page().waitForURL(url + "tasks");
                tab.page().reload();
                tab.waitForConnection("live");
                assertThat(tab.page().locator("header nav a").nth(1)).hasAttribute("href", "/board/tasks");
                assertThat((Object) tab.page().evaluate("() => fetch('/board/pipeline').then(page => page.status)"))
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void aPageBehindTlsIsLiveAndChangesThings() throws Exception {
        Chromium chromium = Chromium.running();
        try (Nginx nginx = Nginx.prepare(folder, "callboard.conf");
                PackagedServer server = serve("https://127.0.0.1:" + nginx.port())) {
            nginx.start(server.url(), true);
            try (Tab tab = chromium.open(
                    "https://127.0.0.1:" + nginx.port() + "/", signedIn().setIgnoreHTTPSErrors(true))) {
                tab.waitForConnection("live");
                change(tab, "Behind TLS");
                assertThat(server.get("/api/audit?kind=stage.added")).contains("\"actor\":\"ann\"");
            }
        }
    }

    @Test
    void aPageThatIsNotLiveSaysWhy() throws Exception {
        Chromium chromium = Chromium.running();
        try (Nginx nginx = Nginx.prepare(folder, "callboard.conf");
                PackagedServer server = serve("https://other.example.org")) {
            nginx.start(server.url(), true);
            try (Tab tab = chromium.open(
                    "https://127.0.0.1:" + nginx.port() + "/", signedIn().setIgnoreHTTPSErrors(true))) {
                tab.serverRefuses();
                assertThat(tab.find("not-live"))
                        .containsText(
                                "set server.public_url",
                                new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
            }
        }
    }

    private static Browser.NewContextOptions signedIn() {
        return new Browser.NewContextOptions().setViewportSize(1440, 900).setHttpCredentials("ann", "secret");
    }

    private PackagedServer serve(String publicUrl) throws Exception {
        Path home = Files.createDirectories(folder.resolve("server"));
        Files.writeString(
                Files.createDirectories(home.resolve("config")).resolve("callboard.yaml"),
                "server:\n  public_url: " + publicUrl + "\n");
        return PackagedServer.start(home);
    }

    private static void change(Tab tab, String name) {
        tab.find("new-stage").click();
        tab.find("field-name").fill(name);
        tab.find("save-stage").click();
        String id = name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        tab.find("palette-search").fill(id);
        assertThat(tab.row(id)).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        assertThat(tab.row(id))
                .not()
                .containsText("waiting to sync", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
    }
}
