package dev.callboard.conditions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads conditions. A condition is {@code {field, OPERATOR: value}} with exactly one {@link Operator}, or {@code {all: [...]}} or
 * {@code {any: [...]}} alone. They are nested at most {@value #MAX_DEPTH} deep and are at most {@value #MAX_TESTS} in all.
 */
public final class ConditionReader {
    /** The deepest nesting of {@code all} and {@code any}: a condition inside seven of them is the eighth level. */
    public static final int MAX_DEPTH = 8;

    /** The most tests of one gate. */
    public static final int MAX_TESTS = 200;

    private static final Set<String> GROUPS = Set.of("all", "any");

    private final Map<String, String> faults = new LinkedHashMap<>();
    private int tests;

    private ConditionReader() {}

    /**
     * What was read.
     *
     * @param condition of use only without faults
     * @param faults JSON Pointer to what is wrong there, which continues "it …": "must be a number"
     */
    public record Reading(Condition condition, Map<String, String> faults) {}

    /** Reads one condition, or a list of conditions of which all have to hold. */
    public static Reading read(@Nullable Object conditions) {
        ConditionReader reader = new ConditionReader();
        Condition condition = conditions instanceof List<?> list
                ? new Condition.All(reader.list(list, "", 1))
                : reader.one(conditions, "", 1);
        return new Reading(condition, reader.faults);
    }

    /** Reads one condition, where a list would be wrong. */
    public static Reading readOne(@Nullable Object value) {
        ConditionReader reader = new ConditionReader();
        return new Reading(reader.one(value, "", 1), reader.faults);
    }

    private Condition fault(String pointer, String detail) {
        faults.putIfAbsent(pointer, detail);
        return new Condition.All(List.of());
    }

    private List<Condition> list(@Nullable Object value, String pointer, int depth) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            fault(pointer, "must be a list of at least one condition");
            return List.of();
        }
        List<Condition> parts = new ArrayList<>();
        for (int i = 0; i < list.size() && tests <= MAX_TESTS; i++) {
            parts.add(one(list.get(i), pointer + "/" + i, depth));
        }
        return parts;
    }

    private Condition one(@Nullable Object value, String pointer, int depth) {
        if (!(value instanceof Map<?, ?> map)) {
            return fault(pointer, "must be an object such as {field: approved, equals: true}");
        }
        Set<String> words = new TreeSet<>();
        map.keySet().forEach(key -> words.add(String.valueOf(key)));
        List<String> groups = words.stream().filter(GROUPS::contains).toList();
        List<String> operators =
                words.stream().filter(word -> Operator.of(word).isPresent()).toList();
        unknown(words, pointer);
        if (groups.isEmpty()) {
            return test(map, operators, pointer);
        }
        if (groups.size() > 1 || !operators.isEmpty() || words.contains("field")) {
            return fault(pointer, "must have all or any alone");
        }
        return group(map, groups.get(0), pointer, depth);
    }

    private void unknown(Set<String> words, String pointer) {
        for (String word : words) {
            if (!word.equals("field")
                    && !GROUPS.contains(word)
                    && Operator.of(word).isEmpty()) {
                fault(
                        pointer + "/" + word.replace("~", "~0").replace("/", "~1"),
                        "is not known here; known are all, any, field, " + Operator.WORDS);
            }
        }
    }

    private Condition group(Map<?, ?> map, String word, String pointer, int depth) {
        String at = pointer + "/" + word;
        if (depth >= MAX_DEPTH) {
            return fault(at, "is nested more than " + MAX_DEPTH + " deep");
        }
        List<Condition> parts = list(map.get(word), at, depth + 1);
        return word.equals("all") ? new Condition.All(parts) : new Condition.Any(parts);
    }

    private Condition test(Map<?, ?> map, List<String> operators, String pointer) {
        if (++tests > MAX_TESTS) {
            return fault(pointer, "is one too many: a gate has at most " + MAX_TESTS + " conditions in all");
        }
        FieldPath field = field(map.get("field"), pointer + "/field");
        if (operators.size() != 1) {
            return fault(
                    pointer,
                    operators.isEmpty()
                            ? "says nothing of its field: add equals, exists or another operator"
                            : "must have one operator, it has " + String.join(", ", operators)
                                    + "; put several conditions under all or any");
        }
        String word = operators.get(0);
        Operator operator = Operator.of(word).orElseThrow();
        Object wanted = map.get(word);
        Optional<String> wrong = operator.fault(wanted);
        return wrong.isPresent()
                ? fault(pointer + "/" + word, wrong.get())
                : new Condition.Test(field, operator, wanted);
    }

    private FieldPath field(@Nullable Object value, String pointer) {
        if (value instanceof String text && FieldPath.isPath(text)) {
            return new FieldPath(text);
        }
        fault(
                pointer,
                value == null
                        ? "is missing"
                        : "must be a path into the ledger: a key, then members and indices after dots, such as document.pages");
        return new FieldPath("");
    }
}
