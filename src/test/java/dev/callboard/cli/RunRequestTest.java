package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.testing.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --input} may be: files, pipes, nothing else. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "makes pipes")
@Timeout(60)
class RunRequestTest {
    private static final int LIMIT = 1 << 20;

    @TempDir
    Path folder;

    private final List<String> stored = new ArrayList<>();

    @Test
    void aNamedPipeIsReadToItsEnd() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS))
                .isTrue();
        RunRequest.checkInputs(List.of(pipe.toString()));
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(pipe, "a\nb\n"));
        Map<String, Object> request = request(pipe);
        writer.get(Patience.SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(stored).containsExactly("a\nb\n");
        assertThat(request.get("input")).isEqualTo(List.of(Map.of("blob", "sha", "name", "pipe")));
    }

    private static void write(Path pipe, String text) {
        try {
            Files.writeString(pipe, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatNeverEndsIsReadAsFarAsABlobMayBe() {
        RunRequest.checkInputs(List.of("/dev/zero"));
        assertThatThrownBy(() -> request(Path.of("/dev/zero")))
                .hasMessage("unreadable_input: The input /dev/zero cannot be read: more than " + LIMIT + " bytes.");
    }

    @Test
    void aFolderAndWhatIsNotThereAreRefused() {
        assertThatThrownBy(() -> RunRequest.checkInputs(List.of(folder.toString())))
                .hasMessage("unreadable_input: The input " + folder + " cannot be read: it is a folder.");
        assertThatThrownBy(() -> RunRequest.checkInputs(List.of("/nowhere/at.all")))
                .hasMessage("unreadable_input: The input /nowhere/at.all cannot be read: there is no such file.");
    }

    private Map<String, Object> request(Path input) throws Exception {
        return RunRequest.of(new Store(), "auto", List.of(input.toString()), List.of(), List.of());
    }

    /** Stores like a server that takes so many bytes. */
    private final class Store implements RunRequest.Target {
        @Override
        public List<String> stageNames(String pipeline) {
            return List.of();
        }

        @Override
        public String store(InputStream bytes, String name) throws IOException {
            byte[] read = bytes.readNBytes(LIMIT + 1);
            if (read.length > LIMIT) {
                throw RunRequest.unreadable("/dev/" + name, "more than " + LIMIT + " bytes");
            }
            stored.add(new String(read, StandardCharsets.UTF_8));
            return "sha";
        }
    }
}
