package dev.callboard.testing;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus' text format (version 0.0.4), read strictly: a line that is no comment and no sample is an error, as are a
 * sample twice and a sample whose family has no type.
 */
public record Exposition(Map<String, Double> samples, Set<String> families, Set<String> names) {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern LABELS =
            Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"(?:,|$)");
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (\\S+)(?: (\\d+))?");
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.*)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "untyped");

    /** Reads. */
    public static Exposition read(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line does not end");
        }
        Map<String, Double> samples = new LinkedHashMap<>();
        Set<String> families = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        for (String line : text.split("\n")) {
            Matcher comment = COMMENT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (comment.matches()) {
                if (comment.group(1).equals("TYPE")
                        && (!TYPES.contains(comment.group(3)) || !families.add(comment.group(2)))) {
                    throw new AssertionError("wrong or repeated type: " + line);
                }
            } else if (sample.matches()) {
                String labels = sample.group(2) == null ? "" : sample.group(2);
                if (!LABELS.matcher(labels).replaceAll("").isEmpty()) {
                    throw new AssertionError("wrong labels: " + line);
                }
                String family = sample.group(1).replaceFirst("_(bucket|sum|count)$", "");
                if (!families.contains(family) && !families.contains(sample.group(1))) {
                    throw new AssertionError("no type before: " + line);
                }
                names.add(sample.group(1));
                if (samples.put(sample.group(1) + "{" + labels + "}", number(sample.group(3))) != null) {
                    throw new AssertionError("twice: " + line);
                }
            } else {
                throw new AssertionError("neither comment nor sample: " + line);
            }
        }
        return new Exposition(samples, families, names);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** The sum of the samples of that name that have all these labels, each as {@code name="value"}; 0 without any. */
    public double sum(String name, String... labels) {
        return samples.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(name + "{"))
                .filter(sample -> {
                    String having = "," + sample.getKey().substring(name.length() + 1);
                    for (String label : labels) {
                        if (!having.contains("," + label + ",") && !having.contains("," + label + "}")) {
                            return false;
                        }
                    }
                    return true;
                })
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
