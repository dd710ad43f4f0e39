package dev.callboard.config;

import dev.callboard.spi.Forms;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How programs take the work of {@code worker} stages.
 *
 * @param tokenVariable the name of the environment variable with the token that each of them must send. Default null: none
 *     sends one, and none gets secrets
 * @param lease how long one keeps its work without a sign of life. Default 30 s
 */
public record WorkersConfig(@Nullable String tokenVariable, Duration lease) {
    static WorkersConfig from(ConfigValues config) {
        String variable = config.text(ConfigKey.WORKERS_TOKEN_ENV);
        if (!variable.isEmpty() && !Forms.VARIABLE.matcher(variable).matches()) {
            config.wrong(ConfigKey.WORKERS_TOKEN_ENV, "must be the name of an environment variable");
        }
        return new WorkersConfig(
                variable.isEmpty() ? null : variable,
                Duration.ofMillis(config.number(ConfigKey.WORKERS_LEASE_MS, 100, 3_600_000)));
    }
}
