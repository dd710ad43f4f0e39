package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.palette.ExecutorType;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import dev.callboard.spi.testing.RecordingStageContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a program is given, what of it is taken, and which programs are started at all. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs started are those of a POSIX system")
class CommandExecutorTest extends CommandFixture {
    @Test
    void thePromptIsStandardInputAndTheOutputIsText() throws Exception {
        Stage cat = stage(Map.of("command", List.of("cat")), "Do: {{task_description}}\n\u00e9\n");
        assertThat(cat.execute(context, null)).isEqualTo("Do: Pay {{user_input}} $(reboot)\n\u00e9\n");
        assertThat(context.lines()).containsExactly("Do: Pay {{user_input}} $(reboot)", "\u00e9");
    }

    @Test
    void withoutAPromptTheInputIsJson() throws Exception {
        assertThat(stage(Map.of("command", List.of("cat")), null).execute(context, Map.of("a", 1)))
                .isEqualTo("{\"a\":1}\n");
    }

    @Test
    void argumentsAreTakenAsTheyAreAndAWholeNameIsItsValueOnce() throws Exception {
        List<String> command = List.of(
                "printf",
                "%s|",
                "-n",
                "a b",
                "$(id)",
                "{{task_description}}",
                "x{{task_description}}",
                "a\nb",
                ";",
                "");
        assertThat(stage(Map.of("command", command), "").execute(context, null))
                .isEqualTo("-n|a b|$(id)|Pay {{user_input}} $(reboot)|x{{task_description}}|a\nb|;||");
    }

    @Test
    void onlyTheAllowedEnvironmentIsSeen() throws Exception {
        String seen = (String) shell("env; pwd").execute(context, null);
        assertThat(seen.lines().map(line -> line.split("=", 2)[0]))
                .contains("PATH", "ALLOWED", "HOME", "CALLBOARD_EXECUTION_ID")
                .allMatch(name -> List.of("PATH", "ALLOWED", "HOME", "PWD", "OLDPWD", "SHLVL", "_")
                                .contains(name)
                        || List.of(
                                        "CALLBOARD_EXECUTION_ID",
                                        "CALLBOARD_TASK_ID",
                                        "CALLBOARD_ATTEMPT",
                                        "CALLBOARD_IDEMPOTENCY_KEY",
                                        "CALLBOARD_INPUTS",
                                        "CALLBOARD_OUTPUTS",
                                        "CALLBOARD_PROCESS_MARK")
                                .contains(name)
                        || name.startsWith("/"));
        assertThat(seen).contains("HOME=" + folder.toRealPath().resolve("work"));
        assertThat(seen).contains("CALLBOARD_EXECUTION_ID=" + context.idempotencyKey() + "\n");
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
        assertThat(context.lines()).contains("{\"title\": 1}");
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
    void aWorkdirMustBeInARoot() throws Exception {
        Path allowed = Files.createDirectories(folder.resolve("allowed/project"));
        Files.createSymbolicLink(folder.resolve("allowed/link"), folder);
        assertThat(stage(Map.of("command", List.of("pwd"), "workdir", allowed.toString()), "")
                        .execute(context, null))
                .isEqualTo(allowed.toRealPath() + "\n");
        assertThat(allowed).exists();
        for (String workdir : List.of(
                folder.toString(),
                folder + "/allowed/../other",
                folder + "/allowed/link",
                folder + "/allowed/none",
                "/")) {
            assertThat(failure(stage(Map.of("command", List.of("pwd"), "workdir", workdir), ""))
                            .code())
                    .as(workdir)
                    .isEqualTo("invalid_workdir");
        }
    }

    @Test
    void aWorkdirOutsideOfAllRootsIsSaidBeforeAnythingRuns() throws Exception {
        Files.createDirectories(folder.resolve("allowed/project"));
        Files.createSymbolicLink(folder.resolve("allowed/link"), folder);
        for (String workdir : List.of("/etc", "/none", folder + "/allowed/../other", folder + "/allowed/link")) {
            assertThat(unavailable(workdir)).as(workdir).hasValueSatisfying(reason -> assertThat(reason)
                    .contains("'" + workdir + "'", "Add it, or a folder around it, there"));
        }
        for (String workdir : List.of("/allowed", "/allowed/project", "/allowed/made-later", "/gone/made-later")) {
            assertThat(unavailable(folder + workdir)).as(workdir).isEmpty();
        }
    }

    private Optional<String> unavailable(String workdir) {
        return executor()
                .unavailable(Requests.definition(
                        ExecutorType.COMMAND, Map.of("command", List.of("pwd"), "workdir", workdir)));
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

    /** Damage is said; U+FFFD that the program wrote itself is none. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs printf")
    void outputThatIsNotUtf8IsReadWithAWordInTheLog() throws Exception {
        Object output = shell("printf 'F\\344hre \\357\\277\\275 \\377 end'").execute(context, null);
        assertThat(output).isEqualTo("F\ufffdhre \ufffd \ufffd end");
        assertThat(context.lines()).anyMatch(line -> line.contains("not valid UTF-8: in 2 places"));
        RecordingStageContext other = new RecordingStageContext();
        assertThat(shell("printf '\\357\\273\\277F\\303\\244hre \\357\\277\\275'")
                        .execute(other, null))
                .isEqualTo("F\u00e4hre \ufffd");
        assertThat(other.lines()).noneMatch(line -> line.contains("not valid UTF-8"));
    }
}
