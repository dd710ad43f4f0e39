package dev.callboard.net;

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
    private Buffer piece = Buffer.buffer();
    private int at;
    private boolean ended;

    /** To be made on the event loop on which the answer arrived, before anything of its body does. */
    ArrivingBody(HttpClientResponse response, CallTime time) {
        this.response = response;
        this.time = time;
        response.pause();
        response.handler(pieces::add);
        response.endHandler(end -> pieces.add(END));
        response.exceptionHandler(pieces::add);
        response.fetch(AHEAD);
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
