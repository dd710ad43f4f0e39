package dev.callboard.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.ByteBuffer;

/** One stream on its way into the blob folder: one buffer at a time, the stream paused meanwhile. */
final class BlobUpload {
    private final Vertx vertx;
    private final BlobFolder folder;
    private final ReadStream<Buffer> stream;
    private final Promise<BlobFolder.Stored> done = Promise.promise();
    private Future<Void> written = Future.succeededFuture();
    private boolean over;

    BlobUpload(Vertx vertx, BlobFolder folder, ReadStream<Buffer> stream) {
        this.vertx = vertx;
        this.folder = folder;
        this.stream = stream;
    }

    Future<BlobFolder.Stored> start() {
        stream.pause();
        Promise<HalfBlob> begun = Promise.promise();
        // At once, so that a stream that breaks before the file is there is noticed.
        stream.exceptionHandler(failure -> begun.future().onSuccess(half -> abort(half, failure)));
        stream.endHandler(ignored -> begun.future().onSuccess(this::finish));
        stream.handler(buffer -> begun.future().onSuccess(half -> write(half, buffer)));
        vertx.executeBlocking(folder::begin)
                .onSuccess(half -> {
                    begun.complete(half);
                    if (!over) {
                        stream.resume();
                    }
                })
                .onFailure(failure -> {
                    // What still comes is let go.
                    begun.fail(failure);
                    done.fail(failure);
                });
        return done.future();
    }

    private void write(HalfBlob half, Buffer buffer) {
        if (over) {
            return;
        }
        stream.pause();
        written = written.compose(ignored -> vertx.executeBlocking(() -> {
            half.write(ByteBuffer.wrap(buffer.getBytes()));
            return null;
        }));
        written.onSuccess(ignored -> {
                    if (!over) {
                        stream.resume();
                    }
                })
                .onFailure(failure -> abort(half, failure));
    }

    private void finish(HalfBlob half) {
        if (over) {
            return;
        }
        over = true;
        written.compose(ignored -> vertx.executeBlocking(() -> {
                    long size = half.size();
                    return new BlobFolder.Stored(half.finish(folder), size);
                }))
                .onSuccess(done::complete)
                .onFailure(failure -> discard(half, failure));
    }

    private void abort(HalfBlob half, Throwable failure) {
        if (!over) {
            over = true;
            written.onComplete(ignored -> discard(half, failure));
        }
    }

    private void discard(HalfBlob half, Throwable failure) {
        vertx.executeBlocking(() -> {
                    half.discard();
                    return null;
                })
                .onComplete(ignored -> done.fail(failure));
    }
}
