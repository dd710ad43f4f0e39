package dev.callboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.Callboard;
import dev.callboard.config.ConfigLoader;
import dev.callboard.problem.ProblemException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port that cannot be had. */
class ListenPortTest {
    @TempDir
    Path folder;

    @Test
    void itIsSaidByItsNumberBeforeTheDatabaseIsOpened() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(other.getLocalPort());
            Map<String, String> options = Map.of(
                    "port", port,
                    "data", folder.resolve("data").toString(),
                    "config", folder.resolve("config").toString(),
                    "plugins", folder.resolve("plugins").toString());
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> Callboard.start(ConfigLoader.load(options), true))
                        .as("the data folder is given back")
                        .isInstanceOf(ProblemException.class)
                        .hasMessage(
                                "port_unusable: The port " + port + " of 127.0.0.1 is in use by another program; choose"
                                        + " another one with --port, or 0 for a free one.");
            }
            assertThat(folder.resolve("data/db")).doesNotExist();
        }
    }

    @Test
    void aFreeOneIsLeftFree() throws Exception {
        ListenPort.requireFree("127.0.0.1", 0);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        ListenPort.requireFree("127.0.0.1", port);
        assertThatCode(() -> new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close())
                .doesNotThrowAnyException();
    }

    @Test
    void otherReasonsAreSaidToo() {
        assertThat(ListenPort.explain("127.0.0.1", 80, new BindException("Permission denied")))
                .hasMessageContaining("The port 80 of 127.0.0.1 may not be opened by this user");
        assertThat(ListenPort.explain("::1", 80, new BindException("Cannot assign requested address")))
                .hasMessageContaining("The port 80 of ::1 cannot be opened: Cannot assign requested address.");
        IllegalStateException other = new IllegalStateException("other");
        assertThat(ListenPort.explain("::1", 80, other)).isSameAs(other);
    }
}
