package dev.callboard.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Answers requests whose head cannot be read; what follows it cannot be separated, so the connection ends. */
final class UnreadableRequests {
    private UnreadableRequests() {}

    static void refuse(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        if (cause instanceof TooLongHttpLineException) {
            refuse(request, 414, "address_too_long", "The address is longer than this server takes.");
        } else if (cause instanceof TooLongHttpHeaderException) {
            refuse(request, 431, "headers_too_large", "The headers are larger together than this server takes.");
        } else {
            refuse(request, 400, "invalid_request", "The head of the request is not valid HTTP.");
        }
    }

    private static void refuse(HttpServerRequest request, int status, String code, String detail) {
        request.response().endHandler(sent -> request.connection().close());
        Problems.send(request.response(), status, code, detail, List.of(), Requests.newId());
    }
}
