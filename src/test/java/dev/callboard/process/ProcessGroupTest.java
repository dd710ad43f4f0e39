package dev.callboard.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ends processes of this machine. */
@Timeout(30)
class ProcessGroupTest {
    private final Programs programs = new Programs(System.getenv("PATH"));

    @Test
    void outputOfAProgramThatHasEndedCanBeReadAfterItsGroupWasKilled() throws Exception {
        ProcessGroup group = start("echo written; echo wrong >&2");
        assertThat(group.leader().waitFor(20, TimeUnit.SECONDS)).isTrue();

        group.kill();

        assertThat(group.leader().getInputStream().readAllBytes()).isEqualTo("written\n".getBytes(UTF_8));
        assertThat(group.leader().getErrorStream().readAllBytes()).isEqualTo("wrong\n".getBytes(UTF_8));
    }

    @Test
    void lastWordsOfAProgramThatIsAskedToEndCanBeRead() throws Exception {
        ProcessGroup group = start("trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        assertThat(group.leader().inputReader(UTF_8).readLine()).isEqualTo("ready");

        group.terminate(10_000);

        assertThat(group.leader().inputReader(UTF_8).readLine()).isEqualTo("bye");
        assertThat(group.leader().waitFor()).isZero();
    }

    @Test
    void nothingOfAKilledGroupIsLeft() throws Exception {
        ProcessGroup group = start("sleep 600 & echo started; wait");
        assertThat(group.leader().inputReader(UTF_8).readLine()).isEqualTo("started");

        group.kill();

        // The sleeping child has the pipe's other end too: it is closed when both have ended.
        assertThat(group.leader().inputReader(UTF_8).readLine()).isNull();
        assertThat(group.leader().waitFor()).isEqualTo(128 + 9);
    }

    private ProcessGroup start(String script) throws Exception {
        Path shell = programs.find("sh", Path.of("/")).orElseThrow();
        return ProcessGroup.start(new ProcessBuilder(shell.toString(), "-c", script), programs);
    }
}
