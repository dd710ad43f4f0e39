package dev.callboard.plugins;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which plugin came first: the order in which ids are given away, remembered over restarts. Losing its file loses nothing but
 * that order. All methods block.
 */
final class PluginOrder {
    private static final Logger LOG = LoggerFactory.getLogger(PluginOrder.class);

    private final Path file;
    private final Map<String, Integer> places = new HashMap<>();
    private int nextPlace;
    private List<String> written = List.of();

    PluginOrder(Path file) {
        this.file = file;
    }

    /** Gives the jars of a start their places: those of last time in their order, then the others by the time of their files. */
    void start(Map<String, PluginFolder.Signature> files) {
        read().stream().filter(files::containsKey).forEach(this::place);
        files.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparing(PluginFolder.Signature::modified)))
                .forEach(jar -> place(jar.getKey()));
    }

    /** Gives a file the next place, unless it has one. */
    void place(String file) {
        if (!places.containsKey(file)) {
            places.put(file, nextPlace++);
        }
    }

    /** The file is gone; should it come back, it comes last. */
    void forget(String file) {
        places.remove(file);
    }

    /** The jars in the order in which ids are given away. */
    List<String> of(Map<String, KnownPlugin> jars) {
        return jars.keySet().stream()
                .sorted(Comparator.comparing((String file) ->
                                Objects.requireNonNull(jars.get(file)).rank())
                        .thenComparing(file -> places.getOrDefault(file, Integer.MAX_VALUE)))
                .toList();
    }

    /** Writes it if it is another. */
    void write(List<String> files) {
        if (files.equals(written)) {
            return;
        }
        written = List.copyOf(files);
        try {
            AtomicFile.write(file, Json.writePretty(Map.of("files", files)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("{} cannot be written: after a restart, plugins go by the time of their files", file, e);
        }
    }

    private List<String> read() {
        try {
            Object value = Json.parse(Files.readAllBytes(file));
            if (value instanceof Map<?, ?> map && map.get("files") instanceof List<?> files) {
                written = files.stream().map(String::valueOf).toList();
            }
        } catch (NoSuchFileException e) {
            LOG.debug("No order of plugins is kept yet");
        } catch (IOException | JsonSyntaxException e) {
            LOG.warn("{} cannot be read: plugins go by the time of their files", file, e);
        }
        return written;
    }
}
