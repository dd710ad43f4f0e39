package dev.callboard.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A client that follows the palette as a page does, and no more, so that very many fit into one process: it subscribes from what it
 * has, and is up with the first frame. It notes the first thing that a page must never see. Used by one thread.
 */
final class ReconnectingClient {
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final String HANDSHAKE =
            "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    private final URI server;
    private @Nullable SocketChannel channel;
    private ByteBuffer rest = NOTHING;
    private boolean upgraded;
    private boolean up;
    private int attempt;
    private int connections;
    private long revision = -1;
    private String epoch = "";
    private int seen;
    private int snapshots;
    private int pings;
    private @Nullable String fault;

    ReconnectingClient(URI server) {
        this.server = server;
    }

    boolean up() {
        return up;
    }

    /** Whether it has a connection, or tries to. */
    boolean open() {
        return channel != null;
    }

    /** The attempts to connect since it was up, this one included; counts it. */
    int nextAttempt() {
        return attempt++;
    }

    /** Numbers its connections: what was decided about an earlier one is of no meaning any more. */
    int connections() {
        return connections;
    }

    long revision() {
        return revision;
    }

    /** The highest mark that it has, and all before it. */
    int seen() {
        return seen;
    }

    int snapshots() {
        return snapshots;
    }

    /** The pings of the server. */
    int pings() {
        return pings;
    }

    void forgetPings() {
        pings = 0;
    }

    @Nullable
    String fault() {
        return fault;
    }

    void connect(Selector selector, SocketAddress address) throws IOException {
        connections++;
        upgraded = false;
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        opened.configureBlocking(false);
        SelectionKey key = opened.register(selector, SelectionKey.OP_CONNECT, this);
        if (opened.connect(address)) {
            connected(key);
        }
    }

    void ready(SelectionKey key, ByteBuffer buffer) throws IOException {
        SocketChannel open = opened();
        if (key.isConnectable() && open.finishConnect()) {
            connected(key);
        } else if (key.isReadable()) {
            read(open, buffer);
        }
    }

    private SocketChannel opened() throws IOException {
        SocketChannel open = channel;
        if (open == null) {
            throw new EOFException();
        }
        return open;
    }

    private void connected(SelectionKey key) throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        opened().write(ByteBuffer.wrap(
                HANDSHAKE.formatted(server.getAuthority()).getBytes(StandardCharsets.US_ASCII)));
    }

    void lost() throws IOException {
        up = false;
        rest = NOTHING;
        SocketChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    /** @param buffer the same for all, empty */
    private void read(SocketChannel open, ByteBuffer buffer) throws IOException {
        buffer.clear();
        buffer.put(rest.duplicate());
        if (open.read(buffer) < 0) {
            throw new EOFException();
        }
        buffer.flip();
        if (!upgraded) {
            upgrade(buffer);
        }
        boolean more = upgraded;
        while (more) {
            more = frame(buffer);
        }
        byte[] left = new byte[buffer.remaining()];
        buffer.get(left);
        rest = left.length == 0 ? NOTHING : ByteBuffer.wrap(left);
    }

    private void upgrade(ByteBuffer buffer) throws IOException {
        String head = StandardCharsets.US_ASCII.decode(buffer.duplicate()).toString();
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException(head);
        }
        buffer.position(buffer.position() + end + 4);
        upgraded = true;
        send(
                TEXT,
                "{\"op\":\"subscribe\",\"topic\":\"palette\""
                        + (revision < 0 ? "}" : ",\"since\":" + revision + ",\"epoch\":\"" + epoch + "\"}"));
        send(TEXT, "{\"op\":\"ping\"}");
    }

    private boolean frame(ByteBuffer buffer) throws IOException {
        int start = buffer.position();
        if (buffer.remaining() < 2) {
            return false;
        }
        int length = buffer.get(start + 1) & 0x7f;
        int head = length < 126 ? 2 : length == 126 ? 4 : 10;
        if (buffer.remaining() < head) {
            return false;
        }
        long size = head == 2 ? length : head == 4 ? buffer.getShort(start + 2) & 0xffff : buffer.getLong(start + 2);
        if (buffer.remaining() < head + size) {
            return false;
        }
        byte[] payload = new byte[(int) size];
        buffer.get(start + head, payload);
        buffer.position(start + head + payload.length);
        switch (buffer.get(start) & 0x0f) {
            case TEXT -> take(PaletteFrame.of(payload));
            case PING -> {
                pings++;
                send(PONG, new String(payload, StandardCharsets.ISO_8859_1));
            }
            case CLOSE -> throw new EOFException();
            default -> {}
        }
        return true;
    }

    private void take(PaletteFrame frame) {
        up = true;
        attempt = 0;
        switch (frame.kind()) {
            case "pong" -> {}
            case "snapshot" -> {
                snapshots++;
                List<Integer> marks = frame.marks().stream().sorted().toList();
                List<Integer> all =
                        IntStream.rangeClosed(1, marks.size()).boxed().toList();
                require(marks.equals(all) && marks.size() >= seen, frame);
                seen = marks.isEmpty() ? 0 : Collections.max(marks);
                revision = frame.revision();
                epoch = String.valueOf(frame.epoch());
            }
            case "added" -> {
                require(frame.revision() == revision + 1 && frame.marks().equals(List.of(seen + 1)), frame);
                seen++;
                revision = frame.revision();
            }
            default -> require(false, frame);
        }
    }

    private void require(boolean right, PaletteFrame frame) {
        if (!right && fault == null) {
            fault = "at revision " + revision + " with " + seen + " marks came " + frame;
        }
    }

    /** With a mask of zeros. */
    private void send(int kind, String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
        frame.put((byte) (FINAL | kind))
                .put((byte) (MASKED | payload.length))
                .putInt(0)
                .put(payload)
                .flip();
        opened().write(frame);
    }
}
