package dev.callboard.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.callboard.testing.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Chromium of this machine, one for all tests of a process. One that is missing fails them; nothing is skipped. */
final class Chromium {
    private static @Nullable Chromium started;

    private final Browser browser;

    private Chromium(Browser browser) {
        this.browser = browser;
    }

    /** Started by the first test that asks for it, and again when it crashed; it ends with this process. */
    static synchronized Chromium running() {
        Chromium running = started;
        if (running == null || !running.browser.isConnected()) {
            running = launch();
            started = running;
        }
        return running;
    }

    private static Chromium launch() {
        // What has to come soon says so itself; the rest may take as long as a busy machine needs.
        PlaywrightAssertions.setDefaultAssertionTimeout(Patience.SOON.toMillis());
        Path executable = Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Chromium is missing: run bin/test, which installs it, or name it in the variable CHROMIUM"));
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return new Chromium(browser);
    }

    /** A browser of its own: storage, cache and service worker are shared with no other. */
    Tab open(String url) {
        return Tab.open(browser, url, new Browser.NewContextOptions().setViewportSize(1440, 900));
    }

    /** As {@link #open(String)} with other options. */
    Tab open(String url, Browser.NewContextOptions options) {
        return Tab.open(browser, url, options);
    }
}
