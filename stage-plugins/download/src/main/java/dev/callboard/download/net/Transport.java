package dev.callboard.download.net;

import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.HostLookup;
import dev.callboard.spi.net.Outbound;
import dev.callboard.spi.net.Outbound.Proxy;
import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends single GET requests. It follows no redirect, repeats nothing, decodes nothing, keeps no cookies, sends no
 * credentials but the proxy's and uses no proxy but the operator's, also when the JVM is told to.
 */
public final class Transport implements Closeable {
    private static final int MAX_HEADER_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;

    private final CloseableHttpClient client;
    private final RequestConfig config;

    /**
     * Opens nothing yet.
     *
     * @param outbound the operator's proxy and authorities
     * @param connections how many requests may be under way at once
     */
    public Transport(
            AddressRules rules,
            Outbound outbound,
            HostLookup lookup,
            String userAgent,
            Duration connect,
            Duration idle,
            int connections) {
        Guard guard = new Guard(rules, lookup, outbound.proxy());
        Timeout silence = Timeout.of(idle);
        config = RequestConfig.custom()
                .setResponseTimeout(silence)
                .setConnectionRequestTimeout(Timeout.of(connect))
                .setProtocolUpgradeEnabled(false)
                .setAuthenticationEnabled(outbound.proxy().flatMap(Proxy::login).isPresent())
                .setRedirectsEnabled(false)
                .build();
        Http1Config lines = Http1Config.custom()
                .setMaxLineLength(MAX_HEADER_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(guard)
                        .setTlsSocketStrategy(Trust.with(outbound.authorities()))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(lines)
                                .build())
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(connect))
                                .setSocketTimeout(silence)
                                .build())
                        .build())
                .setRoutePlanner(new ProxyRoutes(guard))
                .setDefaultCredentialsProvider(credentials(outbound))
                .setUserAgent(userAgent)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    /** For the proxy alone: whoever else asks for a password gets none. */
    private static CredentialsProvider credentials(Outbound outbound) {
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        outbound.proxy().ifPresent(proxy -> proxy.login()
                .ifPresent(login -> credentials.setCredentials(
                        new AuthScope(proxy.host(), proxy.port()),
                        new UsernamePasswordCredentials(
                                login.user(), login.password().toCharArray()))));
        return credentials;
    }

    /**
     * Sends a request and waits for the head of the answer.
     *
     * @param stopper can end it from another thread at any moment
     * @return to be closed
     * @throws RefusedAddress when the address must not be reached; nothing was connected to
     * @throws IOException when there is no connection or no proper answer
     */
    public Answer get(WebAddress address, Map<String, String> headers, Stopper stopper) throws IOException {
        HttpGet request = new HttpGet(address.target());
        request.setScheme(address.scheme());
        request.setAuthority(new URIAuthority(address.host(), address.port()));
        request.setConfig(config);
        headers.forEach(request::setHeader);
        stopper.watch(request);
        HttpHost host = new HttpHost(address.scheme(), address.host(), address.port());
        try {
            return new Answer(request, client.executeOpen(host, request, HttpClientContext.create()));
        } catch (ClientProtocolException e) {
            if (e.getCause() instanceof ProxyRoutes.Refused refused) {
                throw refused.why();
            }
            throw e;
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
