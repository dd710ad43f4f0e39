package dev.callboard.registry;

import dev.callboard.model.StageDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One jar being loaded, on a thread of its own: it runs foreign code, and one that hangs must hold up nothing else. It is
 * left behind as a daemon then.
 */
final class PluginLoad {
    private final String file;
    private final PluginFolder.Signature signature;
    private final Duration timeout;
    private final long deadline;
    private final FutureTask<LoadedPlugin> task;
    private final Thread thread;
    private volatile long ended;
    private volatile @Nullable String sha256;
    private volatile @Nullable PluginJar described;

    /**
     * What became of it.
     *
     * @param status with the reason when it was refused
     * @param plugin null when it was refused
     */
    record Outcome(PluginStatus status, @Nullable LoadedPlugin plugin) {}

    private PluginLoad(String file, PluginFolder.Signature signature, Path jar, Path copies, Duration timeout) {
        this.file = file;
        this.signature = signature;
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout.toNanos();
        this.task = new FutureTask<>(() -> load(jar, copies));
        this.thread = new Thread(task, "plugin-load-" + file);
    }

    /** Starts to copy and load a jar. */
    static PluginLoad start(String file, PluginFolder.Signature signature, Path jar, Path copies, Duration timeout) {
        PluginLoad load = new PluginLoad(file, signature, jar, copies, timeout);
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    /** Of a jar that is not loaded because plugins are switched off. */
    static Outcome disabled(String file, PluginFolder.Signature signature) {
        String reason = "Plugins are switched off (plugins.enabled: false).";
        return new Outcome(
                new PluginStatus(file, null, null, "disabled", List.of(), reason, null, signature.size()), null);
    }

    private LoadedPlugin load(Path jar, Path copies) throws IOException, PluginRefused {
        try {
            return read(jar, copies);
        } finally {
            ended = System.nanoTime();
        }
    }

    private LoadedPlugin read(Path jar, Path copies) throws IOException, PluginRefused {
        String digest = sha256(jar);
        sha256 = digest;
        Path copy = copies.resolve(digest.substring(0, 16) + "-" + file);
        Files.createDirectories(copies);
        Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        PluginJar read = PluginJar.read(copy);
        described = read;
        return LoadedPlugin.load(read, copy);
    }

    PluginFolder.Signature signature() {
        return signature;
    }

    /** Whether it is loaded, refused or out of time. */
    boolean isDone() {
        return task.isDone() || System.nanoTime() - deadline >= 0;
    }

    /** How long it took, or takes until now. */
    Duration time() {
        long end = ended == 0 ? System.nanoTime() : ended;
        return Duration.ofNanos(end - deadline).plus(timeout);
    }

    /** Waits for it, until it is out of time at most. */
    Outcome await() {
        try {
            LoadedPlugin plugin = task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return new Outcome(status("loaded", null), plugin);
        } catch (ExecutionException e) {
            return refused(reason(e.getCause()));
        } catch (TimeoutException e) {
            thread.interrupt();
            return refused("Its code did not register its stages within " + timeout.toMillis() + " ms.");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return refused("The server is stopping.");
        }
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure instanceof PluginRefused refused) {
            return refused.reason();
        }
        return failure instanceof IOException
                ? "It could not be copied: " + failure.getMessage() + "."
                : "It could not be read: " + failure + ".";
    }

    private Outcome refused(String reason) {
        return new Outcome(status("refused", reason), null);
    }

    private PluginStatus status(String state, @Nullable String reason) {
        PluginJar jar = described;
        return new PluginStatus(
                file,
                jar == null ? null : jar.name(),
                jar == null ? null : jar.version(),
                state,
                jar == null
                        ? List.of()
                        : jar.stages().stream().map(StageDefinition::id).toList(),
                reason,
                sha256,
                signature.size());
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
