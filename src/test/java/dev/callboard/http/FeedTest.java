package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.PaletteMirror;
import dev.callboard.testing.RawSocket;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed: a snapshot, then changes in order, without gaps or repeats. */
class FeedTest {
    private static final int HEARTBEAT_MS = 200;

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of("feed.heartbeat_ms", String.valueOf(HEARTBEAT_MS)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSnapshotAndThenEachChange() {
        FeedClient feed = server.feed().subscribe("palette");
        JsonNode snapshot = feed.next();
        assertThat(snapshot.path("topic").asText()).isEqualTo("palette");
        assertThat(snapshot.path("kind").asText()).isEqualTo("snapshot");
        assertThat(snapshot.path("epoch").isTextual()).isTrue();
        JsonNode palette = server.palette();
        for (String group : new String[] {"stages", "sources", "sinks"}) {
            assertThat(snapshot.path("data").path(group)).isEqualTo(palette.path(group));
        }
        long revision = snapshot.path("revision").asLong();
        server.add("a");
        server.http().put("/api/vp/stages/a", Stages.manual("a", "New"));
        server.http().delete("/api/vp/stages/a");
        change(feed.next(), "added", revision + 1, "Stage a");
        change(feed.next(), "updated", revision + 2, "New");
        change(feed.next(), "removed", revision + 3, "New");
        feed.expectNothingBeforePong();
    }

    private static void change(JsonNode frame, String kind, long revision, String name) {
        assertThat(frame.path("topic").asText()).isEqualTo("palette");
        assertThat(frame.path("kind").asText()).isEqualTo(kind);
        assertThat(frame.path("revision").asLong()).isEqualTo(revision);
        assertThat(frame.at("/stage/id").asText()).isEqualTo("a");
        assertThat(frame.at("/stage/type").asText()).isEqualTo("stage");
        assertThat(frame.at("/stage/name").asText()).isEqualTo(name);
    }

    @Test
    void whoComesBackGetsOnlyWhatCameAfter() {
        FeedClient first = server.feed().subscribe("palette");
        PaletteMirror mirror = new PaletteMirror();
        mirror.apply(first.next());
        first.close();
        server.add("a");
        server.add("b");
        FeedClient again = server.feed().subscribe("palette", mirror.revision(), mirror.epoch());
        mirror.apply(again.next());
        mirror.apply(again.next());
        assertThat(mirror.snapshots()).isEqualTo(1);
        assertThat(mirror.entries()).isEqualTo(PaletteMirror.entriesOf(server.palette()));
        again.expectNothingBeforePong();
        FeedClient upToDate = server.feed().subscribe("palette", mirror.revision(), mirror.epoch());
        upToDate.expectNothingBeforePong();
        server.add("c");
        assertThat(upToDate.next().path("kind").asText()).isEqualTo("added");
    }

    @Test
    void afterARestartTheSameRevisionResumesAndAnOlderOneGetsASnapshot() {
        server.add("a");
        JsonNode palette = server.palette();
        long revision = palette.path("revision").asLong();
        String epoch = palette.path("epoch").asText();
        server.restart();
        server.feed().subscribe("palette", revision, epoch).expectNothingBeforePong();
        JsonNode frame = server.feed().subscribe("palette", revision - 1, epoch).next();
        assertThat(frame.path("kind").asText()).isEqualTo("snapshot");
    }

    @ParameterizedTest
    @CsvSource({"0,another", "0,", "1000000,", "-1,", "9223372036854775807,"})
    void aRevisionThatCannotBeResumedGetsASnapshot(long since, String epoch) {
        JsonNode palette = server.palette();
        String known = palette.path("epoch").asText();
        FeedClient feed = server.feed().subscribe("palette", since, epoch == null ? known : epoch);
        JsonNode frame = feed.next();
        assertThat(frame.path("kind").asText()).isEqualTo("snapshot");
        assertThat(frame.path("revision").asLong())
                .isEqualTo(palette.path("revision").asLong());
        assertThat(frame.path("epoch").asText()).isEqualTo(known);
    }

    @Test
    void whoUnsubscribedHearsNoMore() {
        FeedClient feed = server.feed().subscribe("palette");
        feed.next();
        feed.send("{\"op\":\"unsubscribe\",\"topic\":\"palette\"}");
        server.add("a");
        feed.expectNothingBeforePong();
        feed.send("{\"op\":\"unsubscribe\",\"topic\":\"palette\"}");
        assertThat(feed.next().path("code").asText()).isEqualTo("unknown_topic");
    }

    @Test
    void subscribingTwiceGivesEachChangeOnce() {
        FeedClient feed = server.feed().subscribe("palette").subscribe("palette");
        PaletteMirror mirror = new PaletteMirror();
        server.add("a");
        server.add("b");
        await().until(() -> {
            JsonNode frame = feed.nextWithin(Duration.ofMillis(100));
            if (frame != null) {
                mirror.apply(frame);
            }
            return mirror.revision() == server.revision();
        });
        feed.expectNothingBeforePong();
        assertThat(mirror.entries()).containsKeys("a", "b");
    }

    @Test
    void theStatusTopicSaysHowTheStagesFileIs() {
        JsonNode frame = server.feed().subscribe("status").next();
        assertThat(frame.path("kind").asText()).isEqualTo("snapshot");
        assertThat(frame.at("/data/stages_file/status").asText()).isEqualTo("ok");
    }

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
                "{\"op\":\"subscribe\",\"topic\":\"palette\",\"since\":1,\"epoch\":2}|invalid_frame"
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
        assertThat(feed.closed()).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo((short) 1009);
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
            long start = System.nanoTime();
            assertThat(raw.closedWithin(5_000)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(4_000));
        }
    }

    @Test
    void aConnectionThatAnswersPingsStays() {
        FeedClient feed = server.feed();
        await().pollDelay(Duration.ofMillis(6 * HEARTBEAT_MS)).untilAsserted(feed::expectNothingBeforePong);
        assertThat(feed.closed()).isNotDone();
    }
}
