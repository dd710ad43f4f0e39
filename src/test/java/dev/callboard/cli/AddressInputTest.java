package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callboard.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses that cannot be fetched are told in sentences (faults H21, E8). */
class AddressInputTest {
    @Test
    void whatIsNoAddressSaysWhy() {
        assertThatThrownBy(() -> RunRequest.checkInputs(List.of("http://h/a b")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("character 11 must be written as an escape such as %20");
        assertThatThrownBy(() -> RunRequest.checkInputs(List.of("http:///a")))
                .isInstanceOf(ProblemException.class)
                .hasMessageNotContaining("java.");
        assertThatThrownBy(() -> RunRequest.checkInputs(List.of("")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("--input is empty");
    }

    @Test
    void nobodyAnsweringIsASentenceWithoutNameAndPassword() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> AddressInput.open("http://user:pw@127.0.0.1:" + port + "/x"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("connection was refused")
                .hasMessageNotContaining("pw@")
                .hasMessageNotContaining("java.");
        assertThat(AddressInput.shown("https://u:p@h/p@q")).isEqualTo("https://h/p@q");
    }
}
