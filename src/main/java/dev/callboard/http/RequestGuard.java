package dev.callboard.http;

import dev.callboard.config.PublicUrl;
import dev.callboard.feed.EventBusBridge;
import dev.callboard.problem.Violation;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /** Headers of which a second one would be read by nobody, or by somebody else. */
    private static final List<String> SINGLE = List.of(
            "Host",
            "Origin",
            "Content-Type",
            "Expect",
            "If-Match",
            "Idempotency-Key",
            "X-Callboard-Actor",
            "Upgrade",
            "Sec-Fetch-Site");

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** An origin that may be repeated in an answer. */
    private static final Pattern PLAIN_ORIGIN = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]{1,200}");

    private final Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    private final @Nullable PublicUrl publicUrl;
    private long lastWarning;

    /** Allows the configured host, the names of this machine itself, and the one by which it is known outside. */
    RequestGuard(String host, @Nullable PublicUrl publicUrl) {
        String own = host.toLowerCase(Locale.ROOT);
        this.publicUrl = publicUrl;
        hosts.add(own.contains(":") ? "[" + own + "]" : own);
        if (publicUrl != null) {
            hosts.add(publicUrl.host());
        }
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
                // Any body may be compressed for one client and not for the next.
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
        String host = host(request);
        Optional<String> twice = SINGLE.stream()
                .filter(name -> request.headers().getAll(name).size() > 1)
                .findFirst();
        if (twice.isPresent()) {
            String detail = "The header " + twice.get() + " is there more than once.";
            List<Violation> where = List.of(new Violation("/header/" + twice.get(), "must be there once"));
            ProblemHandler.send(context, 400, "invalid_request", detail, where);
        } else if (publicUrl == null && forwarded(request)) {
            warn("a request through a proxy was refused: server.public_url is not set; it came for '{}'", host);
            String detail = "This request came through a proxy, and this server does not know its own address there."
                    + " Set server.public_url to it, such as https://example.org/board, and restart.";
            ProblemHandler.send(context, 403, "no_public_url", detail, List.of());
        } else if (host == null) {
            warn("a request for the foreign host '{}' was refused", request.getHeader(HttpHeaders.HOST));
            String detail = "This server does not answer for that host name. If it is its own, set server.public_url.";
            ProblemHandler.send(context, 421, "foreign_host", detail, List.of());
        } else if (request.path() == null || !readable(request.path()) || !readable(request.query())) {
            String place = readable(request.path()) ? "/query" : "/path";
            String why = "has a '%' that begins no escape of valid UTF-8";
            String detail = "The address cannot be read: " + place + " " + why + ".";
            ProblemHandler.send(context, 400, "invalid_request", detail, List.of(new Violation(place, why)));
        } else if (encoded(request)) {
            String detail =
                    "This server takes bodies as they are: leave Content-Encoding out, and send the body unpacked.";
            ProblemHandler.lastOfConnection(context);
            ProblemHandler.send(context, 415, "unsupported_content_encoding", detail, List.of());
        } else if (!expected(request)) {
            ProblemHandler.send(context, 417, "expectation_failed", "Expect may be 100-continue only.", List.of());
        } else if (request.method() == HttpMethod.OPTIONS && request.uri().equals("*")) {
            context.response()
                    .putHeader(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE")
                    .setStatusCode(204)
                    .end();
        } else if (!clean(request.path())) {
            ProblemHandler.send(context, 404, "not_found", "There is nothing at this address.", List.of());
        } else if (foreign(request, host) && !isHarmless(request)) {
            warn("a request from the foreign origin '{}' was refused", request.getHeader(HttpHeaders.ORIGIN));
            ProblemHandler.send(context, 403, "foreign_origin", foreignOrigin(request, host), List.of());
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

    /** What a foreign page gets no more of than any browser does; the bridge answers its reads with more. */
    private static boolean isHarmless(HttpServerRequest request) {
        return !isWebSocket(request) && READS.contains(request.method()) && !EventBusBridge.owns(request.path());
    }

    private static boolean readable(@Nullable String text) {
        try {
            QueryText.unescape(text == null ? "" : text);
            return true;
        } catch (QueryText.Unreadable e) {
            return false;
        }
    }

    private static boolean encoded(HttpServerRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.strip().equalsIgnoreCase("identity");
    }

    private static boolean expected(HttpServerRequest request) {
        String expect = request.getHeader(HttpHeaders.EXPECT);
        return expect == null || expect.strip().equalsIgnoreCase("100-continue");
    }

    /**
     * The {@code Host} header when its name is ours, else null. The host of an address that is sent whole comes first (RFC 9112,
     * 3.2.2); it must be the same one.
     */
    private @Nullable String host(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.HOST);
        if (header == null) {
            return null;
        }
        String lower = header.toLowerCase(Locale.ROOT);
        String name = lower.replaceFirst(":\\d{1,5}$", "");
        String uri = request.uri().toLowerCase(Locale.ROOT);
        boolean whole = !uri.startsWith("/") && !uri.equals("*");
        boolean same = !whole || uri.equals("http://" + lower) || uri.startsWith("http://" + lower + "/");
        return same && hosts.contains(name) ? lower : null;
    }

    private static boolean forwarded(HttpServerRequest request) {
        return request.headers().names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals("forwarded") || name.startsWith("x-forwarded-"));
    }

    private String foreignOrigin(HttpServerRequest request, String host) {
        String origin = String.valueOf(request.getHeader(HttpHeaders.ORIGIN));
        String known = publicUrl == null ? "http://" + host : publicUrl.origin();
        return "Pages of other origins may not do this."
                + (PLAIN_ORIGIN.matcher(origin).matches()
                        ? " The page is at " + origin + ", this server at " + known
                                + ". If that is one and the same, behind a proxy, set server.public_url."
                        : "");
    }

    private boolean foreign(HttpServerRequest request, String host) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String site = request.getHeader("Sec-Fetch-Site");
        boolean crossSite = "cross-site".equals(site) || "same-site".equals(site);
        if (origin == null) {
            return crossSite;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        // At the public address the scheme counts too: a plain page there may be anybody's on the way.
        String own = publicUrl != null && publicUrl.authority().equals(host) ? publicUrl.origin() : "http://" + host;
        return !lower.equals(own) && (publicUrl == null || !lower.equals(publicUrl.origin()));
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
