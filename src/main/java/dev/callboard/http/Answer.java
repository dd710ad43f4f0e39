package dev.callboard.http;

import dev.callboard.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * What a call answers.
 *
 * @param status an HTTP status
 * @param mediaType of the body
 * @param body as JSON text
 * @param etag without quotes, null when it has none
 */
record Answer(int status, String mediaType, String body, @Nullable String etag) {
    static final String JSON = "application/json";

    /** 200 with a body. */
    static Answer ok(Object body) {
        return json(200, body);
    }

    /** 201 with a body. */
    static Answer created(Object body) {
        return json(201, body);
    }

    /** A record, whose members without a value are there, as null. */
    static Answer whole(int status, Record body) {
        return new Answer(status, JSON, Json.writeWhole(body), null);
    }

    /** Any status with a JSON body. */
    static Answer json(int status, Object body) {
        return new Answer(status, JSON, Json.write(body), null);
    }

    /** A problem that is kept as an answer. */
    static Answer problem(int status, Object body) {
        return new Answer(status, Problems.MEDIA_TYPE, Json.write(body), null);
    }

    /** An answer that was given before. */
    static Answer again(int status, String body) {
        return new Answer(status, status < 400 ? JSON : Problems.MEDIA_TYPE, body, null);
    }

    Answer withEtag(String tag) {
        return new Answer(status, mediaType, body, tag);
    }

    /** With the hash of its body as ETag, when it is a success and has no ETag of its own. */
    Answer withSomeEtag() {
        return etag == null && status == 200 ? withEtag(Hashes.etag(Buffer.buffer(body))) : this;
    }

    /** Sends it, or 304 when the client has it already. */
    void send(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (etag != null) {
            String quoted = '"' + etag + '"';
            response.putHeader(HttpHeaders.ETAG, quoted);
            boolean reads = context.request().method() == HttpMethod.GET
                    || context.request().method() == HttpMethod.HEAD;
            if (status == 200 && reads && matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), quoted)) {
                response.setStatusCode(304).end();
                return;
            }
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .end(Buffer.buffer(body));
    }

    /** Ends a response whose headers are set with bytes, or with 304 when the client has them already. */
    static void send(RoutingContext context, Buffer bytes, String etag) {
        String quoted = '"' + etag + '"';
        HttpServerResponse response = context.response().putHeader(HttpHeaders.ETAG, quoted);
        if (response.getStatusCode() == 200
                && matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), quoted)) {
            response.headers().remove(HttpHeaders.CONTENT_TYPE);
            response.setStatusCode(304).end();
        } else {
            response.end(bytes);
        }
    }

    /** Whether an {@code If-None-Match} names an ETag, which has its quotes. */
    static boolean matches(@Nullable String ifNoneMatch, String quoted) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String tag : ifNoneMatch.split(",")) {
            // If-None-Match compares weakly (RFC 9110, 13.1.2): a proxy that compresses may have weakened the tag.
            if (tag.strip().replaceFirst("^W/", "").equals(quoted)
                    || tag.strip().equals("*")) {
                return true;
            }
        }
        return false;
    }
}
