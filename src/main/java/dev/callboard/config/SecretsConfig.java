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

    static SecretsConfig from(ConfigValues config, Path folder) {
        String file = config.text(ConfigKey.SECRETS_KEY_FILE);
        return new SecretsConfig(
                Set.copyOf(ServerVariables.others(config, ConfigKey.SECRETS_ENVIRONMENT, "stages")),
                file.isEmpty() ? folder.resolve("secrets.key") : config.path(ConfigKey.SECRETS_KEY_FILE));
    }
}
