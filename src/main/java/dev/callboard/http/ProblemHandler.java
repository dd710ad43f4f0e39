package dev.callboard.http;

import dev.callboard.bus.Bus;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.problem.Problem;
import dev.callboard.problem.ProblemException;
import dev.callboard.problem.Violation;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure of a request into a problem; an unexpected one is logged here, once, with the request's id. */
final class ProblemHandler implements Handler<RoutingContext> {
    private static final long CLOSE_MS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private final int bodyBytes;

    /** @param bodyBytes the most bytes of a body, but an uploaded blob */
    ProblemHandler(int bodyBytes) {
        this.bodyBytes = bodyBytes;
    }

    @Override
    public void handle(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof HttpException http && http.getCause() != null) {
            failure = http.getCause();
        }
        if (failure instanceof HttpClosedException) {
            // The client went away: nobody is there to be answered, and nothing is wrong here.
            return;
        }
        if (failure instanceof ProblemException expected) {
            Problem problem = expected.problem();
            int status = Problems.status(problem);
            send(context, status, problem.code(), detail(context, status, problem), problem.violations());
        } else if (failure instanceof JsonSyntaxException syntax) {
            String detail = "The body is not valid JSON, line " + syntax.line() + ", column " + syntax.column() + ": "
                    + syntax.getMessage();
            send(context, 400, "invalid_json", detail, List.of(new Violation("", String.valueOf(syntax.getMessage()))));
        } else if (failure instanceof HttpException http) {
            byStatus(context, http.getStatusCode(), failure);
        } else {
            // The router says -1 of a path that it cannot even decode.
            boolean undecodable = context.statusCode() < 0 && failure instanceof IllegalArgumentException;
            byStatus(context, undecodable ? 400 : context.statusCode(), failure);
        }
    }

    /** Of a write that was not answered in time nobody knows whether it was done: the client has to know. */
    private static String detail(RoutingContext context, int status, Problem problem) {
        boolean unknown = status == 504 && context.request().method() != HttpMethod.GET;
        return unknown
                ? problem.detail()
                        + " What was asked may have been done all the same: look before you ask again, or send"
                        + " the same request with the same Idempotency-Key, it is then done once."
                : problem.detail();
    }

    private void byStatus(RoutingContext context, int status, @Nullable Throwable failure) {
        switch (status) {
            case 400 -> send(context, 400, "invalid_request", "The request is malformed.", List.of());
            case 403 -> send(context, 403, "forbidden", "This request is not allowed.", List.of());
            case 404 -> send(context, 404, "not_found", "There is nothing at this address.", List.of());
            case 405 -> send(context, 405, "method_not_allowed", "This address does not take this method.", List.of());
            case 413 -> {
                lastOfConnection(context);
                send(
                        context,
                        413,
                        "body_too_large",
                        "The body has more than " + bodyBytes + " bytes, the most that this server takes"
                                + " (limits.body_bytes).",
                        List.of());
            }
            case 415 -> send(context, 415, "unsupported_media_type", "The body must be application/json.", List.of());
            case 417 -> send(context, 417, "expectation_failed", "Expect may be 100-continue only.", List.of());
            default -> {
                if (!(failure instanceof Bus.UnexpectedFailure)) {
                    LOG.error("request {} failed with {}", Requests.id(context), status, failure);
                } else {
                    LOG.error("request {} failed: {}", Requests.id(context), failure.getMessage());
                }
                send(
                        context,
                        500,
                        "internal",
                        "Something went wrong in the server; its log has the details.",
                        List.of());
            }
        }
    }

    /**
     * For an answer to a body that is not read to its end: the connection ends with it. What still comes is thrown away for a
     * moment, as some clients read no answer before they have sent everything.
     */
    static void lastOfConnection(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        context.request().resume();
        context.vertx().setTimer(CLOSE_MS, id -> context.request().connection().close());
    }

    static void send(RoutingContext context, int status, String code, String detail, List<Violation> errors) {
        Problems.send(context.response(), status, code, detail, errors, Requests.id(context));
    }
}
