package dev.callboard.config;

import java.nio.file.Path;
import java.util.Set;

/**
 * Where secrets are.
 *
 * @param environment names of the variables that {@code env:NAME} may name. Default none
 * @param keyFile the key under which stored secrets are sealed, a file that its owner alone can read; it is made when the
 *     first secret is stored. The variable {@link #KEY_VARIABLE} goes before it. Default {@code secrets.key} in the config
 *     folder, so that a copy of the data folder leaves it out
 */
public record SecretsConfig(Set<String> environment, Path keyFile) {
    /** Holds the key itself: 32 bytes in Base64 or hexadecimal digits. */
    public static final String KEY_VARIABLE = "CALLBOARD_SECRETS_KEY";

    /** Copies. */
    public SecretsConfig {
        environment = Set.copyOf(environment);
    }

    static SecretsConfig from(ConfigLoader config, Path folder) {
        String file = config.text(ConfigKey.SECRETS_KEY_FILE);
        return new SecretsConfig(
                Set.copyOf(ServerVariables.others(config, ConfigKey.SECRETS_ENVIRONMENT, "stages")),
                file.isEmpty() ? folder.resolve("secrets.key") : config.path(ConfigKey.SECRETS_KEY_FILE));
    }
<<<<<<< HEAD

    /** Nothing that is the server's own: neither its settings nor what they name. */
    private static List<String> environment(ConfigLoader config) {
        List<String> names = config.list(ConfigKey.SECRETS_ENVIRONMENT);
        List<String> taken = new ArrayList<>(List.of(
                config.text(ConfigKey.MODELS_API_KEY_ENV),
                config.text(ConfigKey.WORKERS_TOKEN_ENV),
                config.text(ConfigKey.NETWORK_PROXY_PASSWORD_ENV)));
        for (String name : names) {
            if (!Forms.VARIABLE.matcher(name).matches()) {
                config.wrong(ConfigKey.SECRETS_ENVIRONMENT, "must be names of environment variables");
            } else if (taken.contains(name) || name.startsWith("CALLBOARD_")) {
                config.wrong(
                        ConfigKey.SECRETS_ENVIRONMENT,
                        "must not have '" + name
                                + "', which is for the server alone; give stages a variable of their own");
            }
        }
        return names;
    }
=======
>>>>>>> main
}
