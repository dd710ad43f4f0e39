package dev.callboard.executors;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header Retry-After (RFC 9110, 10.2.3): seconds, or a date, which is read by the answer's own header Date, for the two
 * machines' clocks may differ.
 */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private RetryAfter() {}

    /** How long to wait; empty when it is absent, unreadable or not in the future. */
    static Optional<Duration> of(HttpHeaders headers) {
        return of(
                headers.firstValue("retry-after").orElse(""),
                headers.firstValue("date").orElse(""));
    }

    /**
     * The same.
     *
     * @param header the value of Retry-After, empty when it is absent
     * @param date the value of Date, empty when it is absent
     */
    static Optional<Duration> of(String header, String date) {
        String value = header.strip();
        Optional<Duration> wait = SECONDS.matcher(value).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : date(value).flatMap(until -> date(date).map(said -> Duration.between(said, until)));
        return wait.filter(duration -> duration.compareTo(Duration.ZERO) > 0);
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip(), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
