package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import dev.callboard.json.JsonShape;
import dev.callboard.json.JsonShape.WrongShapeException;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageRegistration;
import dev.callboard.spi.StageWait;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One execution in the child, on a thread of its own; whatever comes of it becomes one frame. */
final class ChildRun {
    /** What a stage may remember while it waits, about. */
    static final long MAX_MEMORY = 64_000_000;

    private static final int SEND_FAILED = 71;

    private final Frame frame;
    private final @Nullable StageRegistration registration;
    private final Wire wire;
    private final ChildContext context;
    private final long maxOutput;
    private @Nullable Thread thread;

    /** @param maxOutput the most characters of an output, about */
    ChildRun(Frame frame, @Nullable StageRegistration registration, Wire wire, ChildCalls calls, long maxOutput) {
        this.frame = frame;
        this.registration = registration;
        this.wire = wire;
        this.maxOutput = maxOutput;
        this.context = new ChildContext(frame, wire, calls);
    }

    long number() {
        return frame.number("run");
    }

    /**
     * Starts.
     *
     * @param over is run when the code has ended, before its result is sent
     */
    void start(Runnable over) {
        Thread stage = new Thread(
                () -> {
                    Map<String, @Nullable Object> result = run();
                    over.run();
                    send(result);
                },
                "stage");
        if (registration != null) {
            stage.setContextClassLoader(registration.factory().getClass().getClassLoader());
        }
        stage.setDaemon(true);
        thread = stage;
        stage.start();
    }

    void cancel() {
        context.cancel();
        if (thread != null) {
            thread.interrupt();
        }
    }

    private Map<String, @Nullable Object> run() {
        try {
            Stage stage = registration == null ? null : registration.factory().get();
            if (registration == null || stage == null) {
                return failed("no_stage", "The plugin gave no stage for '" + frame.text("type") + "'.", true);
            }
            return completed(registration.metadata(), stage.execute(context, context.input()));
        } catch (StageFailure e) {
            Map<String, @Nullable Object> failed = failed(e.code(), String.valueOf(e.getMessage()), e.retryable());
            e.retryAfter().ifPresent(delay -> failed.put("retry_after", delay.toString()));
            return failed;
        } catch (StageWait e) {
            return waiting(e);
        } catch (InterruptedException e) {
            return frame("interrupted");
        } catch (WrongShapeException e) {
            return failed("wrong_output", "The stage's output cannot be stored: " + e.getMessage() + ".", false);
        } catch (Throwable e) {
            return failed("stage_error", "The stage broke off: " + describe(e), true);
        }
    }

    private Map<String, @Nullable Object> frame(String op) {
        Map<String, @Nullable Object> frame = new LinkedHashMap<>();
        frame.put("op", op);
        frame.put("run", number());
        return frame;
    }

    private Map<String, @Nullable Object> failed(String code, String message, boolean retryable) {
        Map<String, @Nullable Object> frame = frame("failed");
        frame.put("code", code);
        frame.put("message", message);
        frame.put("retryable", retryable);
        return frame;
    }

    private Map<String, @Nullable Object> waiting(StageWait wait) {
        try {
            Map<String, @Nullable Object> frame = frame("waits");
            frame.put("reason", wait.reason());
            frame.put("poll_interval", wait.pollInterval().toString());
            frame.put("deadline", wait.deadline().map(Object::toString).orElse(null));
            frame.put("memory", JsonShape.copy(wait.memory(), MAX_MEMORY));
            return frame;
        } catch (WrongShapeException e) {
            return failed("wrong_memory", "The stage's memory cannot be stored: " + e.getMessage() + ".", false);
        }
    }

    /** The SPI takes null for an output that is null. */
    @SuppressWarnings("NullAway")
    private Map<String, @Nullable Object> completed(StageMetadata metadata, @Nullable Object result)
            throws WrongShapeException {
        Object output = JsonShape.copy(result, maxOutput);
        List<String> keys = context.stateKeys();
        Map<String, @Nullable Object> frame = frame("completed");
        frame.put("output", output);
        // Without an output there is no state; the server says so where one was promised.
        frame.put("state", output == null && !keys.isEmpty() ? Map.of() : state(metadata, keys, output));
        frame.put("count", metadata.outputCounter().count(output));
        return frame;
    }

    /** What the output holds already is named, not sent again. */
    @SuppressWarnings("NullAway")
    private @Nullable Map<String, @Nullable Object> state(
            StageMetadata metadata, List<String> keys, @Nullable Object output) throws WrongShapeException {
        Map<String, Object> applied = metadata.outputHandler().apply(keys, output);
        if (applied == null) {
            return null;
        }
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : applied.entrySet()) {
            String key = entry.getKey();
            Object value = entry.getValue();
            if (value != null && value == output) {
                state.put(key, Map.of("whole", true));
            } else if (value != null && output instanceof Map<?, ?> map && map.get(key) == value) {
                state.put(key, Map.of("field", true));
            } else {
                Map<String, @Nullable Object> own = new LinkedHashMap<>();
                own.put("value", JsonShape.copy(value, maxOutput));
                state.put(key, own);
            }
        }
        return state;
    }

    private void send(Map<String, @Nullable Object> result) {
        try {
            try {
                wire.send(result);
            } catch (Wire.TooLongException e) {
                wire.send(
                        failed("wrong_output", "The stage's output cannot be stored: " + e.getMessage() + ".", false));
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(SEND_FAILED);
        }
    }

    /** A throwable's own methods may throw too. */
    static String describe(Throwable failure) {
        try {
            String message = failure.getMessage();
            String name = failure.getClass().getSimpleName();
            return message == null || message.isBlank() ? name : name + ": " + message;
        } catch (Throwable e) {
            return failure.getClass().getName();
        }
    }
}
