package dev.callboard.taskmodel;

import dev.callboard.problem.Fields;
import dev.callboard.problem.Violation;
import dev.callboard.problem.WholeNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person must do before a task goes on behind a stage. Written as {@code none}, {@code approval}, {@code {selection:
 * {min, max}}} or {@code {fields: [names]}}.
 */
public sealed interface ApprovalRule {
    /** Nothing: the task goes on by itself. */
    record None() implements ApprovalRule {}

    /** Agree. */
    record Approval() implements ApprovalRule {}

    /** Choose between {@code min} and {@code max} of what the output offers under {@code options} or {@code findings}. */
    record Selection(int min, int max) implements ApprovalRule {}

    /** Fill these fields, in the decision or in the output. */
    record Filled(List<String> names) implements ApprovalRule {
        /** Copies. */
        public Filled {
            names = List.copyOf(names);
        }
    }

    /** The rule as it is written; what cannot be read asks for approval. */
    static ApprovalRule of(@Nullable Object value) {
        return parse(value).orElse(new Approval());
    }

    private static Optional<ApprovalRule> parse(@Nullable Object value) {
        if (value == null || value.equals("none")) {
            return Optional.of(new None());
        }
        if (value.equals("approval")) {
            return Optional.of(new Approval());
        }
        if (!(value instanceof Map<?, ?> map) || map.size() != 1) {
            return Optional.empty();
        }
        if (map.get("selection") instanceof Map<?, ?> range) {
            Integer min = count(range.get("min"), 1);
            Integer max = min == null ? null : count(range.get("max"), Math.max(1, min));
            return min != null && max != null && max >= min ? Optional.of(new Selection(min, max)) : Optional.empty();
        }
        return map.get("fields") instanceof List<?> names
                        && !names.isEmpty()
                        && names.stream().allMatch(name -> name instanceof String text && !text.isBlank())
                ? Optional.of(new Filled(names.stream().map(String::valueOf).toList()))
                : Optional.empty();
    }

    private static @Nullable Integer count(@Nullable Object value, int fallback) {
        if (value == null) {
            return fallback;
        }
        return value instanceof Number number ? WholeNumbers.of(number, 0, Integer.MAX_VALUE) : null;
    }

    /** Why it cannot be read. */
    static Optional<String> fault(@Nullable Object value) {
        return parse(value).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "must be none, approval, {selection: {min, max}} with whole numbers, min up to max, or {fields: [names]}");
    }

    /** What a decision lacks, and what of it nobody would read. */
    default List<Violation> check(@Nullable Object output, Decision decision) {
        if (this instanceof Selection selection) {
            return selected(selection, output, decision);
        }
        List<Violation> violations = new ArrayList<>(unread(output, decision));
        if (this instanceof Filled filled) {
            violations.addAll(filled(filled, output, decision));
        }
        return violations;
    }

    private static List<Violation> selected(Selection rule, @Nullable Object output, Decision decision) {
        List<String> offered = offered(output);
        List<Violation> violations =
                offered.isEmpty() ? new ArrayList<>() : new ArrayList<>(notOffered(offered, decision));
        long count = decision.selected().stream().distinct().count();
        if (count < rule.min() || count > rule.max()) {
            violations.add(new Violation(
                    "/decision/selected",
                    "must name "
                            + (rule.min() == rule.max() ? rule.min() : rule.min() + " to " + rule.max())
                            + " of what the stage offers, it names " + count));
        }
        return violations;
    }

    /** Without a rule people may still mark findings or options of the output, for the history and the next stage. */
    private static List<Violation> unread(@Nullable Object output, Decision decision) {
        List<String> offered = offered(output);
        if (offered.isEmpty() && !decision.selected().isEmpty()) {
            return List.of(new Violation(
                    "/decision/selected",
                    "must be left out: this stage offers nothing to select, so nothing would come of it"));
        }
        return notOffered(offered, decision);
    }

    private static List<Violation> notOffered(List<String> offered, Decision decision) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < decision.selected().size(); i++) {
            String id = decision.selected().get(i);
            if (!offered.contains(id)) {
                violations.add(new Violation(
                        "/decision/selected/" + i,
                        "'" + id + "' is not offered; there are " + String.join(", ", offered)));
            }
        }
        return violations;
    }

    private static List<String> offered(@Nullable Object output) {
        if (!(output instanceof Map<?, ?> map)) {
            return List.of();
        }
        Object offers = map.get("options") instanceof List<?> options ? options : map.get("findings");
        return offers instanceof List<?> list
                ? list.stream()
                        .map(offer -> offer instanceof Map<?, ?> each ? each.get("id") : null)
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                        .toList()
                : List.of();
    }

    private static List<Violation> filled(Filled rule, @Nullable Object output, Decision decision) {
        List<Violation> violations = new ArrayList<>();
        for (String name : rule.names()) {
            Object value = decision.fields().get(name);
            Object own = output instanceof Map<?, ?> map ? map.get(name) : null;
            if (isEmpty(value) && isEmpty(own)) {
                violations.add(new Violation("/decision/fields/" + Fields.escape(name), "must be filled"));
            }
        }
        return violations;
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null || (value instanceof String text && text.isBlank());
    }
}
