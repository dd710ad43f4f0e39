package dev.callboard.registry;

import dev.callboard.fork.Forks;
import dev.callboard.model.StageDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One jar being loaded, on a thread of its own: it runs foreign code, and one that hangs must hold up nothing else. It is
 * left behind as a daemon then; what it may still load is closed at once.
 */
final class PluginLoad {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLoad.class);

    /** The largest jar that is copied. */
    private static final long MAX_JAR_BYTES = 2L << 30;

    private final Source source;
    private final Duration timeout;
    private final long deadline;
    private final FutureTask<Outcome> task;
    private final Thread thread;
    private volatile long endedAt;
    private volatile @Nullable String sha256;
    private volatile @Nullable PluginManifest manifest;
    private volatile @Nullable PluginJar described;
    private boolean ended;
    private boolean abandoned;

    /**
     * What is loaded.
     *
     * @param file the jar's name in the plugins folder
     * @param copy where its copy goes; nothing is there yet
     */
    record Source(String file, PluginFolder.Signature signature, Path jar, Path copy) {}

    /**
     * What became of it.
     *
     * @param status with the reason when it was refused
     * @param plugin null when it was refused
     */
    record Outcome(PluginStatus status, @Nullable LoadedPlugin plugin) {}

    private PluginLoad(Source source, PluginRules rules, Forks forks, Duration timeout) {
        this.source = source;
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout.toNanos();
        this.task = new FutureTask<>(() -> outcome(rules, forks));
        this.thread = new Thread(this::run, "plugin-load-" + PluginText.shown(source.file(), 100));
    }

    /** Starts to copy and load a jar. */
    static PluginLoad start(Source source, PluginRules rules, Forks forks, Duration timeout) {
        PluginLoad load = new PluginLoad(source, rules, forks, timeout);
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    /** Of a jar that is not loaded because plugins are switched off. */
    static Outcome disabled(String file, PluginFolder.Signature signature) {
        String reason = "Plugins are switched off (plugins.enabled: false).";
        return new Outcome(
                new PluginStatus(file, null, null, null, null, "disabled", List.of(), reason, null, signature.size()),
                null);
    }

    private void run() {
        task.run();
        endedAt = System.nanoTime();
        synchronized (this) {
            ended = true;
            if (abandoned) {
                discard();
            }
        }
    }

    /** Nothing that the code throws leaves this thread: even its message is foreign code. */
    private Outcome outcome(PluginRules rules, Forks forks) {
        PluginRefused reason;
        try {
            LoadedPlugin plugin = load(rules, forks);
            return new Outcome(status("loaded", null), plugin);
        } catch (PluginRefused e) {
            reason = e;
        } catch (IOException e) {
            reason = new PluginRefused("It could not be copied: " + e.getMessage() + ".");
        } catch (Throwable e) {
            reason = PluginRefused.because(e);
        }
        deleteCopy();
        return refused(reason.reason());
    }

    private LoadedPlugin load(PluginRules rules, Forks forks) throws IOException, PluginRefused {
        if (source.signature().size() > MAX_JAR_BYTES) {
            throw new PluginRefused("It is larger than " + MAX_JAR_BYTES + " bytes.");
        }
        String digest = copy();
        sha256 = digest;
        rules.checkAllowed(digest);
        PluginJar read = PluginJar.read(source.copy(), source.file(), found -> manifest = found);
        described = read;
        return LoadedPlugin.load(read, rules.settingsOf(read), source.copy(), forks);
    }

    /** Copies the jar; what is hashed is what is loaded, whatever is done to the jar meanwhile. */
    private String copy() throws IOException {
        Path copies = source.copy().getParent();
        if (copies != null) {
            Files.createDirectories(copies);
        }
        try (InputStream in = Files.newInputStream(source.jar());
                OutputStream out =
                        Files.newOutputStream(source.copy(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                DigestOutputStream digested = new DigestOutputStream(out, MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(digested);
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    PluginFolder.Signature signature() {
        return source.signature();
    }

    /** Whether it is loaded, refused or out of time. */
    boolean isDone() {
        return task.isDone() || System.nanoTime() - deadline >= 0;
    }

    /** How long it took, or takes until now. */
    Duration time() {
        long end = endedAt == 0 ? System.nanoTime() : endedAt;
        return Duration.ofNanos(end - deadline).plus(timeout);
    }

    /** Waits for it, until it is out of time at most; it is abandoned then. */
    Outcome await() {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a load that failed says so by its outcome", e);
        } catch (TimeoutException e) {
            abandon();
            return refused("Its code did not register its stages within " + timeout.toMillis() + " ms.");
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
            return refused("The server is stopping.");
        }
    }

    /** Nobody wants it any more: what it loads is closed as soon as it is there. */
    synchronized void abandon() {
        abandoned = true;
        thread.interrupt();
        if (ended) {
            discard();
        }
    }

    private void discard() {
        try {
            LoadedPlugin plugin = task.get().plugin();
            if (plugin != null) {
                plugin.code().closeIfUnused();
            }
        } catch (ExecutionException | IOException e) {
            LOG.warn("Plugin {}: what it loaded too late cannot be closed", source.file(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteCopy() {
        try {
            Files.deleteIfExists(source.copy());
        } catch (IOException e) {
            LOG.warn("Plugin {}: its copy cannot be deleted", source.file(), e);
        }
    }

    private Outcome refused(String reason) {
        return new Outcome(status("refused", reason), null);
    }

    private PluginStatus status(String state, @Nullable String reason) {
        PluginManifest said = manifest;
        PluginJar jar = described;
        return new PluginStatus(
                source.file(),
                jar != null ? jar.name() : said == null ? null : said.title(),
                jar != null ? jar.version() : said == null ? null : said.version(),
                said == null ? null : said.api(),
                jar == null ? null : jar.isolation(),
                state,
                jar == null
                        ? List.of()
                        : jar.stages().stream().map(StageDefinition::id).toList(),
                reason,
                sha256,
                source.signature().size());
    }
}
