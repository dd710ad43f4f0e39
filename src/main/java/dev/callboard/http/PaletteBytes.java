package dev.callboard.http;

import dev.callboard.json.Json;
import dev.callboard.palette.Palette;
import dev.callboard.palette.PaletteWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** The newest palette as it is sent, made once for all who ask; that of the revision before is let go. For one event loop. */
final class PaletteBytes {
    private final Vertx vertx;
    private String etag = "";
    private Future<CachedBody> newest = Future.failedFuture("no palette was asked for yet");

    PaletteBytes(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The bytes of a palette; its ETag is epoch and revision. */
    Future<CachedBody> of(Palette palette) {
        String tag = palette.epoch() + "-" + palette.revision();
        if (newest.failed() || !tag.equals(etag)) {
            etag = tag;
            newest = vertx.executeBlocking(
                    () -> CachedBody.of(Buffer.buffer(Json.write(PaletteWriter.whole(palette))), tag), false);
        }
        return newest;
    }
}
