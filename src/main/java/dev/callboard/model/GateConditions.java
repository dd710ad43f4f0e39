package dev.callboard.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of a gate's conditions; nothing is evaluated here. A condition is {@code {field, OPERATOR: VALUE}} with exactly one
 * of {@code equals}, {@code not_equals}, {@code exists}, {@code gt}, {@code gte}, {@code lt}, {@code lte}, {@code in} and
 * {@code changed}, or {@code {all: [...]}} or {@code {any: [...]}}, nested at most {@value #MAX_DEPTH} deep.
 */
public final class GateConditions {
    /** The deepest nesting of {@code all} and {@code any}. */
    public static final int MAX_DEPTH = 8;

    /** The most conditions of one list. */
    public static final int MAX_CONDITIONS = 50;

    /** A path into the ledger: its key, then members or positions, each after a dot. */
    public static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,63}(\\.[^.\\p{Cntrl}]{1,64}){0,15}");

    private static final Set<String> NUMBERS = Set.of("gt", "gte", "lt", "lte");
    private static final Set<String> FLAGS = Set.of("exists", "changed");
    private static final Set<String> OPERATORS =
            Set.of("equals", "not_equals", "exists", "gt", "gte", "lt", "lte", "in", "changed");
    private static final Set<String> GROUPS = Set.of("all", "any");

    private final List<Violation> violations = new ArrayList<>();

    private GateConditions() {}

    /** Everything that is wrong with one condition. */
    public static List<Violation> check(@Nullable Object condition, String pointer) {
        GateConditions rules = new GateConditions();
        rules.condition(condition, pointer, 1);
        return rules.violations;
    }

    /** Everything that is wrong with a list of conditions, of which all have to hold. */
    public static List<Violation> checkAll(@Nullable Object conditions, String pointer) {
        GateConditions rules = new GateConditions();
        rules.list(conditions, pointer, 1);
        return rules.violations;
    }

    private void list(@Nullable Object value, String pointer, int depth) {
        if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > MAX_CONDITIONS) {
            wrong(pointer, "must be a list of 1 to " + MAX_CONDITIONS + " conditions");
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            condition(list.get(i), pointer + "/" + i, depth);
        }
    }

    private void condition(@Nullable Object value, String pointer, int depth) {
        if (!(value instanceof Map<?, ?> map)) {
            wrong(pointer, "must be an object such as {field: approved, equals: true}");
            return;
        }
        Set<String> keys = new TreeSet<>();
        map.keySet().forEach(key -> keys.add(String.valueOf(key)));
        for (String key : keys) {
            if (!key.equals("field") && !OPERATORS.contains(key) && !GROUPS.contains(key)) {
                wrong(
                        pointer + "/" + Fields.escape(key),
                        "is not known here; known are all, any, field, " + String.join(", ", new TreeSet<>(OPERATORS)));
            }
        }
        List<String> groups = keys.stream().filter(GROUPS::contains).toList();
        if (!groups.isEmpty()) {
            group(map, groups, keys, pointer, depth);
            return;
        }
        field(map.get("field"), pointer + "/field");
        List<String> operators = keys.stream().filter(OPERATORS::contains).toList();
        if (operators.size() != 1) {
            wrong(
                    pointer,
                    operators.isEmpty()
                            ? "says nothing of its field: add equals, exists or another operator"
                            : "must have one operator, it has " + String.join(", ", operators)
                                    + "; put several conditions under all or any");
            return;
        }
        operand(operators.get(0), map.get(operators.get(0)), pointer + "/" + operators.get(0));
    }

    private void group(Map<?, ?> map, List<String> groups, Set<String> keys, String pointer, int depth) {
        if (groups.size() > 1 || keys.stream().anyMatch(key -> key.equals("field") || OPERATORS.contains(key))) {
            wrong(pointer, "must have all or any alone");
            return;
        }
        String at = pointer + "/" + groups.get(0);
        if (depth >= MAX_DEPTH) {
            wrong(at, "is nested more than " + MAX_DEPTH + " deep");
            return;
        }
        list(map.get(groups.get(0)), at, depth + 1);
    }

    private void field(@Nullable Object value, String pointer) {
        if (value == null) {
            wrong(pointer, "is missing");
        } else if (!(value instanceof String field) || !FIELD.matcher(field).matches()) {
            wrong(pointer, "must be a path into the ledger such as document.pages");
        }
    }

    private void operand(String operator, @Nullable Object value, String pointer) {
        if (NUMBERS.contains(operator) && !(value instanceof Number)) {
            wrong(pointer, "must be a number");
        }
        if (FLAGS.contains(operator) && !(value instanceof Boolean)) {
            wrong(pointer, "must be true or false");
        }
        if (operator.equals("in") && !(value instanceof List<?> list && !list.isEmpty())) {
            wrong(pointer, "must be a list of at least one value");
        }
    }

    private void wrong(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }
}
