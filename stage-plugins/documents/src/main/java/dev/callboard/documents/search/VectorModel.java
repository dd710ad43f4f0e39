package dev.callboard.documents.search;

import dev.callboard.spi.StageFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What made vectors. Those of two models say nothing about each other.
 *
 * @param name such as {@code all-minilm-l6-v2-q}
 * @param sha256 of what it computes with; the name alone does not say it
 * @param dimensions of each vector
 */
record VectorModel(String name, String sha256, int dimensions) {
    /** What is read at most. Models of today have up to 4,096. */
    static final int MAX_DIMENSIONS = 4_096;

    private static final int LONGEST = 300;

    VectorModel {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(sha256, "sha256 is null");
    }

    /**
     * Reads a map with {@code dimensions} and the model's name and hash.
     *
     * @throws StageFailure {@code invalid_vectors} when one is missing or out of bounds
     */
    static VectorModel from(Map<?, ?> map) throws StageFailure {
        if (map.get("model") instanceof String name
                && map.get("model_sha256") instanceof String sha256
                && map.get("dimensions") instanceof Number number
                && name.length() <= LONGEST
                && sha256.length() <= LONGEST
                && number.intValue() >= 1
                && number.intValue() <= MAX_DIMENSIONS) {
            return new VectorModel(name, sha256, number.intValue());
        }
        throw StageFailure.permanent(
                "invalid_vectors",
                "The vectors need model, model_sha256 and dimensions from 1 to " + MAX_DIMENSIONS
                        + ": run the stage embed again.");
    }

    /** The JSON shape that {@link #from} reads. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", name);
        map.put("model_sha256", sha256);
        map.put("dimensions", dimensions);
        return map;
    }

    /** The index's field for its vectors. Each model has one of its own, so that an index cannot mix them. */
    String field() {
        return "vector " + dimensions + " " + sha256 + " " + name;
    }

    /** For sentences: the name, and as much of the hash as tells two versions apart. */
    String shown() {
        return name + " (" + sha256.substring(0, Math.min(12, sha256.length())) + ", " + dimensions + " dimensions)";
    }
}
