package dev.callboard.executors;

import dev.callboard.config.CommandConfig;
import dev.callboard.config.ServerConfig;
import dev.callboard.expressions.Expressions;
import dev.callboard.net.OutboundClient;
import dev.callboard.palette.StageExecutors;
import dev.callboard.process.ChildProcesses;
import dev.callboard.process.Programs;
import dev.callboard.process.WorkFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The executors of the server, as its configuration has them. A new one is a line in {@link #of}. */
public final class Executors {
    private Executors() {}

    /**
     * Makes them, once for the server.
     *
     * @param dataFolder the server's; programs work in {@code work} in it
     * @param processes starts programs
     * @param expressions evaluates what definitions say
     * @param outbound connects to other servers
     * @param environment variable to value, null when it is not set; asked now, for the models' keys and what programs see
     */
    public static StageExecutors of(
            ServerConfig config,
            Path dataFolder,
            ChildProcesses processes,
            Expressions expressions,
            OutboundClient outbound,
            Function<String, @Nullable String> environment) {
        return new StageExecutors(List.of(
                new JavaExecutor(),
                new ManualExecutor(),
                new ExpressionExecutor(expressions),
                new HttpExecutor(
                        outbound,
                        expressions,
                        config.network().timeout(),
                        Math.min(config.network().answerBytes(), config.limits().blobBytes())),
                new PromptExecutor(ConfiguredModels.of(config.models(), environment, outbound)),
                command(config.command(), dataFolder, processes, environment),
                new WorkerExecutor(config.workers().tokenVariable() != null)));
    }

    /** Those that need no configuration: code, and people. */
    public static StageExecutors unconfigured() {
        return new StageExecutors(List.of(
                new JavaExecutor(),
                new ManualExecutor(),
                new PromptExecutor(ConfiguredModels.NONE),
                new WorkerExecutor(false)));
    }

    /** Removes the working folders that an earlier server left; none of its programs may run any more. Blocks. */
    public static void removeLeftovers(Path dataFolder) {
        Path folder = workFolder(dataFolder);
        if (Files.isDirectory(folder)) {
            new WorkFolder(folder, true).close();
        }
    }

    /** Where programs and tries work, each in a folder of its own. */
    public static Path workFolder(Path dataFolder) {
        return dataFolder.resolve("work");
    }

    private static CommandExecutor command(
            @Nullable CommandConfig command,
            Path dataFolder,
            ChildProcesses processes,
            Function<String, @Nullable String> environment) {
        Map<String, String> seen = new HashMap<>();
        for (String name : command == null ? List.<String>of() : command.environment()) {
            String value = environment.apply(name);
            if (value != null) {
                seen.put(name, value);
            }
        }
        return new CommandExecutor(
                command, workFolder(dataFolder), seen, Programs.of(environment.apply("PATH")), processes);
    }
}
