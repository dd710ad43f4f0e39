package dev.callboard.conditions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A condition on a task's ledger. Pure; nothing in a ledger makes it fail. */
public sealed interface Condition {
    /**
     * What a condition looks at.
     *
     * @param ledger key to value
     * @param first field to the fingerprint of its value when waiting began, as {@link #fingerprints} gave it
     */
    record View(Map<String, Object> ledger, Map<String, ?> first) {}

    /** Whether it holds. */
    boolean met(View view);

    /** What it waits for, with the values that it sees: "ready to equal true (it is not set)". Of use while it does not hold. */
    String awaited(View view);

    /** Adds the fields whose change it looks for. */
    void collectChanging(Map<String, FieldPath> fields);

    /** What is to be remembered of a ledger when waiting begins: field to fingerprint. */
    default Map<String, Object> fingerprints(Map<String, Object> ledger) {
        Map<String, FieldPath> fields = new LinkedHashMap<>();
        collectChanging(fields);
        Map<String, Object> prints = new LinkedHashMap<>();
        fields.forEach((text, field) -> prints.put(text, JsonValues.fingerprint(field.find(ledger))));
        return prints;
    }

    /**
     * One field and what is asked of it.
     *
     * @param wanted JSON-shaped
     */
    record Test(FieldPath field, Operator operator, @Nullable Object wanted) implements Condition {
        @Override
        public boolean met(View view) {
            Object value = field.find(view.ledger());
            Object before = view.first().get(field.text());
            boolean changed = before != null && !before.equals(JsonValues.fingerprint(value));
            return operator.met(wanted, value, changed);
        }

        @Override
        public String awaited(View view) {
            Object value = field.find(view.ledger());
            String is = operator == Operator.CHANGED && Boolean.TRUE.equals(wanted) ? "it is still " : "it is ";
            return field.text() + " " + operator.asks(wanted) + " (" + is
                    + (value == null ? "not set" : JsonValues.show(value)) + ")";
        }

        @Override
        public void collectChanging(Map<String, FieldPath> fields) {
            if (operator == Operator.CHANGED) {
                fields.put(field.text(), field);
            }
        }
    }

    /** All of these. */
    record All(List<Condition> parts) implements Condition {
        /** Copies. */
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean met(View view) {
            return parts.stream().allMatch(part -> part.met(view));
        }

        @Override
        public String awaited(View view) {
            return join(parts.stream().filter(part -> !part.met(view)).toList(), " and ", view);
        }

        @Override
        public void collectChanging(Map<String, FieldPath> fields) {
            parts.forEach(part -> part.collectChanging(fields));
        }
    }

    /** At least one of these. */
    record Any(List<Condition> parts) implements Condition {
        /** Copies. */
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean met(View view) {
            return parts.stream().anyMatch(part -> part.met(view));
        }

        @Override
        public String awaited(View view) {
            return join(parts, " or ", view);
        }

        @Override
        public void collectChanging(Map<String, FieldPath> fields) {
            parts.forEach(part -> part.collectChanging(fields));
        }
    }

    private static String join(List<Condition> parts, String word, View view) {
        return parts.size() == 1
                ? parts.get(0).awaited(view)
                : parts.stream()
                        .map(part -> single(part) ? part.awaited(view) : "[" + part.awaited(view) + "]")
                        .collect(Collectors.joining(word));
    }

    /** Whether it is one test, however often it is wrapped. */
    private static boolean single(Condition condition) {
        if (condition instanceof All all) {
            return all.parts().size() == 1 && single(all.parts().get(0));
        }
        if (condition instanceof Any any) {
            return any.parts().size() == 1 && single(any.parts().get(0));
        }
        return true;
    }
}
