package dev.callboard.download;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;

/** The header Retry-After: seconds, or an HTTP date. */
final class RetryAfter {
    private RetryAfter() {}

    /** How long to wait from now on; zero when the header is absent, unreadable or in the past. */
    static Duration of(Optional<String> header, Instant now) {
        String value = header.orElse("").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        Instant date = value.isEmpty() ? null : DateUtils.parseStandardDate(value);
        return date == null || date.isBefore(now) ? Duration.ZERO : Duration.between(now, date);
    }
}
