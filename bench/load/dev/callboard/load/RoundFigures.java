package dev.callboard.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of the rounds, a row for each name, as the {@code table} of {@code bench/server.sh} takes them. */
final class RoundFigures {
    private final Map<String, List<String>> rows = new LinkedHashMap<>();

    /** Adds what one round measured. */
    void add(String name, String format, double figure) {
        rows.computeIfAbsent(name, ignored -> new ArrayList<>()).add(String.format(Locale.ROOT, format, figure));
    }

    /** Prints a line for each name, in the order in which they were first added: {@code NAME:FIGURE FIGURE...}. */
    void print() {
        rows.forEach((name, figures) -> System.out.println(name + ":" + String.join(" ", figures)));
    }

    /** The smallest value that so many percent of the values are not above. */
    static double percentile(List<Double> sorted, double percent) {
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100) - 1));
    }
}
