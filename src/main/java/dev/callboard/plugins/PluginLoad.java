package dev.callboard.plugins;

import dev.callboard.palette.RefusalClass;
import dev.callboard.palette.StageDefinition;
import dev.callboard.problem.FileFaults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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

    private final PluginSource source;
    private final LoadingJars loadingJars;
    private final Duration timeout;
    private final long deadline;
    private final FutureTask<Outcome> task;
    private final Thread thread;
    private final CountDownLatch read = new CountDownLatch(1);
    private volatile long endedAt;
    private volatile @Nullable String sha256;
    private volatile @Nullable PluginManifest manifest;
    private volatile @Nullable PluginJar described;
    private boolean ended;
    private boolean abandoned;

    /**
     * What became of it.
     *
     * @param status with the reason when it was refused
     * @param described what the jar says of itself, null when it was refused
     * @param plugin its code, null when it was refused or is not there yet
     */
    record Outcome(PluginStatus status, @Nullable PluginJar described, @Nullable LoadedPlugin plugin) {}

    private PluginLoad(
            PluginSource source, PluginRules rules, ForkedJars forked, LoadingJars loadingJars, Duration timeout) {
        this.source = source;
        this.loadingJars = loadingJars;
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout.toNanos();
        this.task = new FutureTask<>(() -> tried(rules, forked));
        this.thread = new Thread(this::run, "plugin-load-" + PluginText.shown(source.file(), 100));
    }

    /** Starts to copy and load a jar. */
    static PluginLoad start(
            PluginSource source, PluginRules rules, ForkedJars forked, LoadingJars loadingJars, Duration timeout) {
        PluginLoad load = new PluginLoad(source, rules, forked, loadingJars, timeout);
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    /** Of a jar that is not loaded, for the reason that its status gives. */
    static Outcome none(PluginStatus status) {
        return new Outcome(status, null, null);
    }

    private void run() {
        task.run();
        read.countDown();
        endedAt = System.nanoTime();
        synchronized (this) {
            ended = true;
            if (abandoned) {
                discard();
            }
        }
    }

    /** Nothing that the code throws leaves this thread: even its message is foreign code. */
    private Outcome tried(PluginRules rules, ForkedJars forked) {
        PluginRefused reason;
        try {
            LoadedPlugin plugin = load(rules, forked);
            return new Outcome(status("loaded"), plugin.jar(), plugin);
        } catch (PluginRefused e) {
            reason = e;
        } catch (IOException e) {
            reason =
                    new PluginRefused(RefusalClass.UNREADABLE, "It could not be copied: " + FileFaults.reason(e) + ".");
        } catch (Throwable e) {
            reason = PluginRefused.because(e);
        }
        source.deleteCopy();
        return refused(reason);
    }

    private LoadedPlugin load(PluginRules rules, ForkedJars forked) throws IOException, PluginRefused {
        String digest = source.makeCopy();
        sha256 = digest;
        rules.checkAllowed(digest);
        PluginJar jar = PluginJar.read(source.copy().path(), source.file(), found -> manifest = found);
        described = jar;
        // Said before its code runs: should that end the server, the log names it.
        LOG.info("Plugin {}: {} {} is being loaded", source.file(), jar.name(), jar.version());
        Map<String, Object> settings = rules.settingsOf(jar);
        read.countDown();
        return jar.forked()
                ? LoadedPlugin.loadForked(jar, settings, source.copy(), digest, forked)
                : loadingJars.load(
                        digest,
                        () -> forked.load(jar.name(), source.copy().path()).close(),
                        () -> LoadedPlugin.loadHere(jar, settings, source.copy()));
    }

    PluginFolder.Signature signature() {
        return source.signature();
    }

    /** Whether it is a jar of the plugins folder and was read as a plugin of that name. */
    boolean isInFolder(String name) {
        PluginJar read = described;
        return read != null && !source.bundled() && read.name().equalsIgnoreCase(name);
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

    /**
     * Waits until it is done, or was read and has had some time for its code besides: what the jar says of itself is read by
     * code of ours, what it registers is found by code of others.
     */
    void await(Duration patience) {
        try {
            if (read.await(left(), TimeUnit.NANOSECONDS)) {
                task.get(Math.min(patience.toNanos(), left()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            LOG.debug("Plugin {}: its code is not there yet", source.file());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a load that failed says so by its outcome", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long left() {
        return Math.max(0, deadline - System.nanoTime());
    }

    /** How it is while it goes on. */
    Outcome soFar() {
        return new Outcome(status("loading"), described, null);
    }

    /** What became of it, once it {@link #isDone}; abandoned when it is out of time. */
    Outcome outcome() {
        if (!task.isDone()) {
            abandon();
            String digest = sha256;
            if (digest != null) {
                loadingJars.ended(digest);
            }
            return refused(new PluginRefused(
                    RefusalClass.TIMEOUT,
                    "Its code did not register its stages within " + timeout.toMillis() + " ms."));
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a load that failed says so by its outcome", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(new PluginRefused(RefusalClass.OTHER, "The server is stopping."));
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

    private Outcome refused(PluginRefused why) {
        return none(status("refused").refused(why.refusal(), why.reason()));
    }

    private PluginStatus status(String state) {
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
                null,
                null,
                sha256,
                source.signature().size(),
                source.bundled());
    }
}
