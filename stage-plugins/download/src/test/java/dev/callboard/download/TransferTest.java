package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.download.TestServer.Handler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break off, lie, drip and never end. */
@Timeout(60)
class TransferTest extends DownloadFixture {
    @Test
    void aFileThatNeverComesWholeIsNotKept() throws Exception {
        server.on("/file", (request, out) -> breakOff(out, 100_000));
        Map<?, ?> error = context.error(server.url("/file"));
        assertThat(error.get("code")).isEqualTo("connection_failed");
        assertThat(error.get("attempts")).isEqualTo(4);
        server.on("/chunks", (request, out) -> {
            TestServer.head(out, 200, "Transfer-Encoding: chunked\r\n");
            TestServer.write(out, "5\r\nhello\r\n5\r\nwo");
        });
        assertThat(context.error(server.url("/chunks")).get("code")).isEqualTo("connection_failed");
    }

    @Test
    void aFileWithoutEndIsCutOff() throws Exception {
        CompletableFuture<Long> sent = new CompletableFuture<>();
        server.on("/file", (request, out) -> {
            TestServer.head(out, 200, "Content-Type: text/plain\r\n");
            long count = 0;
            try {
                while (true) {
                    out.write(FILE);
                    count += FILE.length;
                }
            } finally {
                sent.complete(count);
            }
        });
        Map<?, ?> error = context.with("max_bytes", 1_000_000).error(server.url("/file"));
        assertThat(error.get("code")).isEqualTo("too_large");
        assertThat(error.get("attempts")).isEqualTo(1);
        // The rest is what buffers between the two hold.
        assertThat(sent.get(10, TimeUnit.SECONDS)).isLessThan(30_000_000);
    }

    @Test
    void aFileThatSaysThatItIsTooLargeIsNotRead() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.on("/file", (request, out) -> {
            TestServer.head(out, 200, "Content-Length: 5000000000\r\n");
            await(over);
        });
        assertThat(context.error(server.url("/file")).get("code")).isEqualTo("too_large");
        over.countDown();
    }

    @Test
    void allFilesTogetherHaveALimit() throws Exception {
        server.on("/a", 200, FILE).on("/b", 200, FILE).on("/c", 200, "small");
        context.with("max_total_bytes", 300_000).with("concurrency", 1).with("on_error", "continue");
        Map<?, ?> output = context.with("urls", List.of(server.url("/a"), server.url("/b"), server.url("/c")))
                .run();
        assertThat(TestContext.files(output))
                .extracting(file -> file.get("name"))
                .isEqualTo(List.of("a", "c"));
        assertThat(TestContext.maps(output.get("errors")).get(0).get("code")).isEqualTo("total_too_large");
    }

    @Test
    void silenceEndsATry() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Handler silent = (request, out) -> await(over);
        Handler halfway = (request, out) -> {
            breakOff(out, 10);
            await(over);
        };
        server.on("/silent", silent).on("/halfway", halfway);
        context.operator("idle_timeout_seconds", 1).with("attempts", 1);
        assertThat(context.error(server.url("/silent")).get("code")).isEqualTo("timeout");
        assertThat(context.error(server.url("/halfway")).get("code")).isEqualTo("timeout");
        over.countDown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDrippingServerRunsOutOfTime(boolean head) throws Exception {
        server.on("/drip", (request, out) -> {
            if (!head) {
                TestServer.head(out, 200, "Content-Length: 1000000\r\n");
            } else {
                TestServer.write(out, "HTTP/1.1 200 x\r\nX: ");
            }
            // Each byte takes ten seconds of the test's clock, and none of the idle time.
            CountDownLatch never = new CountDownLatch(1);
            for (int i = 0; i < 100_000; i++) {
                out.write('x');
                out.flush();
                context.now(context.now().plusSeconds(10));
                if (pausedBriefly(never)) {
                    return;
                }
            }
        });
        Map<?, ?> error = context.with("file_timeout_seconds", 120).error(server.url("/drip"));
        assertThat(error.get("code")).isEqualTo("timeout");
        assertThat((String) error.get("detail")).contains("120 s");
        assertThat(error.get("attempts")).isEqualTo(1);
        assertThat(context.waits).isEmpty();
    }

    @Test
    void cancellingEndsWhatIsUnderWay() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(2);
        server.on("/file", (request, out) -> {
            breakOff(out, 10);
            reached.countDown();
            await(over);
        });
        context.with("urls", List.of(server.url("/file"), server.url("/file?2"), server.url("/file?3")));
        server.on("/file?2", (request, out) -> {
            reached.countDown();
            await(over);
        });
        CompletableFuture<Map<?, ?>> running = new CompletableFuture<>();
        Thread stage = new Thread(() -> {
            try {
                running.complete(context.run());
            } catch (Exception e) {
                running.completeExceptionally(e);
            }
        });
        stage.start();
        assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
        context.cancel();
        assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        assertThat(server.count("/file?3")).isZero();
        assertThat(context.blobs().count()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("download-task-1"));
        over.countDown();
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() throws Exception {
        TestServer gone = new TestServer();
        gone.close();
        Map<?, ?> error = context.error(gone.url("/"));
        assertThat(error.get("code")).isEqualTo("connection_failed");
        assertThat(context.waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-x\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 x\r\nContent-Length: -5\r\n\r\n"})
    void whatIsNotHttpIsSaid(String answer) throws Exception {
        server.on("/x", (request, out) -> TestServer.write(out, answer.repeat(3)));
        assertThat(context.with("attempts", 1).error(server.url("/x")).get("code"))
                .isIn("bad_answer", "connection_failed");
    }

    @Test
    void aHeaderWithoutEndIsCutOff() throws Exception {
        server.on("/x", (request, out) -> {
            TestServer.write(out, "HTTP/1.1 200 x\r\nX: ");
            while (true) {
                out.write(FILE, 0, 0);
                TestServer.write(out, "x".repeat(10_000));
            }
        });
        assertThat(context.error(server.url("/x")).get("code")).isEqualTo("bad_answer");
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(40, TimeUnit.SECONDS)) {
                throw new IOException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static boolean pausedBriefly(CountDownLatch never) {
        try {
            return never.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
