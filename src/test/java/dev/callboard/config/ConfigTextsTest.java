package dev.callboard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of the configuration mean what stands there (faults E4, E5, E8). */
class ConfigTextsTest {
    @TempDir
    Path dir;

    private ServerConfig load(String text) throws ConfigException, IOException {
        Files.writeString(dir.resolve("callboard.yaml"), text);
        return ConfigLoader.load(Map.of("config", dir.toString()), Map.of());
    }

    @Test
    void aProgramThatIsCalledYesIsNotTrue() throws Exception {
        CommandConfig command =
                load("command: {enabled: yes, programs: [yes, 1e3, off]}").command();
        assertThat(command).isNotNull();
        assertThat(command.programs()).containsExactly("yes", "1e3", "off");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFile() throws Exception {
        assertThat(load("\uFEFFport: 8_081").port()).isEqualTo(8081);
    }

    @Test
    void whatIsNotUtf8IsReportedWithItsLine() throws Exception {
        Files.write(dir.resolve("callboard.yaml"), new byte[] {'#', '\n', '#', (byte) 0xE4, '\n'});
        assertThatThrownBy(() -> ConfigLoader.load(Map.of("config", dir.toString()), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not valid UTF-8, from line 2");
    }

    @Test
    void settingsOfPluginsKeepTheirTypes() throws Exception {
        assertThat(load("plugins: {settings: {p: {n: 3, on_it: true, word: x}}}")
                        .pluginRules()
                        .settings())
                .containsEntry("p", Map.of("n", 3, "on_it", true, "word", "x"));
    }
}
