package dev.callboard.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callboard.testing.FeedClient;
import dev.callboard.testing.PaletteMirror;
import dev.callboard.testing.Patience;
import dev.callboard.testing.RawSocket;
import dev.callboard.testing.Reply;
import dev.callboard.testing.Stages;
import dev.callboard.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a client is cut off or slow, in the end it has exactly the palette. */
class FeedConvergenceTest {
    private static final int CHANGES = 1_000;
    private static final int CLIENTS = 4;

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        // Clients that stop reading answer no pings: on a slow machine they must not be dropped for that.
        server = TestServer.start(folder, Map.of("feed.heartbeat_ms", "600000"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void clientsThatAreCutOffAtRandomMomentsHaveThePaletteInTheEnd() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.getLogger("test").log(System.Logger.Level.WARNING, "seed {0}", Long.toString(seed));
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<PaletteMirror>> clients = new ArrayList<>();
        FeedClient steady = server.feed().subscribe("palette");
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seed + i);
            clients.add(CompletableFuture.supplyAsync(() -> follow(random, done)));
        }
        try {
            change(new Random(seed), CHANGES);
        } finally {
            done.set(true);
        }
        JsonNode palette = server.palette();
        clients.add(CompletableFuture.supplyAsync(
                () -> readTo(palette.path("revision").asLong(), steady)));
        for (CompletableFuture<PaletteMirror> client : clients) {
            PaletteMirror mirror = client.join();
            assertThat(mirror.revision())
                    .as("seed %s", seed)
                    .isEqualTo(palette.path("revision").asLong());
            assertThat(mirror.entries()).as("seed %s", seed).isEqualTo(PaletteMirror.entriesOf(palette));
        }
    }

    /** Others that come and go take nothing from who stays. */
    private static PaletteMirror readTo(long revision, FeedClient feed) {
        PaletteMirror mirror = new PaletteMirror();
        while (mirror.revision() < revision) {
            mirror.apply(feed.next());
        }
        return mirror;
    }

    private void change(Random random, int count) {
        List<CompletableFuture<Reply>> pending = new ArrayList<>();
        boolean[] there = new boolean[50];
        for (int i = 0; i < count; i++) {
            int which = random.nextInt(there.length);
            String id = "s" + which;
            if (!there[which]) {
                pending.add(server.http().postLater("/api/vp/stages", Stages.manual(id, "Name " + i)));
            } else {
                pending.forEach(CompletableFuture::join);
                pending.clear();
                assertThat(server.http().delete("/api/vp/stages/" + id).status())
                        .isEqualTo(200);
            }
            there[which] = !there[which];
        }
        pending.forEach(reply -> assertThat(reply.join().status()).isEqualTo(200));
    }

    private PaletteMirror follow(Random random, AtomicBoolean done) {
        PaletteMirror mirror = new PaletteMirror();
        while (true) {
            boolean last = done.get();
            FeedClient feed = server.feed();
            if (mirror.revision() < 0 || random.nextInt(20) == 0) {
                feed.subscribe("palette");
            } else {
                feed.subscribe("palette", mirror.revision(), mirror.epoch());
            }
            int frames = last ? Integer.MAX_VALUE : random.nextInt(30);
            long target = last ? server.revision() : Long.MAX_VALUE;
            for (int i = 0; i < frames && mirror.revision() < target; i++) {
                JsonNode frame = feed.nextWithin(Duration.ofMillis(last ? 15_000 : 1 + random.nextInt(20)));
                if (frame == null) {
                    break;
                }
                mirror.apply(frame);
            }
            feed.close();
            if (last) {
                return mirror;
            }
        }
    }

    @Test
    void aClientThatDoesNotReadIsSentLittleAndHasThePaletteOnceItReads() throws IOException {
        String description = "x".repeat(4_000);
        try (RawSocket slow = RawSocket.connect(server.uri())) {
            slow.upgrade(server.uri());
            slow.sendText("{\"op\":\"subscribe\",\"topic\":\"palette\"}");
            PaletteMirror mirror = new PaletteMirror();
            mirror.apply(frame(slow));
            Map<String, Object> stage = Stages.manual("big");
            stage.put("description", description);
            server.http().post("/api/vp/stages", stage);
            // Many at a time: a client that is silent for a minute is gone, and this must take less anywhere.
            for (int i = 0; i < 2_500; i += 50) {
                List<CompletableFuture<Reply>> edits = new ArrayList<>();
                for (int version = i; version < i + 50; version++) {
                    stage.put("name", "Version " + version);
                    edits.add(server.http().putLater("/api/vp/stages/big", stage));
                }
                edits.forEach(edit -> assertThat(edit.join().status()).isEqualTo(200));
            }
            // 10 MB were published. What the slow client then reads is what was buffered for it and a snapshot or the
            // rest.
            long bytes = 0;
            long now = server.revision();
            while (mirror.revision() < now) {
                String text = text(slow);
                bytes += text.length();
                mirror.apply(Frames.parse(text));
            }
            assertThat(mirror.entries()).isEqualTo(PaletteMirror.entriesOf(server.palette()));
            assertThat(mirror.snapshots()).isEqualTo(2);
            assertThat(bytes).isLessThan(5_000_000);
        }
    }

    @Test
    void whoAsksWithoutReadingIsNotAnsweredWithoutLimit() throws Exception {
        for (int i = 0; i < 20; i++) {
            Map<String, Object> stage = Stages.manual("big-" + i);
            stage.put("description", "x".repeat(4_000));
            server.http().post("/api/vp/stages", stage);
        }
        try (RawSocket greedy = RawSocket.connect(server.uri())) {
            greedy.upgrade(server.uri());
            AtomicLong asked = new AtomicLong();
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> askUntilClosed(greedy, asked));
            FeedClient other = server.feed().subscribe("palette");
            assertThat(other.next().path("kind").asText()).isEqualTo("snapshot");
            // The server stops to read, so the sender comes to a stand, once the buffers of both systems are full.
            AtomicLong before = new AtomicLong();
            await().pollInterval(Duration.ofSeconds(1))
                    .until(() -> asked.get() > 0 && before.getAndSet(asked.get()) == asked.get());
            other.expectNothingBeforePong();
            greedy.close();
            assertThat(asking).succeedsWithin(Patience.SOON);
        }
    }

    private static void askUntilClosed(RawSocket greedy, AtomicLong asked) {
        try {
            while (true) {
                greedy.sendText("{\"op\":\"subscribe\",\"topic\":\"palette\"}");
                asked.incrementAndGet();
            }
        } catch (IOException e) {
            // Closed, by the test or because it does not answer pings.
        }
    }

    private static String text(RawSocket socket) throws IOException {
        String text = socket.readText();
        assertThat(text).as("the connection ended").isNotNull();
        return text;
    }

    private static JsonNode frame(RawSocket socket) throws IOException {
        return Frames.parse(text(socket));
    }

    private static final class Frames {
        static JsonNode parse(String text) {
            try {
                return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new AssertionError(text, e);
            }
        }
    }
}
