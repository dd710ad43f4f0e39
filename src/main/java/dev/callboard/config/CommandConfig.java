package dev.callboard.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the programs of {@code command} stages run.
 *
 * @param programs the only ones that may be started: names, looked for in the search path, or absolute paths. At least one
 * @param environment names of the variables that they see of the server's environment. Default {@code PATH, LANG, LC_ALL,
 *     TZ}
 * @param timeout how long one may run. Default 30 min
 * @param outputBytes the most that one may write to standard output, and again to standard error. Default 1 MiB
 * @param workdirRoots absolute folders in which a stage's own working folder may be. Default none
 */
public record CommandConfig(
        List<String> programs, List<String> environment, Duration timeout, int outputBytes, List<Path> workdirRoots) {
    /** Copies. */
    public CommandConfig {
        programs = List.copyOf(programs);
        environment = List.copyOf(environment);
        workdirRoots = List.copyOf(workdirRoots);
    }

    static @Nullable CommandConfig from(ConfigValues config) {
        boolean enabled = config.flag(ConfigKey.COMMAND_ENABLED);
        CommandConfig command = new CommandConfig(
                programs(config, enabled),
                ServerVariables.others(config, ConfigKey.COMMAND_ENVIRONMENT, "programs"),
                Duration.ofSeconds(config.number(ConfigKey.COMMAND_TIMEOUT_SECONDS, 1, 86_400)),
                (int) config.number(ConfigKey.COMMAND_OUTPUT_BYTES, 1_024, 64 << 20),
                roots(config));
        return enabled ? command : null;
    }

    private static List<String> programs(ConfigValues config, boolean enabled) {
        List<String> programs = config.list(ConfigKey.COMMAND_PROGRAMS);
        if (enabled && programs.isEmpty()) {
            config.wrong(
                    ConfigKey.COMMAND_PROGRAMS,
                    "must name the programs that stages may start, such as git or /usr/local/bin/agent, since"
                            + " command.enabled is true");
        }
        for (String program : programs) {
            if (!isProgram(program)) {
                config.wrong(
                        ConfigKey.COMMAND_PROGRAMS,
                        "must be names of programs or absolute paths, not '" + program + "'");
            }
        }
        return programs;
    }

    private static boolean isProgram(String text) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute() ? path.getNameCount() > 0 : path.getNameCount() == 1 && text.matches("[^./-].*");
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static List<Path> roots(ConfigValues config) {
        List<Path> roots = new ArrayList<>();
        for (String text : config.list(ConfigKey.COMMAND_WORKDIR_ROOTS)) {
            try {
                Path root = Path.of(text);
                if (root.isAbsolute()) {
                    roots.add(root.normalize());
                    continue;
                }
            } catch (InvalidPathException e) {
                // Said below, together with what is right.
            }
            config.wrong(ConfigKey.COMMAND_WORKDIR_ROOTS, "must be absolute paths of folders");
        }
        return roots;
    }
}
