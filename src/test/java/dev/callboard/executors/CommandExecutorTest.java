package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.callboard.config.CommandConfig;
import dev.callboard.process.Programs;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class CommandExecutorTest {
    private static final int LIMIT = 4_096;
    private static final String PATH = System.getenv("PATH");

    @TempDir
    Path folder;

    private final RecordingContext context = new RecordingContext();
    private Duration timeout = Duration.ofSeconds(30);
    private Programs programs = new Programs(PATH);
    private List<String> allowed = List.of("cat", "printf", "sh", "echo", "pwd");

    @AfterEach
    void noWorkFolderIsLeft() throws IOException {
        if (Files.exists(folder.resolve("work"))) {
            try (Stream<Path> left = Files.list(folder.resolve("work"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void thePromptIsStandardInputAndTheOutputIsText() throws Exception {
        Stage cat = stage(Map.of("command", List.of("cat")), "Do: {{task_description}}\n\u00e9\n");
        assertThat(cat.execute(context, null)).isEqualTo("Do: Pay {{user_input}} $(reboot)\n\u00e9\n");
        assertThat(context.lines).containsExactly("Do: Pay {{user_input}} $(reboot)", "\u00e9");
    }

    @Test
    void withoutAPromptTheInputIsJson() throws Exception {
        assertThat(stage(Map.of("command", List.of("cat")), null).execute(context, Map.of("a", 1)))
                .isEqualTo("{\"a\":1}\n");
    }

    @Test
    void argumentsAreTakenAsTheyAre() throws Exception {
        List<String> command = List.of("printf", "%s|", "-n", "a b", "$(id)", "{{task_description}}", "a\nb", ";", "");
        assertThat(stage(Map.of("command", command), "").execute(context, null))
                .isEqualTo("-n|a b|$(id)|{{task_description}}|a\nb|;||");
    }

    @Test
    void onlyTheAllowedEnvironmentIsSeen() throws Exception {
        String seen = (String) shell("env; pwd").execute(context, null);
        assertThat(seen.lines().map(line -> line.split("=", 2)[0]))
                .contains("PATH", "ALLOWED", "HOME")
                .allMatch(name -> List.of("PATH", "ALLOWED", "HOME", "PWD", "OLDPWD", "SHLVL", "_")
                                .contains(name)
                        || name.startsWith("/"));
        assertThat(seen).contains("HOME=" + folder.toRealPath().resolve("work"));
    }

    @Test
    void jsonIsCheckedAgainstTheSchema() throws Exception {
        Map<String, Object> good = Map.of("command", List.of("echo", "{\"title\": \"a\", \"count\": 1}"));
        assertThat(executor().stage(Requests.command(good, "", Requests.SCHEMA)).execute(context, null))
                .isEqualTo(Map.of("title", "a", "count", 1));
        Map<String, Object> bad = Map.of("command", List.of("echo", "{\"title\": 1}"));
        StageFailure failure = failure(executor().stage(Requests.command(bad, "", Requests.SCHEMA)));
        assertThat(failure.code()).isEqualTo("invalid_output");
        assertThat(failure).hasMessageContaining("count");
        assertThat(context.lines).contains("{\"title\": 1}");
    }

    @Test
    void anExitCodeFailsWithTheLastWordsOfTheProgram() {
        StageFailure failure =
                failure(shell("echo out; echo first >&2; printf '\\033[31mNo licence\\033[0m\\n\\n' >&2; exit 3"));
        assertThat(failure.code()).isEqualTo("command_failed");
        assertThat(failure).hasMessage("The program ended with exit code 3: No licence");
        assertThat(failure(shell("kill -9 $$"))).hasMessage("The program was ended by signal 9.");
    }

    @Test
    void aProgramThatReadsNothingIsNoFailure() throws Exception {
        String much = "x".repeat(1 << 20);
        assertThat(stage(Map.of("command", List.of("sh", "-c", "exec 0<&-; echo done")), much)
                        .execute(context, null))
                .isEqualTo("done\n");
    }

    @Test
    void tooMuchOutputEndsTheProgram() {
        for (String where : List.of("", " >&2")) {
            StageFailure failure = failure(shell("yes" + where));
            assertThat(failure.code()).isEqualTo("output_limit");
            assertThat(failure.retryable()).isFalse();
        }
        assertThat(failure(shell("head -c 2000000 /dev/zero | tr '\\0' x")).code())
                .isEqualTo("output_limit");
    }

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
        assertThat(context.lines).hasSize(3).allSatisfy(CommandExecutorTest::assertEnds);
    }

    @Test
    void whatStaysBehindAProgramEndsWithIt() throws Exception {
        assertThat(shell("sleep 1000 & echo $!").execute(context, null)).isEqualTo(context.lines.get(0) + "\n");
        assertEnds(context.lines.get(0));
    }

    @Test
    void cancellingEndsAllThatCameOfTheProgram() {
        for (boolean byFlag : new boolean[] {true, false}) {
            RecordingContext own = new RecordingContext();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                try {
                    shell("sleep 1000 & echo $!; wait").execute(own, null);
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            thread.start();
            await().until(() -> own.lines.size() == 1);
            if (byFlag) {
                own.cancelled = true;
            } else {
                thread.interrupt();
            }
            await().atMost(Duration.ofSeconds(5)).until(() -> !thread.isAlive());
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertEnds(own.lines.get(0));
        }
    }

    @Test
    void aWorkdirMustBeInARoot() throws Exception {
        Path allowed = Files.createDirectories(folder.resolve("root/project"));
        Files.createSymbolicLink(folder.resolve("root/link"), folder);
        assertThat(stage(Map.of("command", List.of("pwd"), "workdir", allowed.toString()), "")
                        .execute(context, null))
                .isEqualTo(allowed.toRealPath() + "\n");
        assertThat(allowed).exists();
        for (String workdir : List.of(
                folder.toString(), folder + "/root/../other", folder + "/root/link", folder + "/root/none", "/")) {
            assertThat(failure(stage(Map.of("command", List.of("pwd"), "workdir", workdir), ""))
                            .code())
                    .as(workdir)
                    .isEqualTo("invalid_workdir");
        }
    }

    @Test
    void aConfigThatNamesNoProgramIsRefused() {
        for (Object command :
                List.of("ls -l", List.of(), List.of(1), List.of("-x"), List.of(" "), List.of("a\0b"), Map.of("a", 1))) {
            assertThat(failure(stage(Map.of("command", command), "")).code())
                    .as(command.toString())
                    .isEqualTo("invalid_command");
        }
        assertThat(failure(stage(Map.of("command", List.of("pwd"), "workdir", "relative"), ""))
                        .code())
                .isEqualTo("invalid_command");
        assertThat(failure(stage(Map.of("command", List.of("no-such-program")), ""))
                        .code())
                .isEqualTo("command_not_found");
    }

    @Test
    void onlyTheProgramsOfTheConfigurationAreStarted() throws Exception {
        Path sh = programs.find("sh", folder).orElseThrow();
        Path own = Files.createSymbolicLink(folder.resolve("echo"), sh);
        allowed = List.of("echo", sh.toString(), "no-such-program");
        assertThat(stage(Map.of("command", List.of("echo", "a")), "").execute(context, null))
                .isEqualTo("a\n");
        assertThat(shell("echo b").execute(context, null)).isEqualTo("b\n");
        for (String program : List.of("cat", own.toString(), "/bin/../bin/cat")) {
            assertThat(failure(stage(Map.of("command", List.of(program)), "")).code())
                    .as(program)
                    .isEqualTo("command_not_allowed");
        }
        allowed = List.of(own.toString());
        assertThat(failure(stage(Map.of("command", List.of("echo")), "")).code())
                .isEqualTo("command_not_allowed");
        assertThat(stage(Map.of("command", List.of(own.toString(), "-c", "echo c")), "")
                        .execute(context, null))
                .isEqualTo("c\n");
    }

    private CommandExecutor executor() {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", PATH, "ALLOWED", "yes"));
        CommandConfig config = new CommandConfig(
                allowed, List.of(), timeout, LIMIT, List.of(folder.resolve("root"), folder.resolve("gone")));
        return new CommandExecutor(config, folder.resolve("work"), environment, programs);
    }

    private Stage stage(Map<String, Object> config, String template) {
        return executor().stage(Requests.command(config, template, null));
    }

    private Stage shell(String script) {
        return stage(Map.of("command", List.of("sh", "-c", script)), "");
    }

    private StageFailure failure(Stage stage) {
        StageFailure failure = catchThrowableOfType(StageFailure.class, () -> stage.execute(context, null));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static void assertEnds(String pid) {
        await().atMost(Duration.ofSeconds(5)).until(() -> !isRunning(Long.parseLong(pid)));
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
