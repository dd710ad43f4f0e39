package dev.callboard.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Patience;
import dev.callboard.testing.RawSocket;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in to the feed, and how long a connection stays. */
class FeedConnectionTest extends FeedFixture {
    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost.evil.example", "https://127.0.0.1"})
    void aForeignPageIsNotLetIn(String origin) throws IOException {
        try (RawSocket raw = RawSocket.connect(server.uri())) {
            assertThat(raw.upgrade(server.uri(), "Origin: " + origin)).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void ourOwnPageAndProgramsAreLetIn() throws IOException {
        server.feed().expectNothingBeforePong();
        try (RawSocket raw = RawSocket.connect(server.uri())) {
            assertThat(raw.upgrade(
                            server.uri(), "Origin: http://" + server.uri().getAuthority()))
                    .startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void compressionIsNotAgreedTo() throws IOException {
        try (RawSocket raw = RawSocket.connect(server.uri())) {
            assertThat(raw.upgrade(server.uri(), "Sec-WebSocket-Extensions: permessage-deflate"))
                    .startsWith("HTTP/1.1 101")
                    .doesNotContainIgnoringCase("permessage-deflate");
        }
    }

    @Test
    void aConnectionThatIsHalfOpenIsDropped() throws IOException {
        try (RawSocket raw = RawSocket.connect(server.uri())) {
            raw.upgrade(server.uri());
            assertThat(raw.closedWithin((int) Patience.SOON.toMillis())).isTrue();
        }
    }

    @Test
    void aConnectionThatAnswersPingsStays() {
        FeedClient feed = server.feed();
        await().pollDelay(Duration.ofMillis(6 * HEARTBEAT_MS)).untilAsserted(feed::expectNothingBeforePong);
        assertThat(feed.closed()).isNotDone();
    }
}
