package dev.callboard.endpoint;

import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.HostLookup;
import dev.callboard.spi.net.Outbound;
import dev.callboard.spi.net.Outbound.Proxy;
import dev.callboard.spi.net.RefusedAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/** Makes clients that reach what the server's rules permit and nothing else. */
final class GuardedClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int MAX_HEADER_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;

    private GuardedClient() {}

    /**
     * A client.
     *
     * @param outbound whose authorities are trusted
     * @param proxy through which everything goes; empty to connect directly
     * @param silence the longest
     */
    static CloseableHttpClient of(
            AddressRules rules, Outbound outbound, Optional<Proxy> proxy, HostLookup lookup, Duration silence) {
        Http1Config lines = Http1Config.custom()
                .setMaxLineLength(MAX_HEADER_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        HttpClientBuilder builder = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Guard(rules, lookup, proxy))
                        .setTlsSocketStrategy(TrustedAuthorities.with(outbound.authorities()))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(lines)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(CONNECT))
                                .setSocketTimeout(Timeout.of(silence))
                                .build())
                        .build())
                .setUserAgent("callboard")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching();
        proxy.ifPresent(each -> through(each, builder));
        return builder.build();
    }

    private static void through(Proxy proxy, HttpClientBuilder builder) {
        builder.setProxy(new HttpHost("http", proxy.host(), proxy.port()));
        proxy.login().ifPresent(login -> {
            // For the proxy alone: whoever else asks for a password gets none.
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    new AuthScope(proxy.host(), proxy.port()),
                    new UsernamePasswordCredentials(
                            login.user(), login.password().toCharArray()));
            builder.setDefaultCredentialsProvider(credentials);
        });
    }

    /**
     * Is asked once for each connection, and what it answers is what is connected to, so that a name cannot change its address in
     * between.
     */
    private record Guard(AddressRules rules, HostLookup lookup, Optional<Proxy> proxy) implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            if (proxy.filter(each -> each.host().equals(host) && each.port() == port)
                    .isPresent()) {
                return Arrays.stream(InetAddress.getAllByName(host))
                        .map(address -> new InetSocketAddress(address, port))
                        .toList();
            }
            return rules.permitted(host, port, lookup);
        }

        /** Never asked by the client as long as the other is there; without a port nothing is permitted. */
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw RefusedAddress.forbidden("'" + host + "' was asked for without a port.");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
