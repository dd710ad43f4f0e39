package dev.callboard.http;

import dev.callboard.json.Json;
import dev.callboard.problem.Problem;
import dev.callboard.problem.Violation;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes problems as RFC 9457 bodies; the only place that knows their statuses. */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    static int status(Problem problem) {
        return switch (problem.kind()) {
            case INVALID_REQUEST, INVALID_SELECTION -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case STALE_REVISION -> 412;
            case ILLEGAL_STATE, DUPLICATE -> 409;
            case TOO_LARGE -> 413;
            case UNAVAILABLE -> problem.code().equals("timeout") ? 504 : 503;
            case STORAGE_FULL -> 507;
        };
    }

    static Map<String, Object> body(int status, String code, String detail, List<Violation> errors, String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:callboard:problem:" + code.replace('_', '-'));
        body.put("title", HttpResponseStatus.valueOf(status).reasonPhrase());
        body.put("status", status);
        body.put("detail", detail);
        body.put("code", code);
        body.put("instance", "urn:callboard:request:" + requestId);
        if (!errors.isEmpty()) {
            body.put("errors", errors);
        }
        return body;
    }

    static void send(
            HttpServerResponse response,
            int status,
            String code,
            String detail,
            List<Violation> errors,
            String requestId) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(Json.writeBytes(body(status, code, detail, errors, requestId))));
    }
}
