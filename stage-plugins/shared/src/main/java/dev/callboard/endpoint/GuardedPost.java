package dev.callboard.endpoint;

import dev.callboard.endpoint.PostException.Kind;
import dev.callboard.spi.net.AddressRules;
import dev.callboard.spi.net.HostLookup;
import dev.callboard.spi.net.Outbound;
import dev.callboard.spi.net.Outbound.Proxy;
import dev.callboard.spi.net.RefusedAddress;
import dev.callboard.spi.net.WebAddress;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts JSON to one address. It connects to what the server's rules permit, follows no redirect, repeats nothing, unpacks
 * nothing, and reads no more than it is told to. For one thread.
 */
public final class GuardedPost implements Closeable {
    /** What is read of an answer that says what is wrong. */
    private static final int ERROR_BYTES = 16 * 1024;

    /** How often it is asked whether anybody still wants the answer, in milliseconds. */
    private static final long ASK_EVERY_MS = 100;

    private final WebAddress address;
    private final AddressRules rules;
    private final Outbound outbound;
    private final HostLookup lookup;
    private final Duration timeout;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "model-endpoint");
        thread.setDaemon(true);
        return thread;
    });
    private volatile CloseableHttpClient client;

    /**
     * Connects to nothing yet.
     *
     * @param timeout for a whole request
     */
    public GuardedPost(WebAddress address, AddressRules rules, Outbound outbound, HostLookup lookup, Duration timeout) {
        this.address = address;
        this.rules = rules;
        this.outbound = outbound;
        this.lookup = lookup;
        this.timeout = timeout;
    }

    /**
     * Posts, and waits for the whole answer.
     *
     * @param most the most bytes of a good answer
     * @throws PostException when there is none
     * @throws InterruptedException when nobody wants it any more
     */
    public PostAnswer post(byte[] json, Map<String, String> headers, long most, BooleanSupplier cancelled)
            throws PostException, InterruptedException {
        HttpPost request = new HttpPost(address.target());
        request.setScheme(address.scheme());
        // The usual port is left out, as every client does: some servers know themselves by the header Host.
        boolean usual = address.port() == (address.scheme().equals("http") ? 80 : 443);
        request.setAuthority(new URIAuthority(address.host(), usual ? -1 : address.port()));
        request.setConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.of(timeout))
                .setProtocolUpgradeEnabled(false)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(outbound.proxy().flatMap(Proxy::login).isPresent())
                .build());
        request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        headers.forEach(request::setHeader);
        Future<PostAnswer> answer = thread.submit(() -> exchange(request, most));
        try {
            return await(answer, cancelled);
        } finally {
            request.cancel();
        }
    }

    private PostAnswer await(Future<PostAnswer> answer, BooleanSupplier cancelled)
            throws PostException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            if (cancelled.getAsBoolean()) {
                throw new InterruptedException("cancelled");
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new PostException(Kind.TIMEOUT, "");
            }
            try {
                return answer.get(Math.min(left, ASK_EVERY_MS), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Asks again.
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
    }

    private PostAnswer exchange(HttpPost request, long most) throws IOException, PostException {
        HttpHost host = new HttpHost(address.scheme(), address.host(), address.port());
        try (ClassicHttpResponse response = client().executeOpen(host, request, null)) {
            int status = response.getCode();
            byte[] body = response.getEntity() == null
                    ? new byte[0]
                    : read(response.getEntity().getContent(), status == 200, most);
            return new PostAnswer(status, header(response, "Retry-After"), header(response, "Date"), body);
        }
    }

    private static byte[] read(InputStream in, boolean whole, long most) throws IOException, PostException {
        if (!whole) {
            return in.readNBytes(ERROR_BYTES);
        }
        byte[] body = in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
        if (body.length > most) {
            throw new PostException(Kind.TOO_LARGE, "");
        }
        return body;
    }

    private static String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }

    /** Made when it is first needed, for it is then that the way to the host is known: directly or by the operator's proxy. */
    private CloseableHttpClient client() throws UnknownHostException {
        if (client == null) {
            client = GuardedClient.of(rules, outbound, proxy(), lookup, timeout);
        }
        return client;
    }

    /** The proxy, when there is one and the host is public or not known here. */
    private Optional<Proxy> proxy() throws UnknownHostException {
        if (outbound.proxy().isEmpty()) {
            return Optional.empty();
        }
        try {
            return rules.permitted(address.host(), address.port(), lookup).stream()
                            .anyMatch(each -> AddressRules.isPublic(each.getAddress()))
                    ? outbound.proxy()
                    : Optional.empty();
        } catch (RefusedAddress e) {
            throw e;
        } catch (UnknownHostException e) {
            if (rules.ports().contains(address.port())) {
                return outbound.proxy();
            }
            throw e;
        }
    }

    private static PostException failure(Throwable cause) {
        if (cause instanceof PostException known) {
            return known;
        }
        if (cause instanceof RefusedAddress refused) {
            return new PostException(Kind.REFUSED, words(refused));
        }
        if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
            return new PostException(Kind.TLS, words(cause));
        }
        if (cause instanceof SocketTimeoutException) {
            return new PostException(Kind.TIMEOUT, "");
        }
        if (cause instanceof ClientProtocolException || cause instanceof MessageConstraintException) {
            return new PostException(Kind.NOT_HTTP, "");
        }
        if (cause instanceof IOException) {
            return new PostException(Kind.UNREACHABLE, "");
        }
        throw new IllegalStateException("the request to the endpoint failed", cause);
    }

    private static String words(Throwable failure) {
        String message =
                String.valueOf(failure.getMessage()).replaceAll("\\p{C}", " ").strip();
        return message.length() <= 200 ? message : message.substring(0, 200) + "…";
    }

    @Override
    public void close() {
        thread.shutdown();
        if (client != null) {
            client.close(CloseMode.IMMEDIATE);
        }
    }
}
