package dev.callboard.documents.search;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Optional;

/** Vectors as bytes: little-endian float32, as they are stored and sent. */
final class Vectors {
    /** No vector. */
    static final float[] NONE = {};

    /** How far from 1 the length of a normalised vector may be: float32 with some thousand dimensions stays far below. */
    private static final double TOLERANCE = 0.01;

    private Vectors() {}

    static float[] of(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    static String toBase64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** Reads base64; empty when it is not base64 of whole numbers of float32. */
    static Optional<float[]> fromBase64(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length % Float.BYTES == 0 ? Optional.of(of(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether it is of length 1, and with that, whether all its numbers are numbers. */
    static boolean isNormalised(float[] vector) {
        return Math.abs(length(vector) - 1) < TOLERANCE;
    }

    /** The vector of length 1 with the same direction; empty when it has none. */
    static Optional<float[]> normalised(float[] vector) {
        double length = length(vector);
        if (!(length > 0 && length < Double.POSITIVE_INFINITY)) {
            return Optional.empty();
        }
        float[] result = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            result[i] = (float) (vector[i] / length);
        }
        return Optional.of(result);
    }

    private static double length(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
