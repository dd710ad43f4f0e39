package dev.callboard.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A data folder finds the processes that it started again, and no others. */
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "only there are processes found by their mark")
class ChildProcessesTest {
    /** Prints four ids: its own, and those of children that have left its session, lost their parent or both. */
    private static final String FAMILY = "echo $$; setsid sleep 1000 & echo $!;"
            + " (setsid sh -c 'sleep 1000 & echo $!' &); env -i sleep 1000 & echo $!; wait; sleep 1000";

    @TempDir
    Path folder;

    private final Programs programs = new Programs(System.getenv("PATH"));
    private final List<Long> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void theNextServerEndsWhatAKilledOneLeft() throws Exception {
        List<Long> left = family(new ChildProcesses(folder));

        assertThat(new ChildProcesses(folder).endLeftovers()).isGreaterThanOrEqualTo(4);

        assertThat(left).noneMatch(ChildProcessesTest::runs);
        assertThat(records()).isEmpty();
        assertThat(new ChildProcesses(folder).endLeftovers()).isZero();
    }

    @Test
    void aProgramThatWipedItsEnvironmentIsFoundByItsRecord() throws Exception {
        List<Long> left = read(start(new ChildProcesses(folder), "exec env -i sh -c 'echo $$; sleep 1000'"), 1);
        await().until(() -> !ProcessTable.hasVariable(left.get(0), "CALLBOARD_"));

        assertThat(new ChildProcesses(folder).endLeftovers()).isPositive();

        assertThat(left).noneMatch(ChildProcessesTest::runs);
    }

    @Test
    void aCopyOfTheFolderEndsNothingOfTheOriginal() throws Exception {
        List<Long> left = family(new ChildProcesses(folder.resolve("original")));
        copy(folder.resolve("original"), folder.resolve("copy"));

        assertThat(new ChildProcesses(folder.resolve("copy")).endLeftovers()).isZero();

        assertThat(left).allMatch(ChildProcessesTest::runs);
    }

    /** Processes are told apart by when they started, to a hundredth of a second: an id does not come again that soon. */
    private Process startedLaterThan(long pid) throws IOException {
        Process other;
        do {
            other = new ProcessBuilder("sleep", "1000").start();
            started.add(other.pid());
        } while (begin(other.pid()).equals(begin(pid)));
        return other;
    }

    private static Instant begin(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .orElseThrow();
    }

    @Test
    void anIdThatBelongsToAnotherProcessNowIsLeftAlone() throws Exception {
        ChildProcesses processes = new ChildProcesses(folder);
        long own = read(start(processes, "echo $$; sleep 1000"), 1).get(0);
        Process other = startedLaterThan(own);
        Path record = records().get(0);
        Files.writeString(record, Files.readString(record).replace("" + own, "" + other.pid()));

        new ChildProcesses(folder).endLeftovers();

        assertThat(runs(own)).isFalse();
        assertThat(other.isAlive()).isTrue();
    }

    @Test
    void closingEndsAllAndStartsNoMore() throws Exception {
        ChildProcesses processes = new ChildProcesses(folder);
        List<Long> running = family(processes);

        processes.close();

        assertThat(running).noneMatch(ChildProcessesTest::runs);
        assertThatThrownBy(() -> start(processes, "true"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stopping");
    }

    @Test
    void aProgramBeginsOnlyOnceItIsWrittenDown() throws Exception {
        Files.writeString(folder.resolve("processes"), "in the way");
        Path sign = folder.resolve("sign");

        assertThatThrownBy(() -> start(new ChildProcesses(folder), "echo begun > " + sign))
                .isInstanceOf(IOException.class);

        assertThat(sign).doesNotExist();
    }

    @Test
    void oneThatHasEndedLeavesNoRecord() throws Exception {
        ProcessGroup group = start(new ChildProcesses(folder), "cat");
        assertThat(records()).hasSize(1);
        group.leader().getOutputStream().write("said\n".getBytes(UTF_8));
        group.leader().getOutputStream().close();
        assertThat(group.leader().getInputStream().readAllBytes()).isEqualTo("said\n".getBytes(UTF_8));

        group.terminate(1_000);

        assertThat(records()).isEmpty();
    }

    private List<Long> family(ChildProcesses processes) throws IOException {
        return read(start(processes, FAMILY), 4);
    }

    private ProcessGroup start(ChildProcesses processes, String script) throws IOException {
        Path shell = programs.find("sh", Path.of("/")).orElseThrow();
        ProcessBuilder builder = new ProcessBuilder(shell.toString(), "-c", script);
        return processes.start(builder, programs, "test");
    }

    private List<Long> read(ProcessGroup group, int count) throws IOException {
        BufferedReader lines = group.leader().inputReader(UTF_8);
        List<Long> pids = new ArrayList<>();
        while (pids.size() < count) {
            pids.add(Long.parseLong(lines.readLine()));
        }
        started.addAll(pids);
        return pids;
    }

    private List<Path> records() throws IOException {
        Path records = folder.resolve("processes");
        if (!Files.isDirectory(records)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(records)) {
            return files.toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static boolean runs(long pid) {
        return ProcessTable.row(pid).isPresent();
    }
}
