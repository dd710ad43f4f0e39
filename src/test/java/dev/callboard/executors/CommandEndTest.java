package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callboard.process.Programs;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** When a program ends, or is made to end, nothing that came of it goes on. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs started are those of a POSIX system")
class CommandEndTest extends CommandFixture {
    @Test
    void aTimeoutEndsAllThatCameOfTheProgram() {
        timeout = Duration.ofSeconds(1);
        assertAllEnd("command_timeout");
    }

    @Test
    void withoutProcessGroupsDescendantsEndToo() throws IOException {
        timeout = Duration.ofSeconds(1);
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String name : List.of("sh", "sleep")) {
            Files.createSymbolicLink(
                    bin.resolve(name),
                    new Programs(PATH).find(name, bin).orElseThrow().toRealPath());
        }
        programs = new Programs(bin.toString());
        assertAllEnd("command_timeout");
    }

    private void assertAllEnd(String code) {
        StageFailure failure =
                failure(shell("trap '' TERM; sleep 1000 & echo $!; (trap '' TERM; sleep 1000 & echo $!; wait) &"
                        + " echo $!; wait; wait"));
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isTrue();
        assertThat(context.lines()).hasSize(3).allSatisfy(CommandEndTest::assertEnds);
    }

    @Test
    void whatStaysBehindAProgramEndsWithIt() throws Exception {
        assertThat(shell("sleep 1000 & echo $!").execute(context, null))
                .isEqualTo(context.lines().get(0) + "\n");
        assertEnds(context.lines().get(0));
    }

    /** Each has left the program's session and lost its parent; the last one has no environment either. */
    private static final String ESCAPES = "setsid sleep 1000 & echo $!;"
            + " (setsid sh -c 'sleep 1000 & echo $!' &); (setsid sh -c 'trap \"\" TERM; sleep 1000 & echo $!' &);"
            + " env -i sleep 1000 & echo $!;";

    @Test
    void whatLeavesTheSessionEndsWithTheProgram() throws Exception {
        shell(ESCAPES + " sleep 0.3").execute(context, null);
        assertThat(context.lines()).hasSize(4).allSatisfy(CommandEndTest::assertEnds);
    }

    @Test
    void aTimeoutEndsWhatHasLeftTheSession() {
        timeout = Duration.ofSeconds(1);
        assertThat(failure(shell(ESCAPES + " wait")).code()).isEqualTo("command_timeout");
        assertThat(context.lines()).hasSize(4).allSatisfy(CommandEndTest::assertEnds);
    }

    @Test
    void cancellingEndsAllThatCameOfTheProgram() {
        for (boolean byFlag : new boolean[] {true, false}) {
            RecordingStageContext own = new RecordingStageContext();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                try {
                    shell(ESCAPES + " wait").execute(own, null);
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            thread.start();
            await().until(() -> own.lines().size() == 4);
            if (byFlag) {
                own.cancel();
            } else {
                thread.interrupt();
            }
            await().until(() -> !thread.isAlive());
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(own.lines()).allSatisfy(CommandEndTest::assertEnds);
        }
    }

    private static void assertEnds(String pid) {
        await().until(() -> !isRunning(Long.parseLong(pid)));
    }

    /** One that has ended but that nobody asked for its exit code is listed still. */
    private static boolean isRunning(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            return ProcessHandle.of(pid).isPresent()
                    && !(Files.exists(stat) && Files.readString(stat).contains(") Z "));
        } catch (IOException e) {
            if (ProcessHandle.of(pid).isEmpty()) {
                return false;
            }
            throw new UncheckedIOException(e);
        }
    }
}
