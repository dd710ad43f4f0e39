package dev.callboard.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A client of the palette that does no more than it must, so that very many fit beside the server: it walks along the heads of
 * the frames, answers pings, and shows each change.
 */
final class RawFollower {
    /** No change is longer; a snapshot is, and is skipped. */
    private static final int LARGEST_CHANGE = 64 << 10;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 1;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final String HANDSHAKE =
            "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    private static final String SUBSCRIBE = "{\"op\":\"subscribe\",\"topic\":\"palette\"}";

    private final SocketChannel channel;
    private final Consumer<ByteBuffer> changes;
    private final ByteBuffer read = ByteBuffer.allocate(LARGEST_CHANGE + 16);
    private final SelectionKey key;
    private final boolean deaf;
    private boolean upgraded;
    private boolean opened;
    private long skip;

    /**
     * Connects, and asks to follow the palette.
     *
     * @param deaf stops reading once it has the palette
     * @param changes is shown each change, as UTF-8
     */
    RawFollower(URI server, Selector selector, boolean deaf, Consumer<ByteBuffer> changes) throws IOException {
        this.deaf = deaf;
        this.changes = changes;
        channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
        channel.write(ByteBuffer.wrap(HANDSHAKE.formatted(server.getAuthority()).getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Whether it has the palette. */
    boolean opened() {
        return opened;
    }

    /** Reads what is there. Throws when the server has ended the connection. */
    void read() throws IOException {
        if (channel.read(read) < 0) {
            throw new EOFException();
        }
        read.flip();
        if (!upgraded) {
            upgrade();
        }
        boolean more = upgraded;
        while (more) {
            more = skip > 0 ? skipped() : frame();
        }
        read.compact();
    }

    private void upgrade() throws IOException {
        String head = StandardCharsets.US_ASCII.decode(read.duplicate()).toString();
        int end = head.indexOf("\r\n\r\n");
        if (end >= 0) {
            if (!head.startsWith("HTTP/1.1 101")) {
                throw new IOException(head);
            }
            read.position(read.position() + end + 4);
            upgraded = true;
            send(TEXT, SUBSCRIBE.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private boolean skipped() {
        int part = (int) Math.min(skip, read.remaining());
        read.position(read.position() + part);
        skip -= part;
        if (skip == 0) {
            open();
        }
        return skip == 0;
    }

    private void open() {
        opened = true;
        if (deaf) {
            key.interestOps(0);
        }
    }

    /** Takes one frame; false when it is not all there. */
    private boolean frame() throws IOException {
        int start = read.position();
        if (read.remaining() < 2) {
            return false;
        }
        int length = read.get(start + 1) & 0x7f;
        int head = length < 126 ? 2 : length == 126 ? 4 : 10;
        if (read.remaining() < head) {
            return false;
        }
        long size = head == 2 ? length : head == 4 ? read.getShort(start + 2) & 0xffff : read.getLong(start + 2);
        if (size > LARGEST_CHANGE) {
            read.position(start + head);
            skip = size;
            return true;
        }
        if (read.remaining() < head + size) {
            return false;
        }
        take(read.get(start) & 0x0f, read.slice(start + head, (int) size));
        read.position(start + head + (int) size);
        return true;
    }

    private void take(int kind, ByteBuffer payload) throws IOException {
        if (kind == PING) {
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            send(PONG, bytes);
        } else if (kind == TEXT && opened) {
            changes.accept(payload);
        } else if (kind == TEXT) {
            open();
        }
    }

    /** With a mask of zeros. */
    private void send(int kind, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
        frame.put((byte) (FINAL | kind))
                .put((byte) (MASKED | payload.length))
                .putInt(0)
                .put(payload)
                .flip();
        channel.write(frame);
    }
}
