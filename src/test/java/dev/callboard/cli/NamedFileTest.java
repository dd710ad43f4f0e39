package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What may be named as a file. */
@Timeout(60)
class NamedFileTest {
    @TempDir
    Path folder;

    @Test
    void anOrdinaryFileIsReadAsFarAsItMayBeLong() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "abc");
        assertThat(NamedFile.fault(file)).isEmpty();
        assertThat(NamedFile.read(file, 3)).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> NamedFile.read(file, 2))
                .hasMessage("unreadable_file: " + file + " cannot be read: it is larger than 2 bytes.");
        int[] taken = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                taken[0]++;
                return 'x';
            }
        };
        assertThatThrownBy(() -> NamedFile.read(endless, "standard input", 1_000))
                .hasMessageContaining("standard input cannot be read: it is larger than 1000 bytes.");
        assertThat(taken[0]).isEqualTo(1_001);
    }

    @Test
    void whatIsNoFileIsRefused() {
        assertThat(NamedFile.fault(folder)).contains("it is a folder");
        assertThat(NamedFile.fault(folder.resolve("none"))).contains("there is no such file or folder");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "makes pipes and names devices")
    void aPipeIsReadAndADeviceIsNot() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(NamedFile.fault(pipe)).isEmpty();
        Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
        assertThat(NamedFile.fault(link)).isEmpty();
        assertThat(NamedFile.fault(Path.of("/dev/zero"))).contains("it is neither an ordinary file nor a pipe");
    }
}
