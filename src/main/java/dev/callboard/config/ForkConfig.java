package dev.callboard.config;

import java.time.Duration;

/**
 * How plugins that ask for processes of their own run ({@code Callboard-Isolation: fork}).
 *
 * @param heapMb the most memory for Java objects in one process, in MiB; one that needs more is ended. Default 512
 * @param heartbeat how long a process may give no sign of life before it is ended. Default 10 s
 * @param workers how many processes one plugin may have, and so how many of its stages run at once. Default 2
 * @param outputCharacters the most characters of one output, as JSON, about: what the server takes, and no more than fits
 *     the process's heap
 */
public record ForkConfig(int heapMb, Duration heartbeat, int workers, long outputCharacters) {
    /** Of the process's heap in bytes: an output is there as it was made, as its copy, and in pieces of both. */
    private static final long HEAP_PARTS = 8;

    /** With the outputs that fit the heap. */
    public ForkConfig(int heapMb, Duration heartbeat, int workers) {
        this(heapMb, heartbeat, workers, fitting(heapMb));
    }

    static long fitting(int heapMb) {
        return Math.min(ServerConfig.Limits.MAX_OUTPUT, ((long) heapMb << 20) / HEAP_PARTS);
    }

    static ForkConfig from(ConfigValues config) {
        int heapMb = (int) config.number(ConfigKey.PLUGINS_FORK_HEAP_MB, 16, 1 << 20);
        return new ForkConfig(
                heapMb,
                Duration.ofSeconds(config.number(ConfigKey.PLUGINS_FORK_HEARTBEAT_SECONDS, 2, 3_600)),
                (int) config.number(ConfigKey.PLUGINS_FORK_WORKERS, 1, 64),
                Math.min(config.outputCharacters(), fitting(heapMb)));
    }
}
