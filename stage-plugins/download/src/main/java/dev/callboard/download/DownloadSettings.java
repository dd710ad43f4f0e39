package dev.callboard.download;

import dev.callboard.spi.StageFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the author of a pipeline sets; see README.md for each.
 *
 * @param types media types that are taken, {@code text/*} works; empty for all
 * @param maxWait the longest wait between two tries
 * @param fileTimeout the longest time for one file, all its tries and waits together
 * @param failing whether one file that cannot be fetched fails the stage
 */
record DownloadSettings(
        boolean passFiles,
        List<String> types,
        long maxBytes,
        long maxTotalBytes,
        int maxFiles,
        int attempts,
        Duration maxWait,
        Duration fileTimeout,
        int concurrency,
        boolean failing) {
    private static final long MIB = 1L << 20;
    private static final long TIB = 1L << 40;

    DownloadSettings {
        types = List.copyOf(types);
    }

    static DownloadSettings from(Map<String, Object> values) throws StageFailure {
        SettingValues settings = SettingValues.ofStage(values);
        String onError = settings.text("on_error", "fail");
        if (!onError.equals("fail") && !onError.equals("continue")) {
            throw settings.wrong("on_error", "must be fail or continue");
        }
        return new DownloadSettings(
                settings.flag("pass_files", true),
                settings.texts("types").stream()
                        .map(type -> type.toLowerCase(Locale.ROOT))
                        .toList(),
                settings.integer("max_bytes", 100 * MIB, 1, TIB),
                settings.integer("max_total_bytes", 1024 * MIB, 1, TIB),
                (int) settings.integer("max_files", 1000, 1, 100_000),
                (int) settings.integer("attempts", 4, 1, 20),
                Duration.ofSeconds(settings.integer("max_wait_seconds", 60, 0, 3600)),
                Duration.ofSeconds(settings.integer("file_timeout_seconds", 900, 1, 86_400)),
                (int) settings.integer("concurrency", 2, 1, 16),
                onError.equals("fail"));
    }
}
