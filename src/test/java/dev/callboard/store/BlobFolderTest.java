package dev.callboard.store;

import static dev.callboard.store.DatabaseTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.problem.ProblemException;
import dev.callboard.testing.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobFolderTest {
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path dir;

    private DataFolder data;
    private BlobFolder blobs;

    @BeforeEach
    void open() throws IOException {
        data = DataFolder.open(dir);
        blobs = BlobFolder.of(data, 1_000_000);
        blobs.removeLeftovers();
    }

    @AfterEach
    void close() throws IOException {
        data.close();
        await(vertx.close());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.walk(dir.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void bytesAreFoundByTheirHash() throws IOException {
        assertThat(blobs.put(bytes("hello"))).isEqualTo(HELLO);
        assertThat(blobs.put(bytes("hello"))).isEqualTo(HELLO);
        assertThat(blobs.size(HELLO)).isEqualTo(5);
        try (InputStream stored = blobs.open(HELLO)) {
            assertThat(stored.readAllBytes()).asString().isEqualTo("hello");
        }
        assertThat(files()).isEqualTo(1);
        assertThat(dir.resolve("blobs").resolve("2c")).isDirectory();
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        assertThat(blobs.size(HELLO)).isEqualTo(-1);
        assertThatThrownBy(() -> blobs.open(HELLO)).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> blobs.open("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBlobThatWasCutOffIsNoticedWhenItIsReadAndReplacedByTheSameContent() throws IOException {
        blobs.put(bytes("hello"));
        for (String damaged : new String[] {"hel", "", "hullo", "hello there"}) {
            Files.writeString(blobs.pathOf(HELLO), damaged);
            // As after a restart: nothing is remembered of the file.
            BlobFolder fresh = BlobFolder.of(data, 1_000_000);
            assertThatThrownBy(() -> fresh.open(HELLO))
                    .hasMessageContaining(HELLO)
                    .hasMessageContaining("Upload the same content again");
            assertThat(fresh.put(bytes("hello"))).isEqualTo(HELLO);
            try (InputStream stored = fresh.open(HELLO)) {
                assertThat(stored.readAllBytes()).asString().isEqualTo("hello");
            }
        }
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void damageThatComesLaterIsNoticedToo() throws IOException {
        blobs.put(bytes("hello"));
        blobs.open(HELLO).close();
        Files.writeString(blobs.pathOf(HELLO), "hell");
        assertThatThrownBy(() -> blobs.open(HELLO)).hasMessageContaining("is damaged");
        blobs.put(bytes("hello"));
        assertThat(blobs.size(HELLO)).isEqualTo(5);
    }

    @Test
    void tooMuchLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> blobs.put(bytes("x".repeat(1_000_001)))).hasMessageContaining("1000000");
        assertThat(files()).isZero();
    }

    @Test
    void whatAnEarlierProcessLeftHalfWrittenIsRemoved() throws IOException {
        Path leftover = Files.writeString(dir.resolve("blobs/unfinished/abc"), "half");
        blobs.removeLeftovers();
        assertThat(leftover).doesNotExist();
    }

    @Test
    void aStreamIsStoredAsItComes() throws IOException {
        int port = serve();
        byte[] body = "0123456789".repeat(90_000).getBytes(StandardCharsets.UTF_8);
        var client = vertx.createHttpClient();
        Buffer answer = await(client.request(HttpMethod.POST, port, "127.0.0.1", "/")
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response -> response.body()));
        String sha256 = answer.toString();
        assertThat(blobs.size(sha256)).isEqualTo(body.length);
        assertThat(blobs.put(new ByteArrayInputStream(body))).isEqualTo(sha256);
    }

    @Test
    void aStreamThatIsTooLargeIsRefusedAndLeavesNothing() throws IOException {
        int port = serve();
        var client = vertx.createHttpClient();
        Buffer answer = await(client.request(HttpMethod.POST, port, "127.0.0.1", "/")
                .compose(request -> request.send(Buffer.buffer(new byte[1_000_001])))
                .compose(response -> response.body()));
        assertThat(answer.toString()).contains("blob_too_large");
        assertThat(files()).isZero();
    }

    @Test
    void aConnectionThatBreaksLeavesNothingBehind() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> blobs.put(vertx, request).onFailure(failure::complete))
                .listen(0, "127.0.0.1"));
        try (var socket = new java.net.Socket("127.0.0.1", server.actualPort())) {
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhalf"
                            .getBytes(StandardCharsets.UTF_8));
            Awaitility.await().until(() -> files() == 1);
        }
        assertThat(failure.get(Patience.SOON.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        assertThat(files()).isZero();
    }

    private int serve() {
        return await(vertx.createHttpServer()
                        .requestHandler(request -> blobs.put(vertx, request)
                                .map(BlobFolder.Stored::sha256)
                                .recover(failure -> Future.succeededFuture(((ProblemException) failure).getMessage()))
                                .onSuccess(text -> request.response()
                                        .putHeader("Connection", "close")
                                        .end(text)))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }
}
