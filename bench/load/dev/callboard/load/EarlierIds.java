package dev.callboard.load;

import dev.callboard.problem.Ids;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What ids would be if they had been made earlier: {@link Ids} begin with their time in digits of 5 bits. */
final class EarlierIds {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME = 9;
    private static final int LENGTH = 18;
    private static final Pattern ID = Pattern.compile("[" + DIGITS + "]{" + LENGTH + "}");

    private final Map<String, String> ids = new HashMap<>();
    private final long earlierMs;

    EarlierIds(List<String> ids, long earlierMs) {
        this.earlierMs = earlierMs;
        for (String id : ids) {
            long made = id.chars().limit(TIME).mapToLong(DIGITS::indexOf).reduce(0, (time, digit) -> time << 5 | digit);
            String time = Ids.first(Instant.ofEpochMilli(made - earlierMs)).substring(0, TIME);
            this.ids.put(id, time + id.substring(TIME));
        }
    }

    /** How much earlier. */
    long ms() {
        return earlierMs;
    }

    /** A text with each of them as it would be. */
    String in(String text) {
        return text.length() < LENGTH
                ? text
                : ID.matcher(text).replaceAll(id -> ids.getOrDefault(id.group(), id.group()));
    }
}
