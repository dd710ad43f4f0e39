package dev.callboard.documents.search;

import dev.callboard.spi.StageFailure;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked, checked.
 *
 * @param words to look for; possibly empty when there is a vector
 * @param mode what decides
 * @param from how many of the results to skip
 * @param limit how many to give after them
 * @param vector of the question, of length 1; empty when none was given
 * @param model the name of the vector's model; empty when not given
 * @param modelSha256 its hash; empty when not given
 * @param filter which of what is found is wanted
 */
record Question(
        String words,
        Mode mode,
        int from,
        int limit,
        Optional<float[]> vector,
        String model,
        String modelSha256,
        FacetFilter filter) {
    /** The longest question, in characters. */
    static final int MAX_CHARACTERS = 1_000;

    /** The most results of one answer. */
    static final int MAX_LIMIT = 100;

    /** How many results there are pages of. */
    static final int MAX_DEPTH = 1_000;

    private static final int LIMIT = 10;

    /** What decides which chunks are found, and in which order. */
    enum Mode {
        /** Words and vectors, by reciprocal rank fusion. */
        HYBRID,
        /** Words. */
        TEXT,
        /** Vectors. */
        VECTOR
    }

    /**
     * Reads a question in its JSON shape.
     *
     * @throws StageFailure {@code invalid_question}, with what is wrong
     */
    static Question of(Object input) throws StageFailure {
        if (!(input instanceof Map<?, ?> map)) {
            throw invalid("A question must be an object with q");
        }
        Object q = map.get("q");
        if (q != null && !(q instanceof String)) {
            throw invalid("q must be a text");
        }
        String words = q == null ? "" : ((String) q).strip();
        if (words.codePointCount(0, words.length()) > MAX_CHARACTERS) {
            throw invalid("q must have at most 1,000 characters");
        }
        int from = number(map, "from", 0, 0, MAX_DEPTH);
        int limit = number(map, "limit", LIMIT, 1, MAX_LIMIT);
        if (from + limit > MAX_DEPTH) {
            throw invalid(
                    "Only the first 1,000 results can be seen: from and limit must not go beyond; use more exact words");
        }
        Optional<float[]> vector = vector(map.get("vector"));
        if (words.isEmpty() && vector.isEmpty()) {
            throw invalid("q is empty: it needs a word to look for");
        }
        return new Question(
                words,
                mode(map.get("mode")),
                from,
                limit,
                vector,
                text(map, "model"),
                text(map, "model_sha256"),
                FacetFilter.of(map.get("facets")));
    }

    private static Mode mode(Object value) throws StageFailure {
        if (value == null) {
            return Mode.HYBRID;
        }
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(value)) {
                return mode;
            }
        }
        throw invalid("mode must be hybrid, text or vector");
    }

    private static int number(Map<?, ?> map, String key, int fallback, int min, int max) throws StageFailure {
        Object value = map.get(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= min
                && number.doubleValue() <= max) {
            return number.intValue();
        }
        throw invalid(key + " must be a whole number from " + min + " to " + max);
    }

    private static String text(Map<?, ?> map, String key) throws StageFailure {
        Object value = map.get(key);
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        throw invalid(key + " must be a text");
    }

    private static Optional<float[]> vector(Object value) throws StageFailure {
        if (value == null) {
            return Optional.empty();
        }
        Optional<float[]> vector = value instanceof String base64 && base64.length() <= 8 * VectorModel.MAX_DIMENSIONS
                ? Vectors.fromBase64(base64).flatMap(Vectors::normalised)
                : Optional.empty();
        if (vector.isEmpty()) {
            throw invalid("vector must be base64 of little-endian float32, at most " + VectorModel.MAX_DIMENSIONS
                    + " numbers and not all zero");
        }
        return vector;
    }

    /** The failure of a question that cannot be asked so; the sentence is without its end. */
    static StageFailure invalid(String what) {
        return StageFailure.permanent("invalid_question", what + ".");
    }
}
