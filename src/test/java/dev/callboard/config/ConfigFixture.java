package dev.callboard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Reads the config of a folder of its own. */
abstract class ConfigFixture {
    @TempDir
    Path folder;

    void file(String text) throws IOException {
        Files.writeString(folder.resolve("callboard.yaml"), text);
    }

    ServerConfig load(Map<String, String> options, Map<String, String> environment) throws ConfigException {
        Map<String, String> all = new java.util.HashMap<>(options);
        if (!environment.containsKey("CALLBOARD_CONFIG")) {
            all.putIfAbsent("config", folder.toString());
        }
        return ConfigLoader.load(all, environment);
    }

    List<String> errors(Map<String, String> options, Map<String, String> environment) {
        ConfigException wrong = catchThrowableOfType(ConfigException.class, () -> load(options, environment));
        assertThat(wrong).isNotNull();
        return wrong.errors();
    }
}
