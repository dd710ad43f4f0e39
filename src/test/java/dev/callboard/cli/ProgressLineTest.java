package dev.callboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The line of {@code run} on a terminal (fault H14). Both streams are one screen here. */
@ResourceLock(Resources.SYSTEM_ERR)
class ProgressLineTest {
    private static final String CLEAR = "\r\u001b[2K";

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void whatIsLoggedMeanwhileTakesItsPlace() {
        System.setErr(out);
        try (ProgressLine line = new ProgressLine(out)) {
            line.show("[1/2] parse …");
            System.err.println("WARN something");
            line.show("[1/2] parse … 2/3");
            line.println("[1/2] parse completed");
        }
        assertThat(shown())
                .isEqualTo(CLEAR + "[1/2] parse …" + CLEAR + "WARN something\n" + CLEAR + "[1/2] parse … 2/3" + CLEAR
                        + "[1/2] parse completed\n");
        assertThat(System.err).isSameAs(out);
    }

    @Test
    void itNeverReachesTheNextRow() {
        try (ProgressLine line = new ProgressLine(out)) {
            line.show("x".repeat(500));
        }
        assertThat(shown()).isEqualTo(CLEAR + "x".repeat(78) + "…" + CLEAR);
    }
}
