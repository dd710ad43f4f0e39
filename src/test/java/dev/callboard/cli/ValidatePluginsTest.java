package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate} says which plugins it looked at. */
class ValidatePluginsTest {
    @TempDir
    Path folder;

    @Test
    void theFolderIsNamedWithWhatIsInIt() throws IOException {
        Path plugins = folder.resolve("plugins");
        assertThat(ValidateCommand.plugins(plugins, true)).contains("there is no folder " + plugins, "--plugins");
        Files.createDirectory(plugins);
        assertThat(ValidateCommand.plugins(plugins, true)).contains("there is no jar in " + plugins, "--plugins");
        Files.createFile(plugins.resolve("a.jar"));
        assertThat(ValidateCommand.plugins(plugins, true)).isEqualTo("Checked with the plugins in " + plugins + ".");
        assertThat(ValidateCommand.plugins(plugins, false)).contains("plugins.enabled is false");
    }
}
