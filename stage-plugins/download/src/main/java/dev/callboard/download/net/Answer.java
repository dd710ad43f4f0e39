package dev.callboard.download.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.io.Closer;

/** The answer to a request. Closing it before its body was read to the end closes the connection, without reading on. */
public final class Answer implements Closeable {
    private final Cancellable request;
    private final ClassicHttpResponse response;
    private boolean read;

    Answer(Cancellable request, ClassicHttpResponse response) {
        this.request = request;
        this.response = response;
    }

    /** Such as 200. */
    public int status() {
        return response.getCode();
    }

    /** The first header of that name; bytes beyond ASCII are read as UTF-8 where they are UTF-8. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name))
                .map(Header::getValue)
                .map(Answer::decoded);
    }

    private static String decoded(String latin) {
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return latin;
        }
    }

    /** The bytes as they came, empty when there are none. */
    public InputStream body() throws IOException {
        return response.getEntity() == null
                ? InputStream.nullInputStream()
                : response.getEntity().getContent();
    }

    /** Says that the body was read to its end: the connection may serve the next request. */
    public void finished() {
        read = true;
    }

    @Override
    public void close() {
        if (!read) {
            request.cancel();
        }
        // What is left of the body is not missed, and says so when the connection goes.
        Closer.closeQuietly(response);
    }
}
