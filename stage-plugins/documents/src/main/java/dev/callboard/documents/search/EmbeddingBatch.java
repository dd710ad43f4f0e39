package dev.callboard.documents.search;

import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the stage embed puts out: {@code {model, model_sha256, dimensions, blob, vectors: [chunk id, …]}}. The vectors are
 * copied into a temporary file and read from it one by one: those of 1,000 papers do not fit the process's heap.
 */
final class EmbeddingBatch implements Closeable {
    private final Optional<VectorModel> model;
    private final Map<String, Integer> positions;
    private final Path file;
    private final FileChannel channel;

    private EmbeddingBatch(Optional<VectorModel> model, Map<String, Integer> positions, Path file) throws IOException {
        this.model = model;
        this.positions = positions;
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /** Whether a map is one. */
    static boolean isBatch(Map<?, ?> map) {
        return map.get("vectors") instanceof List<?> && map.get("blob") instanceof String;
    }

    /**
     * The batch of this task: the previous stage's output, or else that of the state. One without vectors when embed was not
     * selected.
     *
     * @throws StageFailure {@code invalid_vectors} when it is not as the class says, {@code missing_blob}
     */
    static EmbeddingBatch open(StageContext context, Object input) throws IOException, StageFailure {
        Optional<Map<?, ?>> found = find(input).or(() -> find(context.state().get("embedding_batch")));
        Path file = Files.createTempFile("vectors-", ".f32");
        try {
            return found.isEmpty()
                    ? new EmbeddingBatch(Optional.empty(), Map.of(), file)
                    : open(context, found.get(), file);
        } catch (IOException | StageFailure e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static Optional<Map<?, ?>> find(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        if (isBatch(map)) {
            return Optional.of(map);
        }
        for (Object inner : map.values()) {
            if (inner instanceof Map<?, ?> batch && isBatch(batch)) {
                return Optional.of(batch);
            }
        }
        return Optional.empty();
    }

    private static EmbeddingBatch open(StageContext context, Map<?, ?> batch, Path file)
            throws IOException, StageFailure {
        VectorModel model = VectorModel.from(batch);
        Map<String, Integer> positions = new HashMap<>();
        List<?> ids = (List<?>) batch.get("vectors");
        for (Object id : ids) {
            if (!(id instanceof String chunk) || positions.put(chunk, positions.size()) != null) {
                throw invalid("name the chunk " + id + " twice, or not by an id");
            }
        }
        try (InputStream in = context.blobs().open((String) batch.get("blob"))) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileNotFoundException e) {
            throw StageFailure.permanent(
                    "missing_blob", "The vectors are not in the content store: run the stage embed again.");
        }
        long expected = (long) ids.size() * model.dimensions() * Float.BYTES;
        if (Files.size(file) != expected) {
            throw invalid("have " + Files.size(file) + " bytes and not " + expected);
        }
        return new EmbeddingBatch(Optional.of(model), positions, file);
    }

    /** What made them; empty when there are none. */
    Optional<VectorModel> model() {
        return model;
    }

    boolean has(String chunkId) {
        return positions.containsKey(chunkId);
    }

    /** The vector of a chunk, {@link Vectors#NONE} when it has none. */
    float[] vector(String chunkId) throws IOException, StageFailure {
        Integer position = positions.get(chunkId);
        if (position == null) {
            return Vectors.NONE;
        }
        ByteBuffer bytes = ByteBuffer.allocate(model.orElseThrow().dimensions() * Float.BYTES);
        long start = (long) position * bytes.capacity();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException(file + " is shorter than it was");
            }
        }
        float[] vector = Vectors.of(bytes.array());
        if (!Vectors.isNormalised(vector)) {
            throw invalid("are not of length 1 at the chunk " + chunkId);
        }
        return vector;
    }

    private static StageFailure invalid(String what) {
        return StageFailure.permanent("invalid_vectors", "The vectors " + what + ": run the stage embed again.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
