package dev.callboard.executors;

import dev.callboard.config.CommandConfig;
import dev.callboard.model.StageDefinition;
import dev.callboard.model.StageExecutor;
import dev.callboard.process.ChildProcesses;
import dev.callboard.process.Programs;
import dev.callboard.spi.Stage;
import dev.callboard.spi.StageFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a program of this machine, without a shell: {@code command} of the executor's config is the list of the program
 * and its arguments, {@code workdir} an existing folder to work in, by default a fresh one.
 */
final class CommandExecutor implements StageExecutor {
    private final CommandConfig config;
    private final Path folder;
    private final Map<String, String> environment;
    private final Programs programs;
    private final ChildProcesses processes;

    /**
     * @param folder where fresh working folders are made
     * @param environment all that programs see
     * @param programs finds them
     * @param processes starts them
     */
    CommandExecutor(
            CommandConfig config,
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
    public Stage stage(Request request) {
        return new CommandStage(config, folder, environment, programs, processes, request);
    }

    @Override
    public Optional<String> unavailable(StageDefinition definition) {
        try {
            CommandRequest command = CommandRequest.of(definition.executorConfig());
            new AllowedPrograms(programs, config.programs())
                    .require(command.command().get(0), command.workdir().orElse(folder));
            return Optional.empty();
        } catch (StageFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
