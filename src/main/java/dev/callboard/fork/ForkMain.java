package dev.callboard.fork;

import dev.callboard.fork.Wire.Frame;
import dev.callboard.process.PrintedLines;
import dev.callboard.spi.StageMetadata;
import dev.callboard.spi.StageRegistration;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a plugin's process. It loads the jar, says what the jar registers, executes one stage at a time as it is
 * asked, and ends at once when its connection to the server ends, so that it never outlives the server.
 *
 * <p>Arguments: how to get at the connection, the jar, the plugin's name, the most characters of an output.
 */
public final class ForkMain {
    /** How often the process says that it lives, in milliseconds. */
    private static final long BEAT_MS = 1_000;

    private static final int BROKEN = 70;

    private final Wire wire;
    private final ChildCalls calls;
    private final long maxOutput;
    private final PrintedLines printed = new PrintedLines(this::print);
    private final Map<String, StageRegistration> stages = new ConcurrentHashMap<>();
    private volatile @Nullable ChildRun running;

    private ForkMain(Wire wire, long maxOutput) {
        this.wire = wire;
        this.maxOutput = maxOutput;
        this.calls = new ChildCalls(wire);
    }

    /** Runs until the server closes the connection. */
    public static void main(String[] arguments) throws IOException {
        Wire wire = Wire.inChild(arguments[0]);
        ForkMain fork = new ForkMain(wire, Long.parseLong(arguments[3]));
        // What plugins print belongs into the log, and must not get between the frames.
        System.setIn(InputStream.nullInputStream());
        PrintStream printed = new PrintStream(fork.printed, true, StandardCharsets.UTF_8);
        System.setOut(printed);
        System.setErr(printed);
        fork.beat();
        Thread loader = new Thread(() -> fork.load(Path.of(arguments[1]), arguments[2]), "load");
        loader.setDaemon(true);
        loader.start();
        fork.listen();
    }

    private void beat() {
        Executors.newSingleThreadScheduledExecutor(work -> {
                    Thread thread = new Thread(work, "beat");
                    thread.setDaemon(true);
                    return thread;
                })
                .scheduleAtFixedRate(() -> sendFrame(Map.of("op", "beat")), 0, BEAT_MS, TimeUnit.MILLISECONDS);
    }

    private void print(String line) {
        ChildRun now = running;
        sendFrame(Map.of("op", "log", "run", now == null ? 0 : now.number(), "line", line));
    }

    private void load(Path jar, String name) {
        try {
            // Open as long as the process lives.
            PluginClassLoader loader = new PluginClassLoader(name, jar);
            Thread.currentThread().setContextClassLoader(loader);
            List<Object> described = new ArrayList<>();
            for (StageRegistration registration : PluginCode.registrations(loader)) {
                described.add(described(registration.metadata()));
                stages.putIfAbsent(registration.metadata().stageType(), registration);
            }
            sendFrame(Map.of("op", "hello", "stages", described));
        } catch (Throwable e) {
            sendFrame(Map.of("op", "refused", "reason", "Its code failed: " + ChildRun.describe(e) + "."));
        }
    }

    private static Map<String, Object> described(StageMetadata metadata) {
        return Map.of(
                "type",
                metadata.stageType(),
                "state_keys",
                metadata.stateKeys(),
                "description",
                metadata.description(),
                "dependencies",
                metadata.dependencies());
    }

    private void listen() {
        int code = 0;
        try {
            for (Frame frame = wire.receive(); frame != null; frame = wire.receive()) {
                switch (frame.op()) {
                    case "execute" -> execute(frame);
                    case "cancel" -> cancel(frame);
                    default -> calls.deliver(frame);
                }
            }
        } catch (IOException e) {
            fail("The connection to the server broke: " + e);
            code = BROKEN;
        }
        Runtime.getRuntime().halt(code);
    }

    /** The last words go where nobody interprets them. */
    private static void fail(String message) {
        try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
            err.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            Runtime.getRuntime().halt(BROKEN + 1);
        }
    }

    private void execute(Frame frame) {
        ChildRun run = new ChildRun(frame, stages.get(frame.text("type")), wire, calls, maxOutput);
        running = run;
        run.start(() -> {
            printed.endLine();
            running = null;
        });
    }

    private void cancel(Frame frame) {
        ChildRun now = running;
        if (now != null && now.number() == frame.number("run")) {
            now.cancel();
        }
    }

    /** Without the server there is nothing left to do. */
    private void sendFrame(Map<String, ?> head) {
        try {
            wire.send(head);
        } catch (IOException e) {
            Runtime.getRuntime().halt(BROKEN);
        }
    }
}
