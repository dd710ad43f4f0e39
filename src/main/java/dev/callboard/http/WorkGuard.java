package dev.callboard.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may take work: programs only, never a page of a browser, and where the configuration names a token those that have it.
 */
final class WorkGuard implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkGuard.class);
    private static final String BEARER = "bearer ";

    private final @Nullable String variable;
    private final byte[] token;

    /**
     * Reads the token.
     *
     * @param variable the environment variable that has it, null when none is needed
     * @param environment variable to value
     */
    WorkGuard(@Nullable String variable, Function<String, @Nullable String> environment) {
        this.variable = variable;
        String value = variable == null ? null : environment.apply(variable);
        this.token = (value == null ? "" : value.strip()).getBytes(StandardCharsets.UTF_8);
        if (variable != null && token.length == 0) {
            LOG.warn(
                    "The environment variable {}, which is to hold the workers' token, is not set: no worker is let in.",
                    variable);
        }
    }

    /** Whether workers show who they are, so that they may have secrets. */
    boolean trusts() {
        return variable != null;
    }

    @Override
    public void handle(RoutingContext context) {
        if (lets(context)) {
            context.next();
        }
    }

    /** Whether a request may go on; if not, it is answered. */
    boolean lets(RoutingContext context) {
        if (context.request().headers().contains(HttpHeaders.ORIGIN)) {
            String detail = "Work is for programs, not for pages: leave the header Origin out.";
            ProblemHandler.send(context, 403, "foreign_origin", detail, List.of());
            return false;
        }
        if (variable != null && !hasToken(context.request().getHeader(HttpHeaders.AUTHORIZATION))) {
            context.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
            String detail = "Workers need the token of this server here: send it as 'Authorization: Bearer TOKEN'. The"
                    + " server's configuration names the variable that holds it (workers.token_env).";
            ProblemHandler.send(context, 401, "unauthorized", detail, List.of());
            return false;
        }
        return true;
    }

    private boolean hasToken(@Nullable String header) {
        return header != null
                && token.length > 0
                && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                && MessageDigest.isEqual(
                        token, header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
