package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.pipelines.SourceConfig.Given;
import dev.callboard.testing.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private Set<Given> takes = EnumSet.allOf(Given.class);

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
    void aDeviceIsRefusedBeforeItIsRead() {
        assertThatThrownBy(() -> RunRequest.checkInputs(List.of("/dev/zero")))
                .hasMessage(
                        "unreadable_input: The input /dev/zero cannot be read: it is neither an ordinary file nor a pipe.");
    }

    @Test
    void aPipeThatNeverEndsIsReadAsFarAsABlobMayBe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS))
                .isTrue();
        RunRequest.checkInputs(List.of(pipe.toString()));
        Process writer = new ProcessBuilder("sh", "-c", "exec yes > \"$0\"", pipe.toString()).start();
        try {
            assertThatThrownBy(() -> request(pipe))
                    .hasMessage("unreadable_input: The input /dev/pipe cannot be read: more than " + LIMIT + " bytes.");
            assertThat(writer.waitFor(Patience.SOON.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            writer.destroyForcibly();
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatThrownBy(() -> RunRequest.checkInputs(List.of("/nowhere/at.all")))
                .hasMessage(
                        "unreadable_input: The input /nowhere/at.all cannot be read: there is no such file or folder.");
    }

    @Test
    void aPipelineThatTakesTextsAloneGetsTheText() throws Exception {
        takes = EnumSet.of(Given.TEXT, Given.URLS);
        Path note = Files.writeString(folder.resolve("note.txt"), "h\u00e9llo");
        assertThat(request(note).get("input")).isEqualTo(List.of(Map.of("text", "h\u00e9llo", "name", "note.txt")));
        assertThat(request("https://example.org/a.html").get("input"))
                .isEqualTo(List.of(Map.of("url", "https://example.org/a.html", "name", "a.html")));
        assertThat(stored).isEmpty();
        Path picture = Files.write(folder.resolve("picture"), new byte[] {'a', '\n', (byte) 0xff});
        assertThatThrownBy(() -> request(picture))
                .hasMessageContaining("the pipeline takes texts, and from line 2 on it is not UTF-8");
        assertThatThrownBy(() -> request(Path.of("/dev/zero"))).hasMessageContaining("a text has at most");
    }

    private Map<String, Object> request(Path input) throws Exception {
        return request(input.toString());
    }

    private Map<String, Object> request(String input) throws Exception {
        return RunRequest.of(new Store(), "auto", List.of(input), List.of(), List.of());
    }

    /** Stores like a server that takes so many bytes. */
    private final class Store implements RunRequest.Target {
        @Override
        public List<String> stageNames(String pipeline) {
            return List.of();
        }

        @Override
        public Set<Given> takes(String pipeline) {
            return takes;
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
