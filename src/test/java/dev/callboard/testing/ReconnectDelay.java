package dev.callboard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a client of the feed waits before it connects again: the rule of the pages, with the figures that stand in
 * {@code webroot/js/core/topic-cursor.js}. Before attempt n any time up to {@code first · 2ⁿ}, {@code most} at the most.
 */
public record ReconnectDelay(Duration first, Duration most) {
    private static final Path RULE = Path.of("webroot", "js", "core", "topic-cursor.js");

    /** As the pages do. */
    public static ReconnectDelay ofPages() {
        try {
            String source = Files.readString(RULE);
            return new ReconnectDelay(figure(source, "FIRST_MS"), figure(source, "MOST_MS"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration figure(String source, String name) {
        Matcher found = Pattern.compile("const " + name + " = ([0-9_]+);").matcher(source);
        if (!found.find()) {
            throw new AssertionError(RULE + " has no " + name);
        }
        return Duration.ofMillis(Long.parseLong(found.group(1).replace("_", "")));
    }

    /** In nanoseconds. */
    public long before(int attempt, RandomGenerator random) {
        long ceiling = Math.min(most.toNanos(), first.toNanos() << Math.min(attempt, 10));
        return (long) (ceiling * random.nextDouble());
    }
}
