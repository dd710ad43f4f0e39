package dev.callboard.http;

import dev.callboard.bus.Caller;
import dev.callboard.problem.Ids;
import dev.callboard.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every request carries beside its body. */
final class Requests {
    private static final String ID = "callboard.request.id";
    private static final String BODY = "callboard.request.body";
    private static final String MAKES = "callboard.request.makes";
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"?(\\d{1,18})(?:-[0-9a-f]{1,64})?\"?");

    private Requests() {}

    /** The request's id, in its answers and in the log. */
    static String id(RoutingContext context) {
        String id = context.get(ID);
        if (id == null) {
            id = newId();
            context.put(ID, id);
        }
        return id;
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    /** Who acts, as the request says without proof; {@code local} when it says nothing. */
    static String actor(RoutingContext context) {
        return Actor.read(context.request().getHeader(Actor.HEADER));
    }

    /** Who acts and from where, for the audit log. */
    static Caller caller(RoutingContext context) {
        SocketAddress remote = context.request().remoteAddress();
        String address = remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
        return Caller.person(actor(context), address);
    }

    /** The body as it was read strictly; null when there is none. */
    static @Nullable Object body(RoutingContext context) {
        return context.get(BODY);
    }

    static void body(RoutingContext context, @Nullable Object body) {
        context.put(BODY, body);
    }

    /** The id of what the request makes, when that was decided before; else null. */
    static @Nullable String makes(RoutingContext context) {
        return context.get(MAKES);
    }

    static void makes(RoutingContext context, String id) {
        context.put(MAKES, id);
    }

    /** The revision of {@code If-Match}; null when the header is absent or {@code *}. */
    static @Nullable Long ifMatch(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.IF_MATCH);
        if (header == null || header.strip().equals("*")) {
            return null;
        }
        Matcher matcher = ETAG.matcher(header.strip());
        if (!matcher.matches()) {
            throw ProblemException.invalid("invalid_if_match", "If-Match must be one ETag such as \"7\".");
        }
        return Long.valueOf(matcher.group(1));
    }

    /** The body, when it is an object; else an empty one. */
    static Map<?, ?> object(RoutingContext context) {
        return body(context) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** A member of the body that is a text, else null. */
    static @Nullable String text(RoutingContext context, String key) {
        return object(context).get(key) instanceof String text ? text : null;
    }

    /** A member of the body that is a list of texts, else null. */
    static @Nullable List<String> texts(RoutingContext context, String key) {
        return object(context).get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : null;
    }

    static @Nullable String cursor(RoutingContext context) {
        String cursor = parameter(context, "cursor");
        if (cursor != null && !Ids.isId(cursor)) {
            throw ProblemException.invalid(
                    "invalid_cursor", "'cursor' must be the 'next' of the page before, or be left out.");
        }
        return cursor;
    }

    static @Nullable String parameter(RoutingContext context, String name) {
        List<String> values = context.queryParam(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** A whole number; the contract lets 5.0 and numbers of any size pass. */
    static int number(RoutingContext context, String name, int fallback) {
        String value = parameter(context, name);
        try {
            return value == null ? fallback : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw ProblemException.invalid(
                    "invalid_request", "'" + name + "' must be a whole number below 2,147,483,648.");
        }
    }
}
