package dev.callboard.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One packaged server for all tests of a class. */
abstract class BrowserFixture {
    @TempDir
    static Path folder;

    static Chromium chromium;
    static PackagedServer server;

    @BeforeAll
    static void launch() {
        chromium = Chromium.running();
        server = PackagedServer.start(folder);
    }

    @AfterAll
    static void quit() {
        server.close();
    }
}
