package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callboard.testing.Http;
import dev.callboard.testing.JarProcess;
import dev.callboard.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that gets no time for a while, or no more sockets, goes on where it was: nothing acknowledged is lost. */
class StarvedServerIT {
    private static final int FILES = 400;

    @TempDir
    Path folder;

    private final DecidingPeople people = new DecidingPeople(0);

    @Test
    void aServerThatWasPausedGoesOn() throws Exception {
        try (JarProcess server = JarProcess.serve(folder)) {
            CompletableFuture<Void> deciding = CompletableFuture.runAsync(() -> people.decide(server.http(), "paused"));
            await().until(() -> people.decided() > 5);
            server.pause(true);
            try {
                // It is paused for as long as this waits.
                assertThatThrownBy(() -> ask(server.uri(), Duration.ofSeconds(8)))
                        .isInstanceOf(HttpTimeoutException.class);
            } finally {
                server.pause(false);
            }
            int before = people.decided();
            await().until(() -> people.decided() > before + 5);
            people.stop();
            deciding.join();
            people.check(server.http());
            assertThat(server.terminate(20)).isZero();
        }
    }

    /** As one whose container may use a tenth of a core. */
    @Test
    void aServerThatHasATenthOfTheTimeLosesNothing() throws Exception {
        try (JarProcess server = JarProcess.serve(folder);
                Starving starving = new Starving(server)) {
            CompletableFuture<Void> deciding =
                    CompletableFuture.runAsync(() -> people.decide(server.http(), "starved"));
            await().until(() -> people.decided() > 20);
            starving.close();
            people.stop();
            deciding.join();
            people.checkAll(server.http());
            assertThat(server.terminate(20)).isZero();
        }
    }

    /** Pauses a server for nine of ten tenths of a second. */
    private static final class Starving implements AutoCloseable {
        private static final int EVERY_MS = 100;

        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final JarProcess server;

        private Starving(JarProcess server) {
            this.server = server;
            clock.scheduleAtFixedRate(() -> pause(true), 0, EVERY_MS, TimeUnit.MILLISECONDS);
            clock.scheduleAtFixedRate(() -> pause(false), EVERY_MS * 9 / 10, EVERY_MS, TimeUnit.MILLISECONDS);
        }

        private void pause(boolean paused) {
            try {
                server.pause(paused);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws InterruptedException {
            clock.shutdown();
            assertThat(clock.awaitTermination(Patience.SOON.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            pause(false);
        }
    }

    @Test
    void aServerWithoutFreeSocketsRefusesAndRecovers() throws Exception {
        try (JarProcess server = JarProcess.serveWithFiles(folder, FILES)) {
            Http http = server.http();
            List<Socket> open = new ArrayList<>();
            try {
                for (int i = 0; i < FILES + 100; i++) {
                    open.add(new Socket(server.uri().getHost(), server.uri().getPort()));
                }
                assertThatThrownBy(() -> ask(server.uri(), Duration.ofSeconds(2)))
                        .isInstanceOf(IOException.class);
            } finally {
                for (Socket socket : open) {
                    socket.close();
                }
            }
            await().ignoreExceptions().until(() -> http.get("/health/ready").status() == 200);
            CompletableFuture<Void> deciding = CompletableFuture.runAsync(() -> people.decide(http, "recovered"));
            await().until(() -> people.decided() > 5);
            people.stop();
            deciding.join();
            people.check(http);
            assertThat(server.terminate(20)).isZero();
        }
    }

    /** By a connection of its own. */
    private static int ask(URI server, Duration patience) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/vp"))
                .timeout(patience)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
