package dev.callboard.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.callboard.config.ConfigLoader;
import dev.callboard.config.NetworkConfig;
import dev.callboard.spi.net.Outbound.Login;
import dev.callboard.spi.net.Outbound.Proxy;
import dev.callboard.testing.OwnAuthority;
import dev.callboard.testing.Patience;
import dev.callboard.testing.WebStub;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server sends to others goes to checked addresses alone, within its limits. */
class OutboundClientTest {
    private final Vertx vertx = Vertx.vertx();
    private final WebStub web = new WebStub();
    private final List<String> lookedUp = new ArrayList<>();
    private final Map<String, Deque<String>> names = new HashMap<>();
    private OutboundRules rules;
    private OutboundClient client;

    @BeforeEach
    void allowLoopback() {
        rules = new OutboundRules(List.of("127.0.0.1:" + web.port()));
        client = client(null);
    }

    @AfterEach
    void close() throws Exception {
        web.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private OutboundClient client(Proxy proxy) {
        NetworkConfig config = new NetworkConfig(List.of(), proxy, "", List.of(), Duration.ofSeconds(30), 1 << 20);
        return new OutboundClient(vertx, config, rules, "Callboard/test", this::lookUp);
    }

    /** Each name's answers, one after the other; the last stays. */
    private InetAddress[] lookUp(String name) throws UnknownHostException {
        lookedUp.add(name);
        Deque<String> answers = names.get(name);
        if (answers == null) {
            throw new UnknownHostException(name);
        }
        String answer = answers.size() > 1 ? answers.poll() : answers.peek();
        return new InetAddress[] {InetAddress.getByName(answer)};
    }

    private void name(String name, String... addresses) {
        names.put(name, new ArrayDeque<>(List.of(addresses)));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + web.port() + path;
    }

    private static String text(OutboundAnswer answer) throws Exception {
        try (answer) {
            return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private OutboundAnswer open(OutboundRequest request) throws Exception {
        return client.open(request, () -> false);
    }

    private void refused(OutboundRequest request, String code) {
        assertThatThrownBy(() -> open(request))
                .isInstanceOfSatisfying(OutboundException.class, failure -> assertThat(failure.code())
                        .as(failure.getMessage())
                        .isEqualTo(code));
    }

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
    void theAddressThatWasCheckedIsTheOneThatIsConnectedTo() throws Exception {
        rules = new OutboundRules(List.of("127.0.0.1:" + web.port()));
        client = client(null);
        web.answer("/", exchange -> WebStub.reply(exchange, 200, "text/plain", "reached"));
        name("turns.test", "127.0.0.1", "10.0.0.1");
        String turning = "http://turns.test:" + web.port() + "/";
        assertThat(text(open(OutboundRequest.of("GET", turning)))).isEqualTo("reached");
        assertThat(web.requests().get(0).header("Host")).isEqualTo("turns.test:" + web.port());
        refused(OutboundRequest.of("GET", turning), "address_refused");
        assertThat(lookedUp).hasSize(2);
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void whatIsNotAllowedIsNotConnectedTo() throws Exception {
        for (String url : List.of(
                "http://127.0.0.2:" + web.port() + "/",
                "http://localhost.test:" + web.port() + "/",
                "http://[::1]:" + web.port() + "/",
                "http://[::ffff:127.0.0.2]:" + web.port() + "/",
                "http://169.254.169.254/latest/meta-data/",
                "http://10.1.2.3/",
                "http://93.184.215.14:22/")) {
            name("localhost.test", "127.0.0.3");
            refused(OutboundRequest.of("GET", url), "address_refused");
        }
        for (String url : List.of("http://2130706433/", "http://0x7f.1/", "ftp://127.0.0.1/", "http://a@127.0.0.1/")) {
            assertThatThrownBy(() -> OutboundRequest.of("GET", url))
                    .isInstanceOfSatisfying(OutboundException.class, failure -> assertThat(failure.code())
                            .isEqualTo("address_refused"));
        }
        refused(OutboundRequest.of("GET", "http://unknown.test/"), "host_unknown");
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void theServerItselfIsRefusedWhateverIsAllowed() throws Exception {
        rules = new OutboundRules(List.of("127.0.0.0/8", "0.0.0.0/0", "::/0", "self.test"));
        rules.listens("127.0.0.1", web.port());
        client = client(null);
        name("self.test", "127.0.0.1");
        for (String host :
                List.of("127.0.0.1", "127.8.8.8", "self.test", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]")) {
            refused(OutboundRequest.of("GET", "http://" + host + ":" + web.port() + "/"), "address_refused");
        }
        assertThatThrownBy(() -> client.open(OutboundRequest.of("GET", url("/")), () -> false))
                .hasMessageContaining("is this server itself");
        assertThatThrownBy(() ->
                        client.allowing("127.0.0.1", web.port()).open(OutboundRequest.of("GET", url("/")), () -> false))
                .isInstanceOf(OutboundException.class);
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void whatTheOperatorNamedIsAllowed() throws Exception {
        rules = new OutboundRules(List.of());
        client = client(null);
        web.answer("/", exchange -> WebStub.reply(exchange, 200, "text/plain", "model"));
        refused(OutboundRequest.of("GET", url("/")), "address_refused");
        OutboundClient named = client.allowing("127.0.0.1", web.port());
        assertThat(text(named.open(OutboundRequest.of("GET", url("/")), () -> false)))
                .isEqualTo("model");
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

    @Test
    void publicAddressesAreReachedThroughTheProxyAndOthersAreNot() throws Exception {
        for (String path : List.of("/a", "/b", "/c")) {
            web.answer(
                    path,
                    exchange -> WebStub.reply(exchange, 200, "text/plain", "proxied " + exchange.getRequestURI()));
        }
        rules = new OutboundRules(List.of("127.0.0.0/8"));
        client = client(new Proxy("127.0.0.1", web.port(), Optional.of(new Login("me", "pass word"))));
        name("public.test", "93.184.215.14");
        assertThat(text(open(OutboundRequest.of("GET", "http://public.test/a"))))
                .isEqualTo("proxied http://public.test/a");
        assertThat(text(open(OutboundRequest.of("GET", "http://only-the-proxy-knows.test/b"))))
                .isEqualTo("proxied http://only-the-proxy-knows.test/b");
        assertThat(text(open(OutboundRequest.of("GET", url("/c"))))).isEqualTo("proxied /c");
        // The proxy is told who asks, and nobody else.
        assertThat(web.requests().stream()
                        .map(request -> request.header("Proxy-authorization"))
                        .toList())
                .containsExactly("Basic bWU6cGFzcyB3b3Jk", "Basic bWU6cGFzcyB3b3Jk", "");
        name("inside.test", "10.0.0.1");
        refused(OutboundRequest.of("GET", "http://inside.test/"), "address_refused");
        await().until(() -> web.requests().size() == 3);
    }

    @Test
    void anAuthorityOfOnesOwnIsTrustedWhereItIsNamed(@TempDir Path folder) throws Exception {
        OwnAuthority own = OwnAuthority.in(folder);
        HttpServer secure = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(own.keyStore().toString())
                                .setPassword(OwnAuthority.PASSWORD)))
                .requestHandler(request -> request.response().end("secure"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
        rules = new OutboundRules(List.of("127.0.0.1"));
        client = client(null);
        name("own.test", "127.0.0.1");
        name("other.test", "127.0.0.1");
        String there = "https://own.test:" + secure.actualPort() + "/";
        refused(OutboundRequest.of("GET", there), "tls_failed");
        NetworkConfig trusting = ConfigLoader.load(
                        Map.of("network.ca_file", own.pem().toString()))
                .network();
        client = new OutboundClient(vertx, trusting, rules, "Callboard/test", this::lookUp);
        assertThat(text(open(OutboundRequest.of("GET", there)))).isEqualTo("secure");
        refused(OutboundRequest.of("GET", there.replace("own.test", "other.test")), "tls_failed");
    }

    @Test
    void theOperatorsListIsReadStrictly() {
        for (String entry : List.of("10.0.0.0/33", "http://example.org", "example.org:70000", "not a host")) {
            assertThatThrownBy(() -> ConfigLoader.load(Map.of("network.allow", entry)))
                    .hasMessageContaining("network.allow");
        }
        for (Map<String, String> login : List.of(
                Map.of("network.proxy_user", "me"),
                Map.of("network.proxy_password_env", "PATH"),
                Map.of("network.proxy_user", "me", "network.proxy_password_env", "IS_NOT_SET_HERE"))) {
            Map<String, String> options = new HashMap<>(login);
            options.put("network.proxy", "http://proxy.test:1");
            assertThatThrownBy(() -> ConfigLoader.load(options)).hasMessageContaining("network.proxy_");
        }
        assertThatThrownBy(() -> ConfigLoader.load(Map.of("network.proxy_user", "me")))
                .hasMessageContaining("network.proxy_user")
                .hasMessageContaining("without network.proxy");
        assertThatThrownBy(() -> ConfigLoader.load(Map.of("network.proxy", "http://user:word@proxy.test:1")))
                .hasMessageContaining("network.proxy")
                .hasMessageNotContaining("word@");
        assertThatThrownBy(() -> ConfigLoader.load(Map.of("network.ca_file", "/nowhere.pem")))
                .hasMessageContaining("network.ca_file");
    }
}
