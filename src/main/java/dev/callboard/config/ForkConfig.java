package dev.callboard.config;

import java.time.Duration;

/**
 * How plugins that ask for processes of their own run ({@code Callboard-Isolation: fork}).
 *
 * @param heapMb the most memory for Java objects in one process, in MiB; one that needs more is ended. Default 512
 * @param heartbeat how long a process may give no sign of life before it is ended. Default 10 s
 * @param workers how many processes one plugin may have, and so how many of its stages run at once. Default 2
 */
public record ForkConfig(int heapMb, Duration heartbeat, int workers) {
    static ForkConfig from(ConfigLoader config) {
        return new ForkConfig(
                (int) config.number(ConfigKey.PLUGINS_FORK_HEAP_MB, 16, 1 << 20),
                Duration.ofSeconds(config.number(ConfigKey.PLUGINS_FORK_HEARTBEAT_SECONDS, 2, 3_600)),
                (int) config.number(ConfigKey.PLUGINS_FORK_WORKERS, 1, 64));
    }
}
