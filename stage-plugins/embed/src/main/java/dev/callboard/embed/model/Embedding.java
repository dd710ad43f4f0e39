package dev.callboard.embed.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A text as a model sees it.
 *
 * @param vector of the length 1
 * @param truncated whether the text is longer than the model reads: the vector is of its beginning
 */
public record Embedding(float[] vector, boolean truncated) {
    /**
     * Makes the vector's length 1.
     *
     * @param vector any numbers
     * @throws ArithmeticException when it has no direction: a number is not finite, or all are zero
     */
    public static Embedding of(double[] vector, boolean truncated) {
        double sum = 0;
        for (double each : vector) {
            sum += each * each;
        }
        double length = Math.sqrt(sum);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new ArithmeticException("a vector without a direction");
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return new Embedding(unit, truncated);
    }

    /** The vector as it is stored: little-endian IEEE 754 floats, 4 bytes each. */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }
}
