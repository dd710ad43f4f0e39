package dev.callboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.config.ConfigException;
import dev.callboard.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFolderTest {
    private static final List<String> ALL = List.of("auto.yaml", "dev-task.yaml", "pdf-two-phase.yaml", "web.yaml");

    @TempDir
    Path config;

    private void prepare() throws ConfigException {
        ConfigFolder.prepare(ConfigLoader.load(Map.of("config", config.toString())));
    }

    private List<String> pipelines() throws IOException {
        try (Stream<Path> files = Files.list(config.resolve("pipelines"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aNewFolderIsFilledAndWhatIsRemovedStaysAway() throws Exception {
        prepare();
        assertThat(pipelines()).isEqualTo(ALL);
        Files.delete(config.resolve("pipelines/web.yaml"));
        Files.delete(config.resolve("pipelines/auto.yaml"));
        prepare();
        assertThat(pipelines()).containsExactly("dev-task.yaml", "pdf-two-phase.yaml");
    }

    @Test
    void aFolderFromBeforeGetsWhatIsNewOnce() throws Exception {
        Files.createDirectories(config.resolve("pipelines"));
        Files.writeString(config.resolve("pipelines/dev-task.yaml"), "mine");
        Files.writeString(config.resolve("pipelines/web.yaml"), "my own");
        prepare();
        assertThat(pipelines()).containsExactly("dev-task.yaml", "pdf-two-phase.yaml", "web.yaml");
        assertThat(config.resolve("pipelines/web.yaml")).hasContent("my own");
        Files.delete(config.resolve("pipelines/pdf-two-phase.yaml"));
        prepare();
        assertThat(pipelines()).containsExactly("dev-task.yaml", "web.yaml");
    }
}
