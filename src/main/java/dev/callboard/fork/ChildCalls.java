package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the child asks of the server. A call waits for its answer, which always comes while the process lives. */
final class ChildCalls {
    private final Wire wire;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, BlockingQueue<Frame>> open = new ConcurrentHashMap<>();

    ChildCalls(Wire wire) {
        this.wire = wire;
    }

    /** Takes what the server sent for a call. */
    void deliver(Frame frame) {
        BlockingQueue<Frame> call = open.get(frame.number("id"));
        if (call != null) {
            call.add(frame);
        }
    }

    /**
     * Asks.
     *
     * @throws IOException with the server's words when it could not do it
     * @throws IllegalArgumentException with the server's words when it was asked for something wrong
     */
    Frame ask(long run, String name, Map<String, ? extends @Nullable Object> arguments) throws IOException {
        return ask(run, name, arguments, null);
    }

    /** Asks the server to take bytes, which it pulls piece by piece. */
    Frame put(long run, InputStream bytes) throws IOException {
        return ask(run, "blob_put", Map.of(), bytes);
    }

    private Frame ask(
            long run, String name, Map<String, ? extends @Nullable Object> arguments, @Nullable InputStream bytes)
            throws IOException {
        long id = ids.incrementAndGet();
        BlockingQueue<Frame> answers = new LinkedBlockingQueue<>();
        open.put(id, answers);
        boolean interrupted = false;
        try {
            Map<String, @Nullable Object> head = new LinkedHashMap<>(arguments);
            head.put("op", "call");
            head.put("run", run);
            head.put("id", id);
            head.put("name", name);
            wire.send(head);
            IOException broken = null;
            while (true) {
                Frame frame;
                try {
                    frame = answers.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                    continue;
                }
                if (!frame.op().equals("pull")) {
                    if (broken != null) {
                        throw broken;
                    }
                    return answer(frame);
                }
                broken = piece(id, bytes, interrupted);
            }
        } finally {
            open.remove(id);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Sends the next bytes, none at the end; says to the server when there will be no more, and why. */
    private @Nullable IOException piece(long id, @Nullable InputStream bytes, boolean interrupted) throws IOException {
        byte[] piece = new byte[Wire.CHUNK];
        try {
            if (interrupted || bytes == null) {
                throw new InterruptedIOException("the stage was interrupted");
            }
            int length = bytes.readNBytes(piece, 0, piece.length);
            wire.send(Map.of("op", "piece", "id", id), piece, length);
            return null;
        } catch (IOException | RuntimeException e) {
            wire.send(Map.of("op", "piece", "id", id, "broken", ChildRun.describe(e)));
            return e instanceof IOException failure ? failure : new IOException(e);
        }
    }

    private static Frame answer(Frame frame) throws IOException {
        String error = frame.text("error");
        return switch (frame.text("kind")) {
            case "" -> frame;
            case "missing" -> throw new FileNotFoundException(error);
            case "argument" -> throw new IllegalArgumentException(error);
            default -> throw new IOException(error);
        };
    }
}
