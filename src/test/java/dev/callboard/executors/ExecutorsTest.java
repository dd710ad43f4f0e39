package dev.callboard.executors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callboard.config.ConfigException;
import dev.callboard.config.ConfigLoader;
import dev.callboard.config.ServerConfig;
import dev.callboard.expressions.ProcessExpressions;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.StageExecutor;
import dev.callboard.palette.StageExecutors;
import dev.callboard.process.ChildProcesses;
import dev.callboard.spi.testing.RecordingStageContext;
import dev.callboard.testing.Outbound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorsTest {
    private static final String MODELS = "models: {provider: openai, model: small, api_key_env: MODEL_KEY}\n";

    @TempDir
    Path folder;

    @Test
    void eachSaysWhetherItRunsHereAndHowToSwitchItOn() throws Exception {
        StageExecutors none = of("", Map.of());
        assertThat(none.all()).extracting(StageExecutor::type).containsExactly(ExecutorType.values());
        assertThat(none.of(ExecutorType.COMMAND).off())
                .hasValueSatisfying(reason -> assertThat(reason).contains("command.enabled"));
        assertThat(none.of(ExecutorType.PROMPT).asksPerson()).isTrue();
        assertThat(none.of(ExecutorType.PROMPT).note()).isPresent();
        assertThat(none.of(ExecutorType.MANUAL).asksPerson()).isTrue();
        StageExecutors all = of(MODELS + "command: {enabled: true, programs: [git]}", Map.of());
        assertThat(all.of(ExecutorType.COMMAND).off()).isEmpty();
        assertThat(all.of(ExecutorType.PROMPT).asksPerson()).isFalse();
        assertThat(all.of(ExecutorType.PROMPT).note()).isEmpty();
    }

    @Test
    void programsSeeWhatTheConfigurationNames() throws Exception {
        Map<String, String> environment =
                Map.of("PATH", System.getenv("PATH"), "AGENT_KEY", "yes", "MODEL_KEY", "k", "CALLBOARD_PORT", "1");
        StageExecutor executor = of(
                        MODELS + "command: {enabled: true, programs: [env], environment: [AGENT_KEY, ABSENT]}",
                        environment)
                .of(ExecutorType.COMMAND);
        Map<String, Object> config = Map.of("command", List.of("env"));
        String seen =
                (String) executor.stage(Requests.command(config, "", null)).execute(new RecordingStageContext(), null);
        assertThat(seen)
                .contains("AGENT_KEY=yes")
                .doesNotContain("MODEL_KEY")
                .doesNotContain("PATH")
                .doesNotContain("ABSENT");
        assertThat(seen.lines().filter(line -> line.startsWith("CALLBOARD_")))
                .map(line -> line.substring(0, line.indexOf('=')))
                .containsExactlyInAnyOrder(
                        "CALLBOARD_EXECUTION_ID",
                        "CALLBOARD_TASK_ID",
                        "CALLBOARD_ATTEMPT",
                        "CALLBOARD_IDEMPOTENCY_KEY",
                        "CALLBOARD_INPUTS",
                        "CALLBOARD_OUTPUTS",
                        "CALLBOARD_PROCESS_MARK");
    }

    private StageExecutors of(String file, Map<String, String> environment) throws ConfigException, IOException {
        Files.writeString(folder.resolve("callboard.yaml"), file);
        ServerConfig config = ConfigLoader.load(Map.of("config", folder.toString()));
        ChildProcesses processes = new ChildProcesses(folder.resolve("data"));
        ProcessExpressions expressions = new ProcessExpressions(
                config.expressions(), folder.resolve("expression-work"), processes, environment::get);
        return Executors.of(
                config, folder.resolve("data"), processes, expressions, Outbound.client(), environment::get);
    }
}
