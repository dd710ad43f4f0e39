package dev.callboard.plugins;

import dev.callboard.fork.ForkException;
import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.palette.RefusalClass;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars whose code is being loaded into the server, by their SHA-256. Each is on the disk before its code runs, so that the
 * next start knows which may have ended the server. The server may as well have been killed just then: such a jar is loaded in
 * a process of its own first, and is refused when that does not come through it, or when the server ended several times in a
 * row. All methods block.
 */
final class LoadingJars {
    private static final Logger LOG = LoggerFactory.getLogger(LoadingJars.class);

    /** So many ends in a row are no chance any more, whatever a process of its own says. */
    private static final int MOST_ENDS = 3;

    private final Path file;
    /** SHA-256 to how often the server ended while it was loaded, of earlier servers; and of those being loaded now. */
    private final SortedMap<String, Integer> ends = new TreeMap<>();

    private final SortedMap<String, Integer> loading = new TreeMap<>();

    /** Reads what the last server was loading when it ended. */
    LoadingJars(Path file) {
        this.file = file;
        read().forEach((sha256, before) -> {
            if (before instanceof Number times) {
                ends.put(String.valueOf(sha256), times.intValue() + 1);
            }
        });
        if (!ends.isEmpty()) {
            write();
        }
    }

    private Map<?, ?> read() {
        try {
            Object value = Json.parse(Files.readAllBytes(file));
            return value instanceof Map<?, ?> map && map.get("loading") instanceof Map<?, ?> jars ? jars : Map.of();
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | JsonSyntaxException e) {
            LOG.warn("{} cannot be read: no jar is suspected of having ended the server", file, e);
            return Map.of();
        }
    }

    /** Loads code. */
    interface Loading {
        /** Runs foreign code. */
        LoadedPlugin load() throws PluginRefused;
    }

    /** Loads code where it can do no harm. */
    interface Trial {
        /** Runs foreign code in a process of its own. */
        void load() throws ForkException, InterruptedException;
    }

    /** Loads a jar's code into the server, after a trial when the last server may have ended by it. */
    LoadedPlugin load(String sha256, Trial trial, Loading code) throws PluginRefused {
        int times = begin(sha256);
        if (times >= MOST_ENDS) {
            throw refused("The server ended " + times + " times in a row while this jar was being loaded.");
        }
        if (times > 0) {
            tryOut(trial);
        }
        try {
            return code.load();
        } finally {
            ended(sha256);
        }
    }

    private void tryOut(Trial trial) throws PluginRefused {
        try {
            trial.load();
        } catch (ForkException e) {
            throw refused(
                    "The server ended while this jar was being loaded, and a process of its own, to try it, did not"
                            + " load it either: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginRefused(RefusalClass.OTHER, "It was not waited for.");
        }
    }

    private PluginRefused refused(String why) {
        return new PluginRefused(
                RefusalClass.CODE,
                why + " It stays refused until another version of it is there; to try this one again, remove " + file
                        + " and start the server again.");
    }

    /** Writes it down, and says how often the server ended while it was loaded. */
    private synchronized int begin(String sha256) {
        int times = ends.getOrDefault(sha256, 0);
        loading.put(sha256, times);
        if (times == 0) {
            write();
        }
        return times;
    }

    /** It is loaded or refused, or takes too long: the server has come through it. */
    synchronized void ended(String sha256) {
        boolean known = loading.remove(sha256) != null;
        known |= ends.remove(sha256) != null;
        if (known) {
            write();
        }
    }

    private void write() {
        SortedMap<String, Integer> all = new TreeMap<>(ends);
        loading.forEach(all::putIfAbsent);
        try {
            AtomicFile.write(file, Json.writePretty(Map.of("loading", all)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("{} cannot be written: a jar that ends the server now is loaded again by the next one", file, e);
        }
    }
}
