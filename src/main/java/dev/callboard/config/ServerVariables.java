package dev.callboard.config;

import dev.callboard.spi.Forms;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The environment variables that are for the server alone: its settings, and the keys and tokens that its settings name.
 * Nothing that it runs may be given one of them.
 */
final class ServerVariables {
    private static final String PREFIX = "CALLBOARD_";

    private ServerVariables() {}

    /**
     * The variables that a setting lists for others.
     *
     * @param who gets them, such as {@code programs}
     */
    static List<String> others(ConfigValues config, ConfigKey key, String who) {
        List<String> names = config.list(key);
        Set<String> own = named(config);
        for (String name : names) {
            if (!Forms.VARIABLE.matcher(name).matches()) {
                config.wrong(key, "must be names of environment variables");
            } else if (name.startsWith(PREFIX) || own.contains(name)) {
                config.wrong(
                        key,
                        "must not have '" + name + "', which is for the server alone; give " + who
                                + " a variable of their own");
            }
        }
        return names;
    }

    /** What settings called {@code …_env} name, those of every model provider among them. */
    private static Set<String> named(ConfigValues config) {
        return Stream.concat(Stream.of(config), config.modelProviders().values().stream())
                .flatMap(each -> Arrays.stream(ConfigKey.values())
                        .filter(key -> key.path().endsWith("_env"))
                        .map(each::text))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
