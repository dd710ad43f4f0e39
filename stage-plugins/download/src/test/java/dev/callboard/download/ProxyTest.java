package dev.callboard.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.spi.net.Outbound;
import dev.callboard.spi.net.Outbound.Login;
import dev.callboard.spi.net.Outbound.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Public hosts are reached through the operator's proxy, and others are not; the server here is the proxy. */
class ProxyTest extends DownloadFixture {
    private static final String LOGIN = "Basic bWU6cGFzcyB3b3Jk";

    private void proxy(Optional<Login> login) {
        context.outbound(new Outbound(Optional.of(new Proxy("127.0.0.1", server.port(), login)), List.of()));
    }

    private static InetAddress[] lookUp(String host) throws UnknownHostException {
        return switch (host) {
            case "public.test" -> new InetAddress[] {InetAddress.getByName("93.184.215.14")};
            case "inside.test" -> new InetAddress[] {InetAddress.getByName("10.0.0.1")};
            default -> throw new UnknownHostException(host);
        };
    }

    private Map<?, ?> run(String url) throws Exception {
        context.with("urls", List.of(url)).with("on_error", "continue").with("attempts", 1);
        return (Map<?, ?>)
                new DownloadStage(ProxyTest::lookUp, context::now, context::pause).execute(context, context.inputs());
    }

    private String text(String url) throws Exception {
        Map<?, ?> output = run(url);
        assertThat(TestContext.files(output)).as("%s", output).hasSize(1);
        return context.text(TestContext.files(output).get(0));
    }

    @Test
    void publicHostsAndThoseThatOnlyTheProxyKnowsGoThroughIt() throws Exception {
        proxy(Optional.empty());
        server.on("http://public.test:80/a.txt", 200, "proxied a");
        server.on("http://only-the-proxy-knows.test:80/b.txt", 200, "proxied b");
        assertThat(text("http://public.test/a.txt")).isEqualTo("proxied a");
        assertThat(text("http://only-the-proxy-knows.test/b.txt")).isEqualTo("proxied b");
        server.on("/c.txt", 200, "direct c");
        assertThat(text(server.url("/c.txt"))).isEqualTo("direct c");
        assertThat(server.requests).noneMatch(request -> request.headers().containsKey("proxy-authorization"));
    }

    @Test
    void theProxyIsNoWayToInnerAddresses() throws Exception {
        proxy(Optional.empty());
        for (String url : List.of("http://inside.test/", "http://10.1.2.3/", "http://public.test:2222/")) {
            Map<?, ?> error = TestContext.maps(run(url).get("errors")).get(0);
            assertThat(error.get("code")).as("%s", error).isEqualTo("address_refused");
        }
        assertThat(server.connections).hasValue(0);
    }

    @Test
    void theProxyGetsThePasswordThatItAsksForAndNobodyElseDoes() throws Exception {
        proxy(Optional.of(new Login("me", "pass word")));
        server.on("http://public.test:80/a.txt", (request, out) -> {
            boolean known = request.header("proxy-authorization").equals(LOGIN);
            TestServer.head(out, known ? 200 : 407, "Proxy-Authenticate: Basic realm=\"p\"");
            TestServer.write(out, "Content-Length: 2\r\n\r\nok");
        });
        assertThat(text("http://public.test/a.txt")).isEqualTo("ok");
        String asks = "http://public.test:80/asks.txt";
        server.on(asks, 401, "who?", "WWW-Authenticate: Basic realm=\"p\"");
        assertThat(TestContext.maps(run(asks).get("errors"))).hasSize(1);
        assertThat(server.requests)
                .filteredOn(request -> request.path().equals(asks))
                .isNotEmpty()
                .noneMatch(request -> request.headers().containsKey("authorization"));
        try (TestServer direct = new TestServer()) {
            direct.on("/asks.txt", 401, "who?", "WWW-Authenticate: Basic realm=\"p\"");
            assertThat(TestContext.maps(run(direct.url("/asks.txt")).get("errors")))
                    .hasSize(1);
            assertThat(direct.requests)
                    .isNotEmpty()
                    .noneMatch(request -> request.headers().containsKey("authorization")
                            || request.headers().containsKey("proxy-authorization"));
        }
    }

    @Test
    void aSecureHostIsReachedThroughATunnel() throws Exception {
        proxy(Optional.empty());
        server.on("public.test:443", 403, "no tunnels today");
        assertThat(TestContext.maps(run("https://public.test/a.txt").get("errors")))
                .hasSize(1);
        assertThat(server.count("public.test:443")).isEqualTo(1);
    }
}
