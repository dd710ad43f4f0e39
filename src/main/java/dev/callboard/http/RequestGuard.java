package dev.callboard.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every request before any route does: one spelling of each path, only our own host name (else a foreign page
 * could reach us through a name that it rebinds), no writes and no WebSocket from foreign pages.
 */
final class RequestGuard implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestGuard.class);

    /**
     * Segments of unreserved and sub-delimiter characters (RFC 3986) and escapes, without a slash at the end. Possessive,
     * so that thousands of segments are matched in a loop and not on the stack.
     */
    private static final Pattern PATH = Pattern.compile("/|(?:/[A-Za-z0-9._~!$&'()*+,=:@%-]++)++");

    /** Escapes of characters that would make one path look like another: . / \ ; % and control characters. */
    private static final Pattern HIDDEN = Pattern.compile("%(2[eEfF5]|5[cC]|3[bB]|[01][0-9a-fA-F]|7[fF])");

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Set<String> hosts;
    private long lastWarning;

    /** Allows the configured host and the names of this machine itself. */
    RequestGuard(String host) {
        String own = host.toLowerCase(Locale.ROOT);
        this.hosts = Set.copyOf(List.of("localhost", "127.0.0.1", "[::1]", own.contains(":") ? "[" + own + "]" : own));
    }

    /** Refuses what names no host at all before the router sees it: the router would take it for a failure of its own. */
    static Handler<HttpServerRequest> requireHost(Handler<HttpServerRequest> next) {
        return request -> {
            if (request.authority() == null) {
                String detail = "The request names no host, or none that can be read.";
                Problems.send(request.response(), 400, "invalid_request", detail, List.of(), Requests.newId());
            } else {
                next.handle(request);
            }
        };
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
        String host = host(request);
        if (host == null) {
            warn("a request for the foreign host '{}' was refused", request.getHeader(HttpHeaders.HOST));
            ProblemHandler.send(
                    context, 421, "foreign_host", "This server does not answer for that host name.", List.of());
        } else if (!clean(request.path())) {
            ProblemHandler.send(context, 404, "not_found", "There is nothing at this address.", List.of());
        } else if (foreign(request, host) && (isWebSocket(request) || !READS.contains(request.method()))) {
            warn("a request from the foreign origin '{}' was refused", request.getHeader(HttpHeaders.ORIGIN));
            ProblemHandler.send(context, 403, "foreign_origin", "Pages of other origins may not do this.", List.of());
        } else {
            context.next();
        }
    }

    private static boolean clean(@Nullable String path) {
        if (path == null
                || !PATH.matcher(path).matches()
                || HIDDEN.matcher(path).find()) {
            return false;
        }
        return !List.of(path.split("/", -1)).contains("..")
                && !List.of(path.split("/", -1)).contains(".");
    }

    /** The {@code Host} header when its name is ours, else null. */
    private @Nullable String host(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.HOST);
        if (header == null) {
            return null;
        }
        String lower = header.toLowerCase(Locale.ROOT);
        String name = lower.replaceFirst(":\\d{1,5}$", "");
        return hosts.contains(name) ? lower : null;
    }

    private static boolean foreign(HttpServerRequest request, String host) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String site = request.getHeader("Sec-Fetch-Site");
        boolean crossSite = "cross-site".equals(site) || "same-site".equals(site);
        return origin == null ? crossSite : !origin.toLowerCase(Locale.ROOT).equals("http://" + host);
    }

    static boolean isWebSocket(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.UPGRADE, "websocket", true);
    }

    /** At most one line a second: a scanner must not fill the disk. */
    private void warn(String message, @Nullable String value) {
        long now = System.nanoTime();
        if (lastWarning == 0 || now - lastWarning > 1_000_000_000L) {
            lastWarning = now;
            String text = String.valueOf(value);
            LOG.warn(message, text.substring(0, Math.min(100, text.length())));
        }
    }
}
