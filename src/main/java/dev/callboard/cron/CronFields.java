package dev.callboard.cron;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a cron expression, read against a clock that is never changed: five, or six with seconds first. Days of the
 * month and of the week mean as crontab(5) has it: either, where both are said.
 */
final class CronFields {
    private static final CronDefinition FIVE = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
    private static final CronDefinition SIX = CronDefinitionBuilder.defineCron()
            .withSeconds()
            .withValidRange(0, 59)
            .and()
            .withMinutes()
            .withValidRange(0, 59)
            .and()
            .withHours()
            .withValidRange(0, 23)
            .and()
            .withDayOfMonth()
            .withValidRange(1, 31)
            .and()
            .withMonth()
            .withValidRange(1, 12)
            .and()
            .withDayOfWeek()
            .withValidRange(0, 7)
            .withMondayDoWValue(1)
            .withIntMapping(7, 0)
            .and()
            .instance();

    private final ExecutionTime times;
    private final boolean everyHour;

    private CronFields(ExecutionTime times, boolean everyHour) {
        this.times = times;
        this.everyHour = everyHour;
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static CronFields read(String text) {
        List<String> words = Arrays.asList(text.strip().split("\\s+"));
        if (words.size() != 5 && words.size() != 6) {
            throw new IllegalArgumentException("it has " + words.size() + " fields");
        }
        ExecutionTime times = ExecutionTime.forCron(new CronParser(words.size() == 5 ? FIVE : SIX)
                .parse(String.join(" ", words))
                .validate());
        return new CronFields(times, words.get(words.size() - 4).startsWith("*"));
    }

    /** Whether it counts hours instead of naming them: the hour is {@code *} or {@code *}{@code /n}. */
    boolean everyHour() {
        return everyHour;
    }

    /** The first match after a time; nothing when there never is one. */
    Optional<LocalDateTime> after(LocalDateTime time) {
        return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(next -> next.toLocalDateTime());
    }
}
