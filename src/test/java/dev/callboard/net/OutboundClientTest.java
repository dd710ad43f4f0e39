package dev.callboard.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.testing.Patience;
import dev.callboard.testing.WebStub;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What the server sends to others and gets from them, within its limits. */
class OutboundClientTest extends OutboundFixture {
    @Test
    void sendsAndReceives() throws Exception {
        web.answer("/a", exchange -> WebStub.reply(exchange, 201, "text/plain", WebStub.body(exchange) + "!"));
        OutboundReply reply = client.send(OutboundRequest.of("POST", url("/a?x=1"))
                        .header("X-Own", "y")
                        .body("gr\u00FC\u00DFe", "text/plain; charset=utf-8"))
                .toCompletionStage()
                .toCompletableFuture()
                .get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text()).isEqualTo("gr\u00FC\u00DFe!");
        WebStub.Request got = web.requests().get(0);
        assertThat(got.line()).isEqualTo("POST /a?x=1");
        assertThat(got.header("X-own")).isEqualTo("y");
        assertThat(got.header("User-agent")).isEqualTo("Callboard/test");
        assertThat(got.header("Host")).isEqualTo("127.0.0.1:" + web.port());
    }

    @Test
    void redirectsAreCheckedAndFew() throws Exception {
        web.answer("/away", exchange -> WebStub.redirect(exchange, 302, "http://169.254.169.254/"));
        web.answer("/self", exchange -> WebStub.redirect(exchange, 302, "http://127.0.0.2:" + web.port() + "/"));
        web.answer("/file", exchange -> WebStub.redirect(exchange, 302, "file:///etc/passwd"));
        web.answer("/loop", exchange -> WebStub.redirect(exchange, 302, "/loop"));
        web.answer("/three", exchange -> WebStub.redirect(exchange, 303, "end?y=2"));
        web.answer("/end", exchange -> WebStub.reply(exchange, 200, "text/plain", exchange.getRequestMethod()));
        for (String path : List.of("/away", "/self", "/file")) {
            refused(OutboundRequest.of("GET", url(path)), "address_refused");
        }
        refused(OutboundRequest.of("GET", url("/loop")), "too_many_redirects");
        assertThat(text(open(OutboundRequest.of("POST", url("/three")).body("x", "text/plain"))))
                .isEqualTo("GET");
        assertThat(open(OutboundRequest.of("GET", url("/away")).withoutRedirects())
                        .status())
                .isEqualTo(302);
    }

    @Test
    void anotherOriginGetsNoCredentialsAndNoBody() throws Exception {
        try (WebStub other = new WebStub()) {
            rules = new OutboundRules(List.of("127.0.0.1"));
            client = client(null);
            other.answer("/", exchange -> WebStub.reply(exchange, 200, "text/plain", "other"));
            String there = "http://127.0.0.1:" + other.port() + "/";
            web.answer("/moved", exchange -> WebStub.redirect(exchange, 302, there));
            web.answer("/keeps", exchange -> WebStub.redirect(exchange, 307, there));
            web.answer("/stays", exchange -> WebStub.redirect(exchange, 307, "/echo"));
            web.answer("/echo", exchange -> WebStub.reply(exchange, 200, "text/plain", WebStub.body(exchange)));
            OutboundRequest request = OutboundRequest.of("GET", url("/moved"))
                    .header("Authorization", "Bearer t")
                    .header("X-Api-Key", "k")
                    .header("Cookie", "c=1")
                    .header("Accept", "text/plain");
            assertThat(text(open(request))).isEqualTo("other");
            WebStub.Request got = other.requests().get(0);
            assertThat(List.of(got.header("Authorization"), got.header("X-api-key"), got.header("Cookie")))
                    .containsOnly("");
            assertThat(got.header("Accept")).isEqualTo("text/plain");
            refused(OutboundRequest.of("POST", url("/keeps")).body("secret", "text/plain"), "redirect_refused");
            assertThat(other.requests()).hasSize(1);
            OutboundRequest same = OutboundRequest.of("PUT", url("/stays"))
                    .header("Authorization", "Bearer t")
                    .body("kept", "text/plain");
            assertThat(text(open(same))).isEqualTo("kept");
            assertThat(web.requests().get(3).header("Authorization")).isEqualTo("Bearer t");
        }
    }

    @Test
    void limitsOfTimeAndSizeHold() throws Exception {
        web.answer("/large", exchange -> WebStub.reply(exchange, 200, "text/plain", "x".repeat(200_000)));
        web.answer("/bomb", exchange -> {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(new byte[1_000_000]);
            }
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            WebStub.reply(exchange, 200, "text/plain", packed.toByteArray());
        });
        CompletableFuture<Void> over = new CompletableFuture<>();
        web.answer("/silent", exchange -> over.join());
        Duration shortly = Duration.ofMillis(300);
        for (String path : List.of("/large", "/bomb")) {
            OutboundAnswer answer = open(OutboundRequest.of("GET", url(path)).within(Duration.ofSeconds(30), 100_000));
            assertThatThrownBy(() -> text(answer))
                    .isInstanceOfSatisfying(OutboundException.class, failure -> assertThat(failure.code())
                            .isEqualTo("too_large"));
        }
        assertThat(text(open(OutboundRequest.of("GET", url("/bomb")).within(Duration.ofSeconds(30), 1_000_000))))
                .hasSize(1_000_000);
        refused(OutboundRequest.of("GET", url("/silent")).within(shortly, 1_000), "timeout");
        over.complete(null);
    }

    /** Vert.x tells of the end of a connection before it has given what came over it. */
    @Test
    void answersAreWholeWhereTheServerHasClosedBeforeTheyAreRead() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            rules = new OutboundRules(List.of("127.0.0.1:" + server.getLocalPort()));
            client = client(null);
            for (int size = 8 << 10; size <= 256 << 10; size += 8 << 10) {
                byte[] body = "x".repeat(size).getBytes(StandardCharsets.US_ASCII);
                CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> serve(server, body));
                OutboundAnswer answer =
                        open(OutboundRequest.of("GET", "http://127.0.0.1:" + server.getLocalPort() + "/"));
                closed.get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
                assertThat(text(answer)).hasSize(size);
            }
        }
    }

    /** Answers one request and closes. */
    private static void serve(ServerSocket server, byte[] body) {
        try (Socket socket = server.accept()) {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = request.readLine(); line != null && !line.isEmpty(); line = request.readLine()) {}
            String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void cancelEndsTheConnection() throws Exception {
        CompletableFuture<Void> over = new CompletableFuture<>();
        web.answer("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("begun".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            over.join();
        });
        AtomicBoolean cancelled = new AtomicBoolean();
        OutboundAnswer answer = client.open(OutboundRequest.of("GET", url("/slow")), cancelled::get);
        InputStream body = answer.body();
        assertThat(body.readNBytes(5)).hasSize(5);
        cancelled.set(true);
        assertThatThrownBy(body::read).hasMessageContaining("cancelled");
        assertThat(Thread.interrupted()).isTrue();
        answer.close();
        over.complete(null);
    }
}
