package dev.callboard;

import dev.callboard.config.ServerConfig;
import dev.callboard.model.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Fills a new config folder with the pipelines that are shipped, so that the jar alone is a working server. */
final class ConfigFolder {
    private static final List<String> SHIPPED = List.of("auto.yaml", "dev-task.yaml");

    private ConfigFolder() {}

    /** Does nothing where the pipelines folder is already. */
    static void prepare(ServerConfig config) {
        Path pipelines = config.pipelines();
        if (Files.isDirectory(pipelines)) {
            return;
        }
        try {
            Files.createDirectories(pipelines);
            for (String name : SHIPPED) {
                try (InputStream in = ConfigFolder.class.getResourceAsStream("/defaults/pipelines/" + name)) {
                    if (in != null) {
                        Files.copy(in, pipelines.resolve(name));
                    }
                }
            }
        } catch (IOException e) {
            throw ProblemException.unavailable(
                    "config_folder_unusable", "The config folder " + config.folder() + " cannot be used: " + e + ".");
        }
    }
}
