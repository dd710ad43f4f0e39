package dev.callboard.net;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The body of an answer, read by the thread that waits for it while the event loop receives: a few pieces ahead, no more. */
final class ArrivingBody extends InputStream {
    private static final int AHEAD = 8;
    private static final Object END = new Object();

    private final BlockingQueue<Object> pieces = new LinkedBlockingQueue<>();
    private final HttpClientResponse response;
    private final CallTime time;
    private final Context context;

    /** How many pieces arrived; for the event loop alone, as is what follows. */
    private long count;

    private boolean broken;

    private Buffer piece = Buffer.buffer();
    private int at;
    private boolean ended;

    /** To be made on the event loop on which the answer arrived, before anything of its body does. */
    ArrivingBody(Context context, HttpClientResponse response, CallTime time) {
        this.context = context;
        this.response = response;
        this.time = time;
        response.pause();
        response.handler(this::arrived);
        response.endHandler(end -> arrived(END));
        response.exceptionHandler(this::broken);
        response.fetch(AHEAD);
    }

    private void arrived(Object next) {
        count++;
        pieces.add(next);
    }

    /**
     * Vert.x reports that the connection has ended at once, also where the rest of the answer is still in its own queues,
     * paused: they are emptied first, into memory, since nothing can follow.
     */
    private void broken(Throwable failure) {
        if (!broken) {
            broken = true;
            response.resume();
            addLast(failure, -1);
        }
    }

    private void addLast(Throwable failure, long before) {
        if (count == before) {
            pieces.add(failure);
        } else {
            long now = count;
            context.runOnContext(next -> addLast(failure, now));
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == piece.length()) {
            if (ended || !next()) {
                return -1;
            }
        }
        int count = Math.min(length, piece.length() - at);
        piece.getBytes(at, at + count, bytes, offset);
        at += count;
        return count;
    }

    private boolean next() throws IOException {
        Object next;
        try {
            next = time.take(pieces);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the request was cancelled");
        }
        if (next instanceof Buffer buffer) {
            piece = buffer;
            at = 0;
            response.fetch(1);
            return true;
        }
        ended = true;
        if (next instanceof Throwable) {
            throw OutboundException.passing(
                    "connection_broken", "The connection broke before the whole answer had come.");
        }
        return false;
    }

    /** Ends the connection; it serves no other request. */
    @Override
    public void close() {
        ended = true;
        response.request().connection().close();
    }
}
