package dev.callboard.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the members of a JSON-shaped object and collects everything that is wrong with them. */
public final class Fields {
    private final Map<?, ?> values;
    private final String pointer;
    private final List<Violation> violations;

    /**
     * Reads an object.
     *
     * @param pointer where the object stands, empty for a whole document
     * @param violations gets what is wrong
     */
    public Fields(Map<?, ?> values, String pointer, List<Violation> violations) {
        this.values = values;
        this.pointer = pointer;
        this.violations = violations;
    }

    /** A member as it is, null when it is not there. */
    @Nullable
    public Object get(String key) {
        return values.get(key);
    }

    /** Whether a member is there and not null. */
    public boolean has(String key) {
        return values.get(key) != null;
    }

    /**
     * Notes that something is wrong with a member.
     *
     * @param detail goes on where the name of the member ends, such as {@code must be a text}
     */
    public void wrong(String key, String detail) {
        violations.add(new Violation(pointerOf(key), detail));
    }

    /** Collects the members that are none of the known ones. */
    public void only(List<String> known) {
        for (Object key : values.keySet()) {
            String name = String.valueOf(key);
            if (!known.contains(name)) {
                wrong(name, NearName.unknown(name, known));
            }
        }
    }

    /** The JSON pointer of a member. */
    public String pointerOf(String key) {
        return pointer + "/" + escape(key);
    }

    /** A member's name as it stands in a JSON Pointer (RFC 6901, section 3). */
    public static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** A text that people read, or the fallback when it is absent or wrong. */
    public String text(String key, String fallback, int maxLength) {
        Object value = values.get(key);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof String text)) {
            wrong(key, "must be a text");
            return fallback;
        }
        if (text.length() > maxLength) {
            wrong(key, "must have at most " + maxLength + " characters, it has " + text.length());
            return fallback;
        }
        if (text.codePoints().anyMatch(Names::turnsText)) {
            wrong(key, "must not contain characters that turn the direction of text");
            return fallback;
        }
        if (Names.hasControls(text)) {
            wrong(key, "must not contain control characters");
            return fallback;
        }
        return text;
    }

    /** A word of a given form, or the fallback when it is absent or wrong. */
    public String word(String key, String fallback, Pattern form) {
        Object value = values.get(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof String text && form.matcher(text).matches()) {
            return text;
        }
        wrong(key, value instanceof String ? "must match " + form.pattern() : notText(value));
        return fallback;
    }

    private static String notText(Object value) {
        if (value instanceof Boolean) {
            return "must be a text; yes, no, on, off, true and false are read as true or false: put it in quotes";
        }
        return value instanceof Number
                ? "must be a text; " + value + " is read as a number: put it in quotes"
                : "must be a text";
    }

    /** True or false; false where it is not there or wrong. */
    public boolean flag(String key) {
        Object value = values.get(key);
        if (value != null && !(value instanceof Boolean)) {
            wrong(key, "must be true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    /** A number, null where it is not there or wrong. */
    @Nullable
    public Number number(String key) {
        Object value = values.get(key);
        if (value != null && !(value instanceof Number)) {
            wrong(key, "must be a number");
        }
        return value instanceof Number number ? number : null;
    }

    /** A whole number, or null when it is absent or wrong. */
    @Nullable
    public Integer whole(String key, int least, int most) {
        Number number = number(key);
        Integer whole = number == null ? null : WholeNumbers.of(number, least, most);
        if (number != null && whole == null) {
            wrong(key, WholeNumbers.must(least, most));
        }
        return whole;
    }

    /** The elements of a list that are objects, each read with its own pointer; an absent list is empty. */
    public <T> List<T> objects(String key, int most, BiFunction<Fields, Integer, T> reader) {
        List<T> result = new ArrayList<>();
        List<?> list = list(key, most);
        for (int i = 0; i < list.size(); i++) {
            String at = pointerOf(key) + "/" + i;
            if (list.get(i) instanceof Map<?, ?> map) {
                result.add(reader.apply(new Fields(map, at, violations), i));
            } else {
                violations.add(new Violation(at, "must be an object"));
            }
        }
        return result;
    }

    /** A list of words of a given form; an absent list is empty, a single word is a list of one. */
    public List<String> words(String key, int most, Pattern form) {
        if (values.get(key) instanceof String) {
            String word = word(key, "", form);
            return word.isEmpty() ? List.of() : List.of(word);
        }
        List<String> result = new ArrayList<>();
        List<?> list = list(key, most);
        for (int i = 0; i < list.size(); i++) {
            Object element = list.get(i);
            if (element instanceof Boolean || element instanceof Number) {
                wrong(key, "element " + i + " " + notText(element));
            } else if (element instanceof String word && form.matcher(word).matches() && !result.contains(word)) {
                result.add(word);
            } else {
                wrong(key, "element " + i + " must match " + form.pattern() + " and be named once");
            }
        }
        return result;
    }

    private List<?> list(String key, int most) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            wrong(key, "must be a list");
            return List.of();
        }
        if (list.size() > most) {
            wrong(key, "must have at most " + most + " elements, it has " + list.size());
            return List.of();
        }
        return list;
    }

    /** The members that are none of the known ones, in their order. */
    public Map<String, @Nullable Object> others(Collection<String> known) {
        Map<String, @Nullable Object> others = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (!known.contains(name)) {
                others.put(name, value);
            }
        });
        return others;
    }

    /** The object. */
    public Map<?, ?> values() {
        return values;
    }

    /** What is wrong so far. */
    public List<Violation> violations() {
        return violations;
    }
}
