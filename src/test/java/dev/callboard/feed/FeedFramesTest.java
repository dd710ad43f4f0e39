package dev.callboard.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.Patience;
import dev.callboard.testing.RawSocket;
import dev.callboard.testing.Reply;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A frame that is not understood is answered; one that breaks the protocol ends its connection and nothing else. */
class FeedFramesTest extends FeedFixture {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|invalid_frame",
                "not json|invalid_frame",
                "{\"op\":\"subscribe\",\"op\":\"ping\"}|invalid_frame",
                "{}|unknown_op",
                "[]|unknown_op",
                "7|unknown_op",
                "{\"op\":\"publish\"}|unknown_op",
                "{\"op\":7}|unknown_op",
                "{\"op\":\"subscribe\"}|unknown_topic",
                "{\"op\":\"subscribe\",\"topic\":7}|unknown_topic",
                "{\"op\":\"subscribe\",\"topic\":\"nothing\"}|unknown_topic",
                "{\"op\":\"subscribe\",\"topic\":\"registry.palette.get\"}|unknown_topic",
                "{\"op\":\"subscribe\",\"topic\":\"palette\",\"since\":\"7\"}|invalid_frame",
                "{\"op\":\"subscribe\",\"topic\":\"palette\",\"since\":1.5}|invalid_frame",
                "{\"op\":\"subscribe\",\"topic\":\"palette\",\"since\":1,\"epoch\":2}|invalid_frame",
                "{\"op\":\"subscribe\",\"topic\":\"palette\",\"sinse\":1}|invalid_frame",
                "{\"op\":\"unsubscribe\",\"topic\":\"palette\",\"since\":1}|invalid_frame",
                "{\"op\":\"ping\",\"topic\":\"palette\"}|invalid_frame"
            })
    void aFrameThatIsNotUnderstoodIsAnsweredAndTheConnectionStays(String frame, String code) {
        FeedClient feed = server.feed().send(frame);
        JsonNode error = feed.next();
        assertThat(error.path("kind").asText()).isEqualTo("error");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("detail").asText()).isNotEmpty();
        feed.expectNothingBeforePong();
    }

    @Test
    void aMemberThatIsNotKnownIsNamedAndNothingOfTheFrameIsDone() {
        FeedClient feed = server.feed().send("{\"op\":\"subscribe\",\"topic\":\"palette\",\"sinse\":1}");
        JsonNode error = feed.next();
        assertThat(error.path("topic").asText()).isEqualTo("palette");
        assertThat(error.path("detail").asText()).isEqualTo("'sinse' is not known here; did you mean 'since'?");
        feed.expectNothingBeforePong();
        assertThat(feed.send("{\"op\":\"unsubscribe\",\"topic\":\"palette\"}")
                        .next()
                        .path("code")
                        .asText())
                .isEqualTo("unknown_topic");
    }

    @Test
    void theAddressTakesNoQueryParameters() throws IOException {
        try (RawSocket raw = RawSocket.connect(server.uri())) {
            assertThat(raw.upgrade(server.uri())).startsWith("HTTP/1.1 101 ");
        }
        Reply refused = server.http().get("/ws?x=1");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("invalid_request");
        assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/query/x");
    }

    @Test
    void anErrorNamesTheTopicThatItIsAbout() {
        FeedClient feed = server.feed().subscribe("nothing", null, null);
        assertThat(feed.next().path("topic").asText()).isEqualTo("nothing");
        feed.subscribe("task:none", null, null);
        assertThat(feed.next().path("topic").asText()).isEqualTo("task:none");
        assertThat(feed.send("{}").next().has("topic")).isFalse();
    }

    @Test
    void aBinaryFrameIsAnsweredAndTheConnectionStays() {
        FeedClient feed = server.feed().sendBinary(new byte[] {1, 2, 3});
        assertThat(feed.next().path("code").asText()).isEqualTo("invalid_frame");
        feed.expectNothingBeforePong();
    }

    @Test
    void aFrameOfFiveKibibytesEndsTheConnectionAndNothingElse() {
        FeedClient other = server.feed();
        FeedClient feed = server.feed().send("{\"op\":\"" + "x".repeat(5 << 10) + "\"}");
        assertThat(feed.closed()).succeedsWithin(Patience.SOON).isEqualTo((short) 1009);
        other.expectNothingBeforePong();
    }

    @Test
    void anEndlessMessageInFragmentsEndsTheConnection() throws IOException {
        try (RawSocket raw = RawSocket.connect(server.uri())) {
            raw.upgrade(server.uri());
            byte[] fragment = new byte[8 + 2_000];
            fragment[1] = (byte) (0x80 | 126);
            fragment[2] = (byte) (2_000 >> 8);
            fragment[3] = (byte) 2_000;
            fragment[0] = 1;
            raw.write(fragment);
            fragment[0] = 0;
            raw.write(fragment);
            raw.write(fragment);
            assertThat(raw.closedWithin(5_000)).isTrue();
        }
    }

    @Test
    void anUnmaskedFrameEndsTheConnection() throws IOException {
        try (RawSocket raw = RawSocket.connect(server.uri())) {
            raw.upgrade(server.uri());
            raw.write(new byte[] {(byte) 0x81, 2, '{', '}'});
            assertThat(raw.closedWithin(5_000)).isTrue();
        }
    }
}
