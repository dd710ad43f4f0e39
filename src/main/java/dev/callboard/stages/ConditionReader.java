package dev.callboard.stages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads conditions: {@code {field, OPERATOR: value}}, {@code {all: [...]}}, {@code {any: [...]}}, or a list, which means all
 * of them.
 */
final class ConditionReader {
    /** How deep conditions may be nested. */
    static final int MAX_DEPTH = 8;

    /** The most conditions of one gate. */
    static final int MAX_TESTS = 200;

    private static final String OPERATORS = "equals, not_equals, exists, gt, gte, lt, lte, in, changed";

    private final Map<String, String> faults = new LinkedHashMap<>();
    private int tests;

    private ConditionReader() {}

    /**
     * What was read.
     *
     * @param condition of use only without faults
     * @param faults JSON Pointer to what is wrong there, as a sentence
     */
    record Result(Condition condition, Map<String, String> faults) {}

    /** Reads them. */
    static Result read(@Nullable Object conditions) {
        ConditionReader reader = new ConditionReader();
        Condition condition = conditions instanceof List<?> list
                ? new Condition.All(reader.list(list, "", 1))
                : reader.one(conditions, "", 1);
        return new Result(condition, reader.faults);
    }

    private Condition fault(String pointer, String detail) {
        faults.putIfAbsent(pointer, detail);
        return new Condition.All(List.of());
    }

    private List<Condition> list(List<?> list, String pointer, int depth) {
        if (list.isEmpty()) {
            fault(pointer, "There must be at least one condition.");
        }
        List<Condition> parts = new ArrayList<>();
        for (int i = 0; i < list.size() && tests <= MAX_TESTS; i++) {
            parts.add(one(list.get(i), pointer + "/" + i, depth));
        }
        return parts;
    }

    private Condition one(@Nullable Object value, String pointer, int depth) {
        if (!(value instanceof Map<?, ?> map)) {
            return fault(
                    pointer,
                    "A condition is {field, OPERATOR: value} with one of " + OPERATORS
                            + ", or {all: [...]}, or {any: [...]}.");
        }
        if (depth > MAX_DEPTH) {
            return fault(pointer, "Conditions are nested deeper than " + MAX_DEPTH + " levels.");
        }
        if (map.containsKey("all") || map.containsKey("any")) {
            return group(map, pointer, depth);
        }
        return test(map, pointer);
    }

    private Condition group(Map<?, ?> map, String pointer, int depth) {
        String word = map.containsKey("all") ? "all" : "any";
        if (map.size() > 1) {
            return fault(pointer, "'" + word + "' stands alone in a condition.");
        }
        String at = pointer + "/" + word;
        if (!(map.get(word) instanceof List<?> list)) {
            return fault(at, "'" + word + "' must be a list of conditions.");
        }
        List<Condition> parts = list(list, at, depth + 1);
        return word.equals("all") ? new Condition.All(parts) : new Condition.Any(parts);
    }

    private Condition test(Map<?, ?> map, String pointer) {
        if (++tests > MAX_TESTS) {
            return fault(pointer, "There are more than " + MAX_TESTS + " conditions.");
        }
        List<String> asked = new ArrayList<>();
        for (Object key : map.keySet()) {
            String word = String.valueOf(key);
            if (Operator.of(word).isPresent()) {
                asked.add(word);
            } else if (!word.equals("field")) {
                fault(
                        pointer + "/" + word.replace("~", "~0").replace("/", "~1"),
                        "There is no '" + word + "' in a condition; known are field, " + OPERATORS + ", all, any.");
            }
        }
        if (!(map.get("field") instanceof String field) || !FieldPath.isPath(field)) {
            return fault(
                    pointer + "/field",
                    "'field' must be a ledger key, then members and indices after dots, such as document.pages.");
        }
        if (asked.size() != 1) {
            return fault(
                    pointer,
                    asked.isEmpty()
                            ? "The condition on '" + field + "' needs one of " + OPERATORS + "."
                            : "The condition on '" + field + "' has " + String.join(" and ", asked)
                                    + "; write one condition for each.");
        }
        Operator operator = Operator.of(asked.get(0)).orElseThrow();
        Object wanted = map.get(asked.get(0));
        Optional<String> wrong = operator.fault(wanted);
        return wrong.isPresent()
                ? fault(pointer + "/" + asked.get(0), wrong.get())
                : new Condition.Test(new FieldPath(field), operator, wanted);
    }
}
