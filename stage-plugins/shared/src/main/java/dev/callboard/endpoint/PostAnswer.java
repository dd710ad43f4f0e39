package dev.callboard.endpoint;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What came back.
 *
 * @param retryAfter the header Retry-After, possibly empty
 * @param date the header Date, possibly empty
 * @param body the whole of it for the status 200, else its beginning
 */
public record PostAnswer(int status, String retryAfter, String date, byte[] body) {
    /**
     * How long the endpoint wants to be left alone (RFC 9110, 10.2.3): seconds, or a date, which is read by the answer's own Date,
     * for the clocks of two machines may differ. Empty when it does not say, or nothing that lies ahead.
     */
    public Optional<Duration> delay() {
        String value = retryAfter.strip();
        Optional<Duration> delay = value.matches("[0-9]{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : time(value).flatMap(until -> time(date).map(said -> Duration.between(said, until)));
        return delay.filter(each -> each.compareTo(Duration.ZERO) > 0);
    }

    private static Optional<Instant> time(String header) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.strip(), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
