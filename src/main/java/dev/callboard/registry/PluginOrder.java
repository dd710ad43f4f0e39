package dev.callboard.registry;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers over restarts which plugin came first: the file names in the order in which ids are given away. Losing it loses
 * nothing but that order. All methods block.
 */
final class PluginOrder {
    private static final Logger LOG = LoggerFactory.getLogger(PluginOrder.class);

    private final Path file;
    private List<String> written = List.of();

    PluginOrder(Path file) {
        this.file = file;
    }

    /** What was written last; nothing when there is nothing to read. */
    List<String> read() {
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
}
