package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.testing.RawSocket;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No spelling of a path leads past the contract or out of the pages. */
class HostilePathsTest extends UntouchedServer {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/vp",
                "/api//vp",
                "/api/vp/",
                "/api/./vp",
                "/api/x/../vp",
                "/api/%2e/vp",
                "/api/vp%2f",
                "/api%2Fvp",
                "/api/vp;a=b",
                "/api/x/..;/vp",
                "/api/vp%00",
                "/api/vp%0d%0aX:y",
                "/api/vp\\",
                "/API/VP",
                "/api/vp/configs",
                "/api/vp/stages/",
                "/api/vp/stages/..%2f..%2fvp",
                "/api/vp/stages/%2e%2e"
            })
    void anotherSpellingOfAPath(String path) throws IOException {
        assertThat(RawSocket.status(server.uri(), path)).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ui/x/..%2f..%2fpom.xml",
                "/ui/x/../../pom.xml",
                "/ui/x/....//pom.xml",
                "/ui/x/%2e%2e/pom.xml",
                "/ui/../config/custom_pipeline_stages.json",
                "/ui/x/.git/config",
                "/ui/x/index.html%00.js",
                "/ui/x//etc/passwd",
                "/_static/../META-INF/MANIFEST.MF",
                "/_static/lit/..%2f..%2f..%2flogback.xml",
                "/logback.xml",
                "/openapi.yaml/../pom.xml",
                "/ui/",
                "/ui/x/",
                "/_static/"
            })
    void aPathThatLeadsOutOfThePages(String path) throws IOException {
        assertThat(RawSocket.status(server.uri(), path)).isIn(400, 404);
        assertThat(RawSocket.status(server.uri(), "/")).isEqualTo(200);
    }

    @Test
    void aPathOfThousandsOfSegments() throws IOException {
        for (String start : new String[] {"", "/ui/x", "/_static"}) {
            for (int segments : new int[] {500, 2_000, 20_000}) {
                assertThat(RawSocket.status(server.uri(), start + "/a".repeat(segments)))
                        .isIn(404, 414, 400);
            }
        }
    }
}
