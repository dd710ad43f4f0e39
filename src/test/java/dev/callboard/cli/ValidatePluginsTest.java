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
        assertThat(ValidateCommand.plugins(plugins, true, false))
                .contains("there is no folder " + plugins, "--plugins");
        assertThat(ValidateCommand.plugins(plugins, true, true))
                .contains("with the plugins that come with Callboard", "there is no folder");
        Files.createDirectory(plugins);
        assertThat(ValidateCommand.plugins(plugins, true, false))
                .contains("there is no jar in " + plugins, "--plugins");
        Files.createFile(plugins.resolve("a.jar"));
        assertThat(ValidateCommand.plugins(plugins, true, false))
                .isEqualTo("Checked with the plugins in " + plugins + ".");
        assertThat(ValidateCommand.plugins(plugins, true, true)).endsWith(" and those that come with Callboard.");
        assertThat(ValidateCommand.plugins(plugins, false, true)).contains("plugins.enabled is false");
    }
}
