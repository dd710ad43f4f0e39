package dev.callboard.embed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chunks as the stage chunk puts them out, and what comes of them. */
final class Chunks {
    private Chunks() {}

    static Map<String, Object> chunk(String id, String docId, String text) {
        Map<String, Object> chunk = new LinkedHashMap<>();
        chunk.put("id", id);
        chunk.put("doc_id", docId);
        chunk.put("block_ids", List.of("b1"));
        chunk.put("section", "s1");
        chunk.put("start", 0);
        chunk.put("end", text.length());
        chunk.put("text", text);
        chunk.put("tokens", text.split(" ").length);
        return chunk;
    }

    /** Different texts of one document: c0, c1 and so on. */
    static List<Map<String, Object>> many(int count, String docId) {
        List<Map<String, Object>> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chunks.add(chunk(
                    docId + "-c" + i,
                    docId,
                    "Herd " + i + " of " + docId + " has " + i * 7 % 31 + " goats with fever."));
        }
        return chunks;
    }

    /** The vectors of stored bytes. */
    static List<float[]> vectors(byte[] bytes, int dimensions) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<float[]> vectors = new ArrayList<>();
        while (buffer.hasRemaining()) {
            float[] vector = new float[dimensions];
            for (int i = 0; i < dimensions; i++) {
                vector[i] = buffer.getFloat();
            }
            vectors.add(vector);
        }
        return vectors;
    }

    static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
