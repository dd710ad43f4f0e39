package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import dev.callboard.spi.StageContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution in a worker, as the server sees it: takes what the child sends, and answers what it asks until the
 * execution is over.
 */
final class WorkerRun {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerRun.class);

    /** How many questions of one execution are worked on at once; more than a plugin has threads. */
    private static final int MAX_CALLS = 64;

    private final long number;
    private final StageContext context;
    private final Wire wire;
    private final Executor threads;
    private final CompletableFuture<Frame> result = new CompletableFuture<>();
    private final Semaphore places = new Semaphore(MAX_CALLS);
    private final AtomicLong streamIds = new AtomicLong();
    private final Map<Long, InputStream> opened = new ConcurrentHashMap<>();
    private final Map<Long, PulledStream> pulled = new ConcurrentHashMap<>();
    private volatile boolean over;

    /** @param threads for questions, which may wait for the disk */
    WorkerRun(long number, StageContext context, Wire wire, Executor threads) {
        this.number = number;
        this.context = context;
        this.wire = wire;
        this.threads = threads;
    }

    long number() {
        return number;
    }

    /** The frame that says how it ended; fails when its process ended first. */
    CompletableFuture<Frame> result() {
        return result;
    }

    /** Takes a frame. Returns at once. */
    void deliver(Frame frame) {
        switch (frame.op()) {
            case "piece" -> {
                PulledStream stream = pulled.get(frame.number("id"));
                if (stream != null) {
                    stream.deliver(frame);
                }
            }
            case "call" -> {
                if (places.tryAcquire()) {
                    threads.execute(() -> answer(frame));
                } else {
                    refuse(frame, "io", "more than " + MAX_CALLS + " calls of the stage at once");
                }
            }
            case "log" -> print(frame.text("line"));
            case "progress" -> progress(frame);
            default -> result.complete(frame);
        }
    }

    /** A line for the execution's log. */
    void print(String line) {
        if (!over) {
            context.log(line);
        }
    }

    @SuppressWarnings("NullAway") // The SPI takes null for no message.
    private void progress(Frame frame) {
        if (!over) {
            String message = frame.head().get("message") instanceof String text ? text : null;
            context.progress(frame.number("done"), frame.number("total"), message);
        }
    }

    private void answer(Frame call) {
        try {
            if (over || call.number("run") != number) {
                refuse(call, "io", "the execution is over");
                return;
            }
            if (call.text("name").equals("blob_read")) {
                read(call);
            } else {
                reply(call, Map.of("value", value(call)));
            }
        } catch (FileNotFoundException e) {
            refuse(call, "missing", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            refuse(call, "argument", String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException e) {
            refuse(call, "io", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("The call '{}' of a plugin's process failed", call.text("name"), e);
            refuse(call, "io", "the server could not do it");
        } finally {
            places.release();
        }
    }

    @SuppressWarnings("NullAway") // A ledger value may be null.
    private Object value(Frame call) throws IOException {
        String sha256 = call.text("sha256");
        return switch (call.text("name")) {
            case "state" -> context.state();
            case "ledger" -> {
                context.writeLedger(call.text("key"), call.head().get("value"));
                yield true;
            }
            case "checkpoint" -> context.checkpoint();
            case "keep_checkpoint" -> {
                context.keepCheckpoint(members(call.head().get("value")));
                yield true;
            }
            case "library_put" -> {
                context.library().put(WireLibrary.part(call.head().get("part")));
                yield true;
            }
            case "library_part" ->
                context.library()
                        .part(call.text("doc_id"), call.text("part"))
                        .<Object>map(WireLibrary::map)
                        .orElse(false);
            case "library_parts" ->
                context.library().parts(call.text("part")).stream()
                        .map(WireLibrary::map)
                        .toList();
            case "library_revision" -> context.library().revision();
            case "library_say" -> {
                context.library()
                        .say(
                                call.text("doc_id"),
                                WireLibrary.statements(call.head().get("statements")));
                yield true;
            }
            case "ask" -> WireQuestion.asked(context, call);
            case "blob_size" -> context.blobs().size(sha256);
            case "blob_open" -> open(context.blobs().open(sha256));
            case "blob_close" -> {
                close(opened.remove(call.number("stream")));
                yield true;
            }
            case "blob_put" -> put(call.number("id"));
            default -> throw new IllegalArgumentException("there is no call '" + call.text("name") + "'");
        };
    }

    private static Map<String, Object> members(@Nullable Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> members.put(String.valueOf(key), member));
        }
        return members;
    }

    private long open(InputStream stream) throws IOException {
        long id = streamIds.incrementAndGet();
        opened.put(id, stream);
        if (over) {
            close(opened.remove(id));
        }
        return id;
    }

    private void read(Frame call) throws IOException {
        InputStream stream = opened.get(call.number("stream"));
        if (stream == null) {
            throw new IOException("the stream is closed");
        }
        byte[] piece = new byte[Wire.CHUNK];
        int length = stream.readNBytes(piece, 0, piece.length);
        if (length == 0) {
            close(opened.remove(call.number("stream")));
        }
        wire.send(Map.of("op", "reply", "id", call.number("id")), piece, length);
    }

    private String put(long id) throws IOException {
        PulledStream stream = new PulledStream(wire, id);
        pulled.put(id, stream);
        try {
            if (over) {
                throw new IOException("the execution is over");
            }
            return context.blobs().put(stream);
        } finally {
            pulled.remove(id);
        }
    }

    private static void close(@Nullable InputStream stream) throws IOException {
        if (stream != null) {
            stream.close();
        }
    }

    private void reply(Frame call, Map<String, ?> members) {
        Map<String, @Nullable Object> head = new LinkedHashMap<>(members);
        head.put("op", "reply");
        head.put("id", call.number("id"));
        try {
            wire.send(head);
        } catch (Wire.TooLongException e) {
            refuse(call, "io", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.debug("A plugin's process ended before it got an answer: {}", e.toString());
        }
    }

    private void refuse(Frame call, String kind, String error) {
        reply(call, Map.of("kind", kind, "error", error));
    }

    /** Answers nothing any more and lets go of everything. */
    void end() {
        over = true;
        pulled.values().forEach(PulledStream::abandon);
        for (Long id : opened.keySet()) {
            try {
                close(opened.remove(id));
            } catch (IOException e) {
                LOG.warn("A blob that a plugin's process read cannot be closed: {}", e.toString());
            }
        }
    }
}
