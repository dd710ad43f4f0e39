package dev.callboard;

import dev.callboard.config.ServerConfig;
import dev.callboard.problem.FileFaults;
import dev.callboard.problem.ProblemException;
import dev.callboard.store.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the config folder with the pipelines that are shipped, each once: {@code pipelines/.shipped} names those that were
 * put there ever, so that one which somebody removed does not come back.
 */
final class ConfigFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigFolder.class);
    private static final List<String> SHIPPED = List.of("auto.yaml", "dev-task.yaml", "pdf-two-phase.yaml", "web.yaml");

    /** What a folder without a record was filled with. */
    private static final List<String> BEFORE_RECORD = List.of("auto.yaml", "dev-task.yaml");

    private static final String RECORD = ".shipped";

    private ConfigFolder() {}

    /** Adds what was never there. A folder that cannot be written is a reason to stop only when it is new. */
    static void prepare(ServerConfig config) {
        Path pipelines = config.pipelines();
        boolean isNew = !Files.isDirectory(pipelines);
        try {
            Files.createDirectories(pipelines);
            fill(pipelines, isNew);
        } catch (IOException e) {
            if (isNew) {
                throw ProblemException.unavailable(
                        "config_folder_unusable",
                        "The config folder " + config.folder() + " cannot be used: "
                                + FileFaults.reason(e, config.folder()) + ".");
            }
            LOG.warn(
                    "New pipelines that are shipped cannot be put into {}: {}",
                    pipelines,
                    FileFaults.reason(e, pipelines));
        }
    }

    private static void fill(Path pipelines, boolean isNew) throws IOException {
        Set<String> shipped = new LinkedHashSet<>(recorded(pipelines, isNew));
        if (shipped.containsAll(SHIPPED) && Files.exists(pipelines.resolve(RECORD))) {
            return;
        }
        for (String name : SHIPPED) {
            if (shipped.add(name) && !Files.exists(pipelines.resolve(name))) {
                try (InputStream in = ConfigFolder.class.getResourceAsStream("/defaults/pipelines/" + name)) {
                    if (in == null) {
                        throw new IllegalStateException("the resource of " + name + " is missing");
                    }
                    AtomicFile.write(pipelines.resolve(name), in.readAllBytes());
                }
                if (!isNew) {
                    LOG.info("The pipeline {} is new and was put into {}", name, pipelines);
                }
            }
        }
        AtomicFile.write(
                pipelines.resolve(RECORD), (String.join("\n", shipped) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> recorded(Path pipelines, boolean isNew) throws IOException {
        try {
            return Files.readAllLines(pipelines.resolve(RECORD), StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (NoSuchFileException e) {
            return isNew ? List.of() : BEFORE_RECORD;
        }
    }
}
