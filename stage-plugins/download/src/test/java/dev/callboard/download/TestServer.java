package dev.callboard.download;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers with exactly the bytes that a test writes, one request for each connection, and counts. */
final class TestServer implements AutoCloseable {
    /** Writes an answer; the connection is closed after it. */
    @FunctionalInterface
    interface Handler {
        void answer(Request request, OutputStream out) throws IOException;
    }

    /**
     * What came in.
     *
     * @param number from 1 for the first request of that path
     */
    record Request(String path, Map<String, String> headers, int number) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    final AtomicInteger connections = new AtomicInteger();
    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ServerSocket socket;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    TestServer() throws IOException {
        this("127.0.0.1", 0);
    }

    TestServer(String address, int port) throws IOException {
        socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        threads.execute(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    TestServer on(String path, Handler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** A whole answer with a Content-Length. */
    TestServer on(String path, int status, byte[] body, String... headers) {
        return on(path, (request, out) -> {
            head(out, status, headers);
            write(out, "Content-Length: " + body.length + "\r\n\r\n");
            out.write(body);
        });
    }

    TestServer on(String path, int status, String body, String... headers) {
        return on(path, status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static void head(OutputStream out, int status, String... headers) throws IOException {
        write(out, "HTTP/1.1 " + status + " x\r\nConnection: close\r\n");
        for (String header : headers) {
            write(out, header + "\r\n");
        }
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    long count(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).count();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                open.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = in.readLine();
            if (first == null) {
                return;
            }
            Map<String, String> headers = new TreeMap<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                String[] parts = line.split(":", 2);
                headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
            }
            String path = first.split(" ")[1];
            Request request = new Request(path, headers, numbers.merge(path, 1, Integer::sum));
            requests.add(request);
            Handler handler = handlers.get(path);
            if (handler == null) {
                write(connection.getOutputStream(), "HTTP/1.1 404 x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            } else {
                handler.answer(request, connection.getOutputStream());
            }
        } catch (IOException e) {
            // The other side went away: what a test of that kind wants.
            open.remove(connection);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
        threads.shutdownNow();
    }
}
