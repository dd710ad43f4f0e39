package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Folders and patterns in the place of files. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has names that Windows does not take")
class InputPathsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        for (String file :
                List.of("b.pdf", "a.pdf", "note.txt", ".hidden.pdf", "deep/c.pdf", ".git/d.pdf", "odd[1].pdf")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), "x");
        }
        Files.createDirectories(folder.resolve("empty"));
    }

    private List<String> expand(String... inputs) {
        String below = folder + "/";
        return InputPaths.expand(Stream.of(inputs)
                        .map(input -> input.startsWith("http") || input.equals("-") ? input : below + input)
                        .toList())
                .stream()
                .map(file -> file.replace(below, ""))
                .toList();
    }

    @Test
    void aFolderIsAllThatIsBelowIt() {
        assertThat(expand("."))
                .map(file -> file.replace("./", ""))
                .containsExactly("a.pdf", "b.pdf", "deep/c.pdf", "note.txt", "odd[1].pdf");
        assertThatThrownBy(() -> expand("empty")).hasMessageContaining("it is a folder without files");
    }

    @Test
    void aPatternIsWhatItMatches() {
        assertThat(expand("*.pdf")).containsExactly("a.pdf", "b.pdf", "odd[1].pdf");
        assertThat(expand("**.pdf")).containsExactly("a.pdf", "b.pdf", "deep/c.pdf", "odd[1].pdf");
        assertThat(expand("{b,a}.*")).containsExactly("a.pdf", "b.pdf");
        assertThatThrownBy(() -> expand("*.doc")).hasMessageContaining("no file matches it");
        assertThatThrownBy(() -> expand("nowhere/*.pdf")).hasMessageContaining("no file matches it");
        assertThatThrownBy(() -> expand("[.pdf")).hasMessageContaining("no pattern either");
    }

    /** As a shell gives it when nobody quoted it. */
    @Test
    void aPatternThatTheShellSpeltOutIsTakenWhole() {
        Commands.Ended ended = Commands.alone(folder, "auto", "--input", folder + "/a.pdf", folder + "/gone.pdf");
        assertThat(ended.said()).contains(folder + "/gone.pdf").doesNotContain("Unmatched");
    }

    @Test
    void aFileWhoseNameIsAPatternIsAFile() {
        assertThat(expand("odd[1].pdf")).containsExactly("odd[1].pdf");
    }

    @Test
    void everythingElseIsAsItWasAndFilesAreThereOnce() {
        assertThat(expand("-", "https://example.org/*.pdf", "a.pdf", "*.pdf", "gone.pdf"))
                .containsExactly("-", "https://example.org/*.pdf", "a.pdf", "b.pdf", "odd[1].pdf", "gone.pdf");
        assertThat(InputPaths.expand(List.of("-", "-"))).containsExactly("-", "-");
    }
}
