package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The side of the process that answers calls: one at a time, on a thread of its own with the stack that it asks for. Ends at
 * once when its connection to the server ends, so that it never outlives the server.
 */
public final class CallServer {
    private static final int BROKEN = 70;

    private final Wire wire;
    private final Function<Map<?, ?>, Map<String, @Nullable Object>> answers;
    private final long stackBytes;

    private CallServer(Wire wire, Function<Map<?, ?>, Map<String, @Nullable Object>> answers, long stackBytes) {
        this.wire = wire;
        this.answers = answers;
        this.stackBytes = stackBytes;
    }

    /**
     * Answers until the server closes the connection. What is printed goes nowhere.
     *
     * @param streams the first argument of the main class
     * @param answers gets a call and gives its answer; throws nothing
     */
    public static void serve(
            String streams, Function<Map<?, ?>, Map<String, @Nullable Object>> answers, long stackBytes)
            throws IOException {
        Wire wire = Wire.inChild(streams);
        System.setIn(InputStream.nullInputStream());
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        wire.send(Map.of("op", "hello"));
        new CallServer(wire, answers, stackBytes).listen();
    }

    private void listen() {
        int code = 0;
        try {
            for (Frame frame = wire.receive(); frame != null; frame = wire.receive()) {
                Frame call = frame;
                Thread thread = new Thread(null, () -> answer(call), "call", stackBytes);
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            code = BROKEN;
        }
        Runtime.getRuntime().halt(code);
    }

    private void answer(Frame call) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>(answers.apply(call.head()));
        answer.put("op", "answer");
        answer.put("call", call.number("call"));
        try {
            wire.send(answer);
        } catch (IOException e) {
            Runtime.getRuntime().halt(BROKEN);
        }
    }
}
