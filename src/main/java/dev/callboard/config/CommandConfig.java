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
 * @param environment names of the variables that they see of the server's environment. Default {@code PATH, LANG, LC_ALL,
 *     TZ}
 * @param timeout how long one may run. Default 30 min
 * @param outputBytes the most that one may write to standard output, and again to standard error. Default 1 MiB
 * @param workdirRoots absolute folders in which a stage's own working folder may be. Default none
 */
public record CommandConfig(List<String> environment, Duration timeout, int outputBytes, List<Path> workdirRoots) {
    /** Copies. */
    public CommandConfig {
        environment = List.copyOf(environment);
        workdirRoots = List.copyOf(workdirRoots);
    }

    static @Nullable CommandConfig from(ConfigLoader config) {
        CommandConfig command = new CommandConfig(
                environment(config),
                Duration.ofSeconds(config.number(ConfigKey.COMMAND_TIMEOUT_SECONDS, 1, 86_400)),
                (int) config.number(ConfigKey.COMMAND_OUTPUT_BYTES, 1_024, 64 << 20),
                roots(config));
        return config.flag(ConfigKey.COMMAND_ENABLED) ? command : null;
    }

    /** Nothing that is the server's own: neither its settings nor the key of its model. */
    private static List<String> environment(ConfigLoader config) {
        List<String> names = config.list(ConfigKey.COMMAND_ENVIRONMENT);
        String key = config.text(ConfigKey.MODELS_API_KEY_ENV);
        for (String name : names) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                config.wrong(ConfigKey.COMMAND_ENVIRONMENT, "must be names of environment variables");
            } else if (name.equals(key) || name.startsWith("CALLBOARD_")) {
                config.wrong(
                        ConfigKey.COMMAND_ENVIRONMENT,
                        "must not have '" + name
                                + "', which is for the server alone; give programs a variable of their own");
            }
        }
        return names;
    }

    private static List<Path> roots(ConfigLoader config) {
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
