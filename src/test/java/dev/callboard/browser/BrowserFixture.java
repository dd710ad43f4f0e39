package dev.callboard.browser;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One browser and one packaged server for all tests of a class. */
abstract class BrowserFixture {
    private static final double PATIENCE_MS = 30_000;

    @TempDir
    static Path folder;

    static Chromium chromium;
    static PackagedServer server;

    @BeforeAll
    static void launch() {
        // What has to come soon says so itself; the rest may take as long as a busy machine needs.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        chromium = Chromium.launch();
        server = PackagedServer.start(folder);
    }

    @AfterAll
    static void quit() {
        server.close();
        chromium.close();
    }
}
