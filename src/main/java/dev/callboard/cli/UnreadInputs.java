package dev.callboard.cli;

import dev.callboard.spi.Plural;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a task that its stages could not use, though the task went on with the others: what outputs list in {@code failed}
 * ({@code [{name, error}]}, as the stages for documents do) and in {@code errors} ({@code [{url, detail}]}, as {@code download} does).
 * Stages hand the list on to the next one; what stands in several outputs is counted once.
 */
final class UnreadInputs {
    /** What lists may be called, with the names of an entry's input and of its reason. */
    private static final List<Form> FORMS =
            List.of(new Form("failed", "name", "error"), new Form("errors", "url", "detail"));

    private final Map<Unread, Integer> counts = new LinkedHashMap<>();

    private record Form(String list, String name, String reason) {}

    private record Unread(String name, String reason) {
        /** Stages write whole sentences, most of which name the input. */
        private String sentence() {
            String text = reason.startsWith(name) ? reason : name + ": " + reason;
            return text.replaceAll("\\p{C}+", " ").strip();
        }
    }

    /** Adds those that the output of a stage names. */
    void add(@Nullable Object output) {
        if (!(output instanceof Map<?, ?> map)) {
            return;
        }
        Map<Unread, Integer> named = new LinkedHashMap<>();
        for (Form form : FORMS) {
            for (Object each : map.get(form.list()) instanceof List<?> list ? list : List.of()) {
                if (each instanceof Map<?, ?> entry
                        && entry.get(form.name()) instanceof String name
                        && entry.get(form.reason()) instanceof String reason) {
                    // Two inputs may have the same name.
                    named.merge(new Unread(name, reason), 1, Integer::sum);
                }
            }
        }
        named.forEach((unread, count) -> counts.merge(unread, count, Math::max));
    }

    /** What the line about the task says of them: {@code ", 2 inputs were not read"}; nothing when all were. */
    String summary() {
        int count = counts.values().stream().mapToInt(Integer::intValue).sum();
        return count == 0 ? "" : ", " + Plural.of(count, "input was", "inputs were") + " not read";
    }

    /** A line for each, with the reason. */
    void print(PrintStream out) {
        counts.forEach((unread, count) -> {
            for (int i = 0; i < count; i++) {
                out.println("callboard: Not read: " + unread.sentence());
            }
        });
    }
}
