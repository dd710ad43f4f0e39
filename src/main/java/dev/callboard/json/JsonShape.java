package dev.callboard.json;

import dev.callboard.problem.JsonDepth;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies what a stage put out, and refuses what JSON cannot hold or the server would not read again. */
public final class JsonShape {
    /** The most characters of one text; less than what the reader takes. */
    public static final int MAX_TEXT = 60_000_000;

    private static final int MAX_KEY = 1_000;
    private static final int MAX_DIGITS = 1_000;

    private final long limit;
    private final String limited;
    private long size;

    private JsonShape(long limit, String limited) {
        this.limit = limit;
        this.limited = limited;
    }

    /** A value is not JSON-shaped; the message says where and why. */
    public static final class WrongShapeException extends Exception {
        private static final long serialVersionUID = 1L;

        /**
         * Says where and why.
         *
         * @param pointer of the value, empty for the whole
         */
        public WrongShapeException(String pointer, String detail) {
            super((pointer.isEmpty() ? "it " : "at " + pointer + " it ") + detail, null, false, false);
        }
    }

    /**
     * An unmodifiable copy.
     *
     * @param limit the most characters of all keys and texts, without quotes and escapes, and four for each value
     */
    public static @Nullable Object copy(@Nullable Object value, long limit) throws WrongShapeException {
        return copy(
                value,
                limit,
                "for one output; a larger heap (-Xmx, plugins.fork.heap_mb) or limits.output_characters allows more, smaller"
                        + " inputs need less");
    }

    /**
     * As {@link #copy(Object, long)}.
     *
     * @param limited what the limit is for and what to do about it, after "passes the limit of 10 characters"
     */
    public static @Nullable Object copy(@Nullable Object value, long limit, String limited) throws WrongShapeException {
        return new JsonShape(limit, limited).copy(value, "", 0);
    }

    private @Nullable Object copy(@Nullable Object value, String pointer, int depth) throws WrongShapeException {
        count(pointer, 4);
        if (depth > JsonDepth.VALUE) {
            throw new WrongShapeException(
                    pointer, "is nested deeper than " + JsonDepth.VALUE + " levels, or contains itself");
        }
        if (value instanceof String text) {
            if (text.length() > MAX_TEXT) {
                throw new WrongShapeException(pointer, "is a text of more than " + MAX_TEXT + " characters");
            }
            count(pointer, text.length());
            if (halved(text)) {
                throw new WrongShapeException(pointer, "is a text with half of a surrogate pair");
            }
            return text;
        }
        if (value instanceof Map<?, ?> map) {
            return copyMap(map, pointer, depth);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (Object element : list) {
                copy.add(copy(element, pointer + "/" + copy.size(), depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        if (value == null || value instanceof Boolean) {
            return value;
        }
        return copyNumber(value, pointer);
    }

    private Map<String, @Nullable Object> copyMap(Map<?, ?> map, String pointer, int depth) throws WrongShapeException {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key) || key.length() > MAX_KEY || key.equals("__proto__")) {
                throw new WrongShapeException(pointer, "has a key that is not a usable text");
            }
            count(pointer, key.length());
            if (halved(key)) {
                throw new WrongShapeException(pointer, "has a key with half of a surrogate pair");
            }
            copy.put(key, copy(entry.getValue(), pointer + "/" + key, depth + 1));
        }
        return Collections.unmodifiableMap(copy);
    }

    /** What no UTF-8 can hold: half of a pair would become a question mark. */
    private static boolean halved(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.charCount(text.codePointAt(i)) == 1) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static Object copyNumber(Object value, String pointer) throws WrongShapeException {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return value;
        }
        if ((value instanceof Double || value instanceof Float) && Double.isFinite(((Number) value).doubleValue())) {
            return value;
        }
        if (value instanceof BigInteger whole && whole.bitLength() < MAX_DIGITS) {
            return value;
        }
        if (value instanceof BigDecimal number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new WrongShapeException(
                pointer,
                value instanceof Number
                        ? "is a number that JSON cannot hold"
                        : "is a " + value.getClass().getName()
                                + "; only texts, numbers, true, false, null, lists and maps can be put out");
    }

    private void count(String pointer, long characters) throws WrongShapeException {
        size += characters;
        if (size > limit) {
            throw new WrongShapeException(pointer, "passes the limit of " + limit + " characters " + limited);
        }
    }
}
