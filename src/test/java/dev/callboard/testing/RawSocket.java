package dev.callboard.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bytes as they are, for what no well-behaved client sends. */
public final class RawSocket implements AutoCloseable {
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;

    private RawSocket(Socket socket) {
        this.socket = socket;
    }

    /** Connects. */
    public static RawSocket connect(URI server) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 << 10);
        socket.connect(new java.net.InetSocketAddress(server.getHost(), server.getPort()), 5_000);
        socket.setSoTimeout(10_000);
        return new RawSocket(socket);
    }

    /** Sends one request and returns all that comes until the server closes or is silent; it is asked to close. */
    public static String exchange(URI server, String request) throws IOException {
        try (RawSocket raw = connect(server)) {
            raw.write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(raw.readToEnd(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The status of a GET of a path as it is, unescaped. */
    public static int status(URI server, String path, String... headers) throws IOException {
        return Integer.parseInt(exchange(
                        server,
                        "GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n"
                                + String.join(
                                        "",
                                        java.util.Arrays.stream(headers)
                                                .map(header -> header + "\r\n")
                                                .toList())
                                + "Connection: close\r\n\r\n")
                .split(" ", 3)[1]);
    }

    /** Sends bytes. */
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Upgrades to a WebSocket of the feed; returns the head of the answer. */
    public String upgrade(URI server, String... headers) throws IOException {
        return upgradeAt("/ws", server, headers);
    }

    /** Upgrades to the WebSocket at a path; returns the head of the answer. */
    public String upgradeAt(String path, URI server, String... headers) throws IOException {
        String key = Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + key
                + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Sends a masked text frame. */
    public void sendText(String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i & 3]);
        }
        write(frame.toByteArray());
    }

    /** The next message as text, put together from its frames; pings are passed over unanswered. Null at the end. */
    public @org.jspecify.annotations.Nullable String readText() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            long length = in.read() & 127;
            int more = length == 126 ? 2 : length == 127 ? 8 : 0;
            if (more > 0) {
                length = 0;
                for (int i = 0; i < more; i++) {
                    length = length << 8 | in.read();
                }
            }
            byte[] payload = in.readNBytes((int) length);
            if ((first & 15) <= 1) {
                message.writeBytes(payload);
                if ((first & 0x80) != 0) {
                    return message.toString(StandardCharsets.UTF_8);
                }
            }
        }
    }

    /** Everything that still comes, until the server closes or is silent for the time limit. */
    public byte[] readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketTimeoutException | SocketException e) {
            // What came is what there is.
        }
        return all.toByteArray();
    }

    /** Whether the server closes the connection within that time. */
    public boolean closedWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            while (socket.getInputStream().read() >= 0) {
                continue;
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
