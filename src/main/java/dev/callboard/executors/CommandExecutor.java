package dev.callboard.executors;

import dev.callboard.config.CommandConfig;
import dev.callboard.palette.ExecutorType;
import dev.callboard.palette.Setting;
import dev.callboard.palette.StageDefinition;
import dev.callboard.palette.StageExecutor;
import dev.callboard.problem.Violation;
import dev.callboard.process.ChildProcesses;
import dev.callboard.process.Programs;
import dev.callboard.process.WorkFolder;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts a program of this machine, without a shell: {@code command} of the executor's config is the list of the program
 * and its arguments, {@code workdir} an existing folder to work in, by default a fresh one.
 */
final class CommandExecutor implements StageExecutor {
    private static final List<Setting> CONFIG = List.of(
            ConfigFields.requiredJson(CommandRequest.COMMAND, "the list of the program and its arguments"),
            ConfigFields.line(CommandRequest.WORKDIR, "Absolute path of the folder to work in"));

    private final @Nullable CommandConfig config;
    private final Path folder;
    private final Map<String, String> environment;
    private final Programs programs;
    private final ChildProcesses processes;

    /**
     * @param config null when programs are not started here
     * @param folder where fresh working folders are made
     * @param environment all that programs see
     * @param programs finds them
     * @param processes starts them
     */
    CommandExecutor(
            @Nullable CommandConfig config,
            Path folder,
            Map<String, String> environment,
            Programs programs,
            ChildProcesses processes) {
        this.config = config;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.programs = programs;
        this.processes = processes;
    }

    @Override
    public ExecutorType type() {
        return ExecutorType.COMMAND;
    }

    @Override
    public List<Setting> configSchema() {
        return CONFIG;
    }

    @Override
    public Optional<String> off() {
        return config == null
                ? Optional.of("Programs are not started here: command.enabled is off in the server's configuration."
                        + " Set it to true there, name the programs in command.programs, and start the server anew.")
                : Optional.empty();
    }

    @Override
    public Optional<String> unavailable(StageDefinition definition) {
        if (config == null) {
            return off();
        }
        try {
            CommandRequest command = CommandRequest.of(definition.executorConfig());
            new AllowedPrograms(programs, config.programs())
                    .require(command.command().get(0), command.workdir().orElse(folder));
            return command.workdir().flatMap(workdir -> WorkFolder.refusal(workdir, config.workdirRoots()));
        } catch (StageFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<Violation> check(StageDefinition definition) {
        return CommandRequest.faults(definition);
    }

    @Override
    public Stage stage(Request request) {
        return new CommandStage(
                Objects.requireNonNull(config, "command.enabled is off"),
                folder,
                environment,
                programs,
                processes,
                request);
    }
}
