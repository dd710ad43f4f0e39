package dev.callboard.config;

import java.time.Duration;

/**
 * What expressions may need; each is evaluated in a process of its own.
 *
 * @param timeout how long one may be evaluated. Default 5 s
 * @param heapMb the most memory for Java objects of one process, in MiB. Default 128
 * @param outputCharacters the most characters of one result, as JSON, about: what the server takes, and no more than fits
 *     the process's heap
 */
public record ExpressionsConfig(Duration timeout, int heapMb, long outputCharacters) {
    static ExpressionsConfig from(ConfigValues config) {
        int heapMb = (int) config.number(ConfigKey.EXPRESSIONS_HEAP_MB, 16, 1 << 20);
        return new ExpressionsConfig(
                Duration.ofMillis(config.number(ConfigKey.EXPRESSIONS_TIMEOUT_MS, 100, 600_000)),
                heapMb,
                Math.min(config.outputCharacters(), ForkConfig.fitting(heapMb)));
    }
}
