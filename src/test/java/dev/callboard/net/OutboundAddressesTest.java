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
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server sends to others goes to checked addresses alone. */
class OutboundAddressesTest extends OutboundFixture {
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
    void itsDatabaseIsRefusedToo() throws Exception {
        rules = new OutboundRules(List.of("127.0.0.0/8"));
        rules.listens("127.0.0.1", 1);
        rules.listens("127.0.0.1", web.port());
        rules.listens("127.0.0.1", 2);
        client = client(null);
        refused(OutboundRequest.of("GET", url("/")), "address_refused");
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
