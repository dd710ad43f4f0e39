package dev.callboard.conditions;

import dev.callboard.hash.Sha256;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON-shaped values: compared by value, and shown to people. */
final class JsonValues {
    private static final int SHOWN = 80;

    private JsonValues() {}

    /** Whether two values are the same; 1, 1.0 and 1e0 are. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return number(a).compareTo(number(b)) == 0;
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            return a.size() == b.size() && sameElements(a, b);
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> same(a.get(key), b.get(key)));
        }
        return one == null ? other == null : one.equals(other);
    }

    private static boolean sameElements(List<?> one, List<?> other) {
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    static BigDecimal number(Number number) {
        return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    }

    /** For people: JSON, cut when it is long. */
    static String show(@Nullable Object value) {
        String text = text(value);
        return text.length() > SHOWN ? text.substring(0, SHOWN - 1) + "…" : text;
    }

    /** The same for values that are the same, else another. */
    static String fingerprint(@Nullable Object value) {
        return Sha256.hex(text(value));
    }

    /** One text for each value: keys in order, numbers without what does not count. */
    private static String text(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> members = new TreeMap<>();
            map.forEach((key, member) -> members.put(quoted(String.valueOf(key)), text(member)));
            return members.entrySet().stream()
                    .map(member -> member.getKey() + ": " + member.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonValues::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Number number) {
            BigDecimal plain = number(number).stripTrailingZeros();
            return Math.abs((long) plain.scale()) > 30 ? plain.toString() : plain.toPlainString();
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
