package dev.callboard.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.PaletteMirror;
import dev.callboard.testing.Stages;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The feed: a snapshot, then changes in order, without gaps or repeats. */
class FeedTest extends FeedFixture {
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
}
