package dev.callboard.http;

import dev.callboard.problem.MediaTypes;
import dev.callboard.problem.Names;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.BlobFolder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inputs in, bytes out. */
final class BlobApi {
    static final String PATH = "/api/blobs";

    private static final int MAX_NAME = 1_000;

    private final Vertx vertx;
    private final BlobFolder blobs;

    BlobApi(Vertx vertx, BlobFolder blobs, Operations operations) {
        this.vertx = vertx;
        this.blobs = blobs;
        operations.upload("putBlob", this::put);
        operations.stream("getBlob", this::get);
    }

    private void put(RoutingContext context) {
        String name = context.request().getParam("name");
        if (name != null && name.length() > MAX_NAME) {
            throw ProblemException.invalid("invalid_request", "'name' must have at most " + MAX_NAME + " characters.");
        }
        String clean = name == null ? "" : Names.fileName(name);
        String type = String.valueOf(context.request().getHeader(HttpHeaders.CONTENT_TYPE));
        if (type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            ProblemHandler.lastOfConnection(context);
            ProblemHandler.send(
                    context,
                    415,
                    "unsupported_media_type",
                    "Send the file's bytes alone as the body, not a form, such as with curl --data-binary @FILE; its name"
                            + " goes into the address: /api/blobs?name=FILE.",
                    List.of());
            return;
        }
        UploadPace.watch(vertx, context);
        blobs.put(vertx, context.request())
                .compose(stored -> vertx.executeBlocking(() -> body(stored, clean.isEmpty() ? null : clean)))
                .onSuccess(body -> Answer.created(body).send(context))
                .onFailure(failure -> {
                    ProblemHandler.lastOfConnection(context);
                    context.fail(failure);
                });
    }

    private Map<String, @Nullable Object> body(BlobFolder.Stored stored, @Nullable String name) throws IOException {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("sha256", stored.sha256());
        body.put("size", stored.size());
        try (InputStream bytes = blobs.open(stored.sha256())) {
            body.put("media_type", MediaTypes.detect(name, bytes.readNBytes(MediaTypes.HEAD)));
        }
        body.put("name", name);
        return body;
    }

    private void get(RoutingContext context) {
        String sha256 = context.pathParam("sha256");
        if (sha256 == null || !BlobFolder.isSha256(sha256)) {
            throw ProblemException.notFound("unknown_blob", "There is no blob of that name.");
        }
        context.response().putHeader("Content-Disposition", "attachment; filename=\"" + sha256 + "\"");
        send(context, sha256, "application/octet-stream").onFailure(failure -> {
            context.response().headers().remove("Content-Disposition");
            context.fail(failure);
        });
    }

    /** Sends a blob as the whole answer. */
    Future<Void> send(RoutingContext context, String sha256, String mediaType) {
        return vertx.executeBlocking(() -> blobs.size(sha256)).compose(size -> {
            if (size < 0) {
                return Future.failedFuture(
                        ProblemException.notFound("unknown_blob", "There is no blob '" + sha256 + "'."));
            }
            String etag = '"' + sha256 + '"';
            if (Answer.matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), etag)) {
                return headed(context, etag).setStatusCode(304).end();
            }
            return vertx.executeBlocking(() -> blobs.wholeFile(sha256))
                    .recover(failure -> Future.failedFuture(BlobFolder.explain(failure)))
                    .compose(file -> headed(context, etag)
                            .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                            .sendFile(file.toString()));
        });
    }

    private static HttpServerResponse headed(RoutingContext context, String etag) {
        return context.response().putHeader(HttpHeaders.ETAG, etag).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
