package dev.callboard.download;

import dev.callboard.spi.Plural;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of one file.
 *
 * @param wanted what was asked for
 * @param entry its entry in the output's {@code files} or {@code errors}
 * @param ok whether it is among the files
 * @param passing for a failure, whether it may succeed later
 * @param retryAfter what the server asks to wait, or zero
 */
record Outcome(Wanted wanted, Map<String, Object> entry, boolean ok, boolean passing, Duration retryAfter) {
    static Outcome stored(Wanted wanted, Fetched file) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("url", wanted.url());
        entry.put("blob", file.sha256());
        entry.put("sha256", file.sha256());
        entry.put("size", file.size());
        entry.put("media_type", file.mediaType());
        entry.put("name", file.name());
        entry.put("final_url", file.finalUrl());
        entry.put("attempts", file.attempts());
        return new Outcome(wanted, entry, true, false, Duration.ZERO);
    }

    static Outcome failed(Wanted wanted, DownloadFailure failure, int attempts) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("url", wanted.url());
        entry.put("code", failure.code());
        entry.put("detail", failure.getMessage());
        failure.status().ifPresent(status -> entry.put("status", status));
        entry.put("attempts", attempts);
        return new Outcome(wanted, entry, false, failure.isPassing(), failure.retryAfter());
    }

    /** One line for people. */
    String sentence() {
        return ok
                ? wanted.shown() + ": " + Plural.of(((Number) entry.get("size")).longValue(), "byte") + ", "
                        + entry.get("media_type") + ", kept as "
                        + entry.get("name")
                        + (entry.get("attempts").equals(1) ? "." : ", after " + entry.get("attempts") + " tries.")
                : wanted.shown() + ": " + entry.get("detail");
    }
}
