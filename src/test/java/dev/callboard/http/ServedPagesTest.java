package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.Reply;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages are served with all that they name, and with nothing foreign. */
class ServedPagesTest {
    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void pagesAreServedWithAPolicyThatLetsNothingForeignIn() {
        for (String path :
                List.of("/", "/tasks", "/tasks/new", "/tasks/abc", "/plugins", "/projects", "/projects/abc")) {
            Reply page = server.http().get(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.header("Content-Security-Policy"))
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe-inline")
                    .contains("frame-ancestors 'none'");
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(page.text()).doesNotContain("{{");
        }
    }

    /** The table of pages is read by the router, by the server and, through it, by the service worker. */
    @Test
    void everyPageOfTheOneTableIsServedAndOpensOffline() throws IOException {
        List<String> pages = PageRoutes.of(java.nio.file.Files.readString(Path.of("webroot/js/pages.js")));
        assertThat(pages).contains("/", "/audit", "/pipelines/:name").doesNotContain("/pipeline");
        String worker = server.http().get("/sw.js").text();
        for (String path : pages) {
            Reply page = server.http().get(path.replaceAll(":\\w+", "some"));
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(worker).contains("\"" + path + "\"");
        }
        Reply none = server.http().get("/pipeline", "Accept", "text/html");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.text()).contains("<title>");
    }

    @Test
    void everyFileThatThePageNamesIsServed() {
        String page = server.http().get("/").text();
        Matcher reference = Pattern.compile("(?:src|href)=\"(/[^\"]+\\.(?:js|css|svg|webmanifest))\"")
                .matcher(page);
        Set<String> found = new TreeSet<>();
        while (reference.find()) {
            found.add(reference.group(1));
        }
        Matcher imported = Pattern.compile("\"(/_static/[^\"]+\\.js)\"").matcher(page);
        while (imported.find()) {
            found.add(imported.group(1));
        }
        assertThat(found).isNotEmpty();
        found.forEach(
                path -> assertThat(server.http().get(path).status()).as(path).isEqualTo(200));
    }
}
