package dev.callboard.fork;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends and receives frames: the lengths of head and body as two integers of four bytes, big end first; then the head, a
 * JSON object whose {@code op} says what it is; then the body, bytes of a blob or nothing. Any thread may send, one receives.
 */
final class Wire {
    /** How the other side gets to its streams: see {@link WorkerCommand}. */
    static final String OWN_STREAMS = "own-streams";

    static final String STANDARD_STREAMS = "standard-streams";

    /** How many bytes of a blob go in one frame. */
    static final int CHUNK = 256 * 1024;

    /** The longest head there may be. */
    static final int MAX_HEAD = 256 << 20;

    /** What a character takes at most: {@code \\u0001}. */
    private static final int WORST_CHARACTER = 6;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final int maxHead;
    private final ReentrantLock sending = new ReentrantLock();

    /** @param maxHead the most bytes of a head that the other side may send */
    Wire(InputStream in, OutputStream out, int maxHead) {
        this.maxHead = maxHead;
        this.in = new DataInputStream(new BufferedInputStream(in, 64 * 1024));
        this.out = new DataOutputStream(new BufferedOutputStream(out, 64 * 1024));
    }

    /** The child's end of the connection; called once, before anything is printed. */
    static Wire inChild(String streams) throws IOException {
        return streams.equals(OWN_STREAMS)
                ? new Wire(new FileInputStream("/dev/fd/4"), new FileOutputStream("/dev/fd/3"), MAX_HEAD)
                : new Wire(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), MAX_HEAD);
    }

    /** The longest head in which an output of so many characters comes. */
    static int headOf(long characters) {
        return (int) Math.min(MAX_HEAD, (1 << 20) + WORST_CHARACTER * characters);
    }

    /** One message. */
    static final class Frame {
        private static final byte[] NO_BODY = {};

        private final Map<?, ?> head;
        private final byte[] body;

        private Frame(Map<?, ?> head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        String op() {
            return text("op");
        }

        Map<?, ?> head() {
            return head;
        }

        /** A member that is a text, empty when it is none. */
        String text(String name) {
            return head.get(name) instanceof String text ? text : "";
        }

        /** A member that is a number, -1 when it is none. */
        long number(String name) {
            return head.get(name) instanceof Number number ? number.longValue() : -1;
        }

        byte[] body() {
            return body;
        }
    }

    /** The other side sent what is no frame. */
    static final class BrokenException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message);
        }
    }

    /** As {@link #send(Map, byte[], int)}, without a body. */
    void send(Map<String, ? extends @Nullable Object> head) throws IOException {
        send(head, Frame.NO_BODY, 0);
    }

    /**
     * Sends a frame; waits while the other side does not read.
     *
     * @param length how many bytes of {@code body} to send
     */
    void send(Map<String, ? extends @Nullable Object> head, byte[] body, int length) throws IOException {
        WrittenJson json = WrittenJson.of(head);
        if (json.length() > MAX_HEAD) {
            throw new TooLongException(json.length());
        }
        sending.lock();
        try {
            out.writeInt((int) json.length());
            out.writeInt(length);
            json.writeTo(out);
            out.write(body, 0, length);
            out.flush();
        } finally {
            sending.unlock();
        }
    }

    /** A message is too long to be sent; nothing of it was. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long bytes) {
            super("a message of " + bytes + " bytes passes the limit of " + MAX_HEAD);
        }
    }

    /**
     * Waits for the next frame.
     *
     * @return null when the other side has closed its end
     * @throws BrokenException when it is no frame
     */
    @Nullable
    Frame receive() throws IOException {
        int head;
        try {
            head = in.readInt();
        } catch (EOFException e) {
            return null;
        }
        int body = in.readInt();
        if (head < 0 || head > maxHead || body < 0 || body > CHUNK) {
            throw new BrokenException("a message of " + head + " and " + body + " bytes");
        }
        try {
            Object message = Json.parse(new Part(in, head));
            byte[] bytes = body == 0 ? Frame.NO_BODY : bytes(body);
            if (message instanceof Map<?, ?> map) {
                return new Frame(map, bytes);
            }
        } catch (JsonSyntaxException e) {
            throw new BrokenException(String.valueOf(e.getMessage()));
        }
        throw new BrokenException("a message that is not an object");
    }

    /** Takes memory only for what really comes. */
    private byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended in the middle of a message");
        }
        return bytes;
    }

    /** The next bytes of a stream, so that a message is read as it comes and is never there whole beside what it says. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private int left;

        Part(InputStream in, int length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, offset, Math.min(length, left));
            if (read < 0) {
                throw new EOFException("the connection ended in the middle of a message");
            }
            left -= read;
            return read;
        }
    }

    /** Says to the other side that nothing more comes. */
    void close() throws IOException {
        out.close();
    }
}
