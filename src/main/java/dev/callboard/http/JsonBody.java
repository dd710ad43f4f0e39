package dev.callboard.http;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.json.Utf8;
import dev.callboard.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a write: JSON only, for pipelines YAML too, so that no form of a foreign page can make one, strictly
 * decoded, of limited size and within limited time. Uploads pass by.
 */
final class JsonBody implements Handler<RoutingContext> {
    private static final long TIMEOUT_MS = 30_000;
    private static final int LARGE = 32_768;
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Vertx vertx;
    private final BodyHandler reader;
    private final Set<String> uploads;

    /**
     * Sets the limits.
     *
     * @param bytes the largest body
     * @param uploads paths whose bodies are streams of any type
     */
    JsonBody(Vertx vertx, int bytes, Set<String> uploads) {
        this.vertx = vertx;
        this.reader = BodyHandler.create(false).setBodyLimit(bytes);
        this.uploads = Set.copyOf(uploads);
    }

    @Override
    public void handle(RoutingContext context) {
        if (!isRead(context.request()) || uploads.contains(context.request().path())) {
            context.next();
            return;
        }
        String type = mediaType(context.request().getHeader(HttpHeaders.CONTENT_TYPE));
        boolean empty = type == null && !hasBody(context.request());
        boolean yaml = context.request().path().startsWith(PipelineApi.PATH);
        boolean any = isHook(context.request());
        if (!any && !empty && !"application/json".equals(type) && !(yaml && isYaml(type))) {
            String wanted = "The body must be application/json" + (yaml ? " or application/yaml." : ".");
            ProblemHandler.send(context, 415, "unsupported_media_type", wanted, List.of());
            return;
        }
        long timer = vertx.setTimer(TIMEOUT_MS, id -> {
            if (!context.request().isEnded()) {
                UploadPace.tooSlow(context);
            }
        });
        context.addEndHandler(ended -> vertx.cancelTimer(timer));
        reader.handle(context);
    }

    /** Runs after the body was read. */
    static void parse(RoutingContext context) {
        aside(context, () -> parsed(context))
                .onSuccess(body -> {
                    Requests.body(context, body);
                    context.next();
                })
                .onFailure(context::fail);
    }

    private static @Nullable Object parsed(RoutingContext context) {
        Buffer body = context.body() == null ? null : context.body().buffer();
        String type = mediaType(context.request().getHeader(HttpHeaders.CONTENT_TYPE));
        if (body == null || body.length() == 0 || isHook(context.request())) {
            return null;
        }
        if ("application/json".equals(type)) {
            return Json.parse(body.getBytes());
        }
        return isYaml(type) ? text(body.getBytes()) : null;
    }

    /** Does what takes as long as the body is large; of a large one not on the event loop, where others wait. */
    static <T extends @Nullable Object> Future<T> aside(RoutingContext context, Callable<T> work) {
        int length = context.body() == null ? 0 : context.body().length();
        if (length > LARGE) {
            return context.vertx().executeBlocking(work, false);
        }
        try {
            return Future.succeededFuture(work.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    /** Whoever sends to a webhook decides what: its body is kept as it comes. */
    private static boolean isHook(HttpServerRequest request) {
        return request.path().startsWith(TriggersApi.HOOKS);
    }

    private static boolean isYaml(@Nullable String type) {
        return PipelineApi.YAML_TYPES.contains(String.valueOf(type));
    }

    private static String text(byte[] bytes) {
        try {
            return Utf8.decode(bytes);
        } catch (JsonSyntaxException e) {
            throw ProblemException.invalid(
                    "invalid_request",
                    "The body is not valid UTF-8, line " + e.line() + ", column " + e.column() + ".");
        }
    }

    /** Whether requests of this method may have a body. */
    static boolean isRead(HttpServerRequest request) {
        return WITH_BODY.contains(request.method());
    }

    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    static @Nullable String mediaType(@Nullable String contentType) {
        return contentType == null
                ? null
                : contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }
}
