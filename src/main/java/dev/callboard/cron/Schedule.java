package dev.callboard.cron;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * When something is due: a cron expression in a time zone. Where clocks are changed it does what cron does:
 *
 * <ul>
 *   <li>an expression that counts hours ({@code *} or {@code *}{@code /2}) goes by real time: nothing in the hour that is left
 *       out, and everything in both of the hour that comes twice;
 *   <li>one that names hours ({@code 30 2 * * *}) is due once on each day: at the moment the clocks go forward when its time
 *       is left out, and the first time of two.
 * </ul>
 */
public final class Schedule {
    /** The longest that a schedule may pause, a leap day over a century's end included. */
    private static final int MOST_YEARS = 9;

    private final String cron;
    private final ZoneId zone;
    private final CronFields fields;

    private Schedule(String cron, ZoneId zone, CronFields fields) {
        this.cron = cron;
        this.zone = zone;
        this.fields = fields;
    }

    /**
     * Reads a schedule.
     *
     * @param cron 5 fields (minute, hour, day of the month, month, day of the week), or 6 with seconds first
     * @throws IllegalArgumentException with what the expression must be
     */
    public static Schedule of(String cron, ZoneId zone) {
        CronFields fields;
        try {
            fields = CronFields.read(cron);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be a cron expression of 5 fields (minute, hour, day of month, month, day of week), or 6 with"
                            + " seconds first: " + reason(e),
                    e);
        }
        Schedule schedule = new Schedule(cron, zone, fields);
        if (fields.after(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
            throw new IllegalArgumentException("names a day that never comes");
        }
        return schedule;
    }

    private static String reason(IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        return message.length() > 300 ? message.substring(0, 300) : message;
    }

    /** The time zone of that name, such as {@code Europe/Berlin} or {@code UTC}; nothing when there is none. */
    public static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The first time that it is due after a moment; nothing when that is further away than nine years. */
    public Optional<Instant> after(Instant moment) {
        return (fields.everyHour() ? byRealTime(moment) : byNamedTime(moment))
                .filter(next -> next.isBefore(
                        moment.atZone(ZoneOffset.UTC).plusYears(MOST_YEARS).toInstant()));
    }

    /**
     * The last time that it was due after one moment and not after another; nothing when it was not.
     *
     * @param until not before {@code from}
     */
    public Optional<Instant> lastBetween(Instant from, Instant until) {
        if (after(from).filter(due -> !due.isAfter(until)).isEmpty()) {
            return Optional.empty();
        }
        // It is due after each second before the last time, and after none from that on.
        long due = from.getEpochSecond();
        long over = until.getEpochSecond() + 1;
        while (over - due > 1) {
            long middle = due + (over - due) / 2;
            if (after(Instant.ofEpochSecond(middle))
                    .filter(next -> !next.isAfter(until))
                    .isPresent()) {
                due = middle;
            } else {
                over = middle;
            }
        }
        return Optional.of(Instant.ofEpochSecond(over));
    }

    /** Between two changes of the clocks the offset is fixed; what is not due before the next change is looked for after it. */
    private Optional<Instant> byRealTime(Instant moment) {
        Instant from = moment;
        Instant last = moment.atZone(ZoneOffset.UTC).plusYears(MOST_YEARS).toInstant();
        while (from.isBefore(last)) {
            ZoneOffset offset = zone.getRules().getOffset(from);
            Optional<Instant> next =
                    fields.after(LocalDateTime.ofInstant(from, offset)).map(local -> local.toInstant(offset));
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            if (next.isEmpty() || change == null || next.get().isBefore(change.getInstant())) {
                return next;
            }
            // The moment of the change itself may be due, in the offset that begins with it.
            from = change.getInstant();
            LocalDateTime begins = change.getDateTimeAfter();
            if (fields.after(begins.minusSeconds(1)).filter(begins::equals).isPresent()) {
                return Optional.of(from);
            }
        }
        return Optional.empty();
    }

    /** Local times in their order; each is one moment, so a moment that was passed is never due again. */
    private Optional<Instant> byNamedTime(Instant moment) {
        LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
        ZoneOffsetTransition overlap = zone.getRules().getTransition(local);
        // In the second of two equal hours the first one's times are over already.
        LocalDateTime from = overlap != null && overlap.isOverlap() && !moment.isBefore(overlap.getInstant())
                ? overlap.getDateTimeBefore().minusSeconds(1)
                : local;
        Optional<LocalDateTime> next = fields.after(from);
        while (next.isPresent()) {
            Instant due = instant(next.get());
            if (due.isAfter(moment)) {
                return Optional.of(due);
            }
            next = fields.after(next.get());
        }
        return Optional.empty();
    }

    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    @Override
    public String toString() {
        return cron + " in " + zone;
    }
}
