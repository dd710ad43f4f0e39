package dev.callboard.registry;

import dev.callboard.model.StageDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of the folder: each loaded or refused on its own. Jars are copied before they are loaded, so that replacing
 * or deleting one never pulls code from under running work. All methods block and are called one at a time.
 */
final class Plugins {
    /** How long the code of a plugin may take to register its stages. */
    static final Duration LOAD_TIMEOUT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final PluginFolder folder;
    private final Path copies;
    private final boolean enabled;
    private final SortedMap<String, Jar> jars = new TreeMap<>();

    /**
     * Names the folder; it need not exist.
     *
     * @param copies where the copies that are loaded stand; emptied at start
     * @param enabled false keeps all jars unloaded
     */
    Plugins(Path folder, Path copies, boolean enabled, Clock clock) {
        this.folder = new PluginFolder(folder, clock);
        this.copies = copies;
        this.enabled = enabled;
    }

    /** A jar of the folder: loaded, or with the reason why not. */
    private record Jar(PluginFolder.Signature signature, PluginStatus status, @Nullable LoadedPlugin plugin) {}

    /** Looks at the folder again; true when the plugins changed. */
    boolean rescan() throws IOException {
        Map<String, PluginFolder.Signature> before = new TreeMap<>();
        jars.forEach((name, jar) -> before.put(name, jar.signature()));
        SortedMap<String, PluginFolder.Signature> now = folder.scan(before);
        if (now.equals(before)) {
            return false;
        }
        jars.keySet().removeIf(name -> !now.containsKey(name));
        now.forEach((name, signature) -> {
            Jar old = jars.get(name);
            if (old == null || !old.signature().equals(signature)) {
                Jar jar = load(name, signature);
                jars.put(name, jar);
                LOG.info(
                        "Plugin {}: {}{}",
                        name,
                        jar.status().state(),
                        jar.status().reason() == null
                                ? " " + jar.status().stages()
                                : ", " + jar.status().reason());
            }
        });
        return true;
    }

    private Jar load(String name, PluginFolder.Signature signature) {
        String sha256 = null;
        PluginJar described = null;
        try {
            if (!enabled) {
                throw new PluginRefused("Plugins are switched off (plugins.enabled: false).");
            }
            Path original = folder.path(name);
            sha256 = sha256(original);
            Path copy = copies.resolve(sha256.substring(0, 16) + "-" + name);
            Files.createDirectories(copies);
            Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
            described = PluginJar.read(copy);
            PluginJar jar = described;
            LoadedPlugin plugin = inTime(name, () -> LoadedPlugin.load(jar, copy));
            return new Jar(signature, status(name, signature, sha256, described, "loaded", null), plugin);
        } catch (PluginRefused e) {
            return new Jar(
                    signature,
                    status(name, signature, sha256, described, enabled ? "refused" : "disabled", e.reason()),
                    null);
        } catch (IOException e) {
            String reason = "It could not be copied: " + e.getMessage() + ".";
            return new Jar(signature, status(name, signature, sha256, described, "refused", reason), null);
        }
    }

    private static PluginStatus status(
            String file,
            PluginFolder.Signature signature,
            @Nullable String sha256,
            @Nullable PluginJar jar,
            String state,
            @Nullable String reason) {
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

    /** Runs foreign code on a thread of its own; one that hangs is left behind as a daemon. */
    private static LoadedPlugin inTime(String name, Callable<LoadedPlugin> load) throws PluginRefused {
        FutureTask<LoadedPlugin> task = new FutureTask<>(load);
        Thread thread = new Thread(task, "plugin-load-" + name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(LOAD_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PluginRefused refused
                    ? refused
                    : new PluginRefused("Its code failed: " + e.getCause() + ".");
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new PluginRefused("Its code did not register its stages within " + LOAD_TIMEOUT.toSeconds() + " s.");
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new PluginRefused("The server is stopping.");
        }
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
            throw new UncheckedIOException(new IOException("every JDK has SHA-256", e));
        }
    }

    /** A jar refused by the palette, because an id of it is taken. */
    void refuse(String file, String reason) {
        Jar jar = jars.get(file);
        if (jar != null) {
            PluginStatus old = jar.status();
            jars.put(
                    file,
                    new Jar(
                            jar.signature(),
                            new PluginStatus(
                                    file,
                                    old.name(),
                                    old.version(),
                                    "refused",
                                    old.stages(),
                                    reason,
                                    old.sha256(),
                                    old.size()),
                            null));
            LOG.warn("Plugin {}: refused, {}", file, reason);
        }
    }

    /** The loaded ones by file name, in the order in which ids are given away. */
    SortedMap<String, LoadedPlugin> loaded() {
        SortedMap<String, LoadedPlugin> loaded = new TreeMap<>();
        jars.forEach((name, jar) -> {
            if (jar.plugin() != null) {
                loaded.put(name, jar.plugin());
            }
        });
        return loaded;
    }

    /** All jars, by file name. */
    List<PluginStatus> list() {
        List<PluginStatus> list = new ArrayList<>();
        jars.values().forEach(jar -> list.add(jar.status()));
        return list;
    }
}
