package dev.callboard.embed;

import dev.callboard.embed.input.Chunk;
import dev.callboard.embed.model.EmbeddingModel;
import dev.callboard.spi.Library.Part;
import dev.callboard.spi.StageContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vectors that the project's library has of its documents, each document's in a part {@code vectors}: facts {@code {vectors, model,
 * model_sha256, dimensions, truncated, chunks_sha256}} and the vectors themselves. {@code chunks_sha256} is a hash of the chunks, their ids and texts. Of a
 * document that is embedded again, by the same model and with the same chunks, they are taken and not made anew: when a stage is run
 * again because some of its documents could not be read, only those are work.
 */
final class DocumentVectors {
    private static final String PART = "vectors";

    private final StageContext context;
    private final EmbeddingModel model;

    DocumentVectors(StageContext context, EmbeddingModel model) {
        this.context = context;
        this.model = model;
    }

    /**
     * Vectors in the content store.
     *
     * @param truncated how many of the texts are longer than the model reads
     */
    record Known(String blob, int dimensions, int truncated) {}

    /**
     * The vectors of a document, if the library has them.
     *
     * @param chunks all of the document
     */
    Optional<Known> find(List<Chunk> chunks) throws IOException {
        String document = chunks.get(0).docId();
        Optional<Part> part =
                document.isEmpty() ? Optional.empty() : context.library().part(document, PART);
        if (part.isEmpty() || part.get().blob() == null) {
            return Optional.empty();
        }
        Map<String, Object> facts = part.get().facts();
        String blob = part.get().blob();
        return model.sha256().equals(facts.get("model_sha256"))
                        && facts.get("dimensions") instanceof Number dimensions
                        && facts.get("truncated") instanceof Number truncated
                        && fits(chunks).equals(facts.get("chunks_sha256"))
                        && context.blobs().size(blob) == (long) chunks.size() * dimensions.intValue() * Float.BYTES
                ? Optional.of(new Known(blob, dimensions.intValue(), truncated.intValue()))
                : Optional.empty();
    }

    /**
     * Puts the part of a document.
     *
     * @param bytes its vectors
     */
    void put(List<Chunk> chunks, int dimensions, int truncated, InputStream bytes) throws IOException {
        Map<String, Object> facts = facts(chunks.size());
        facts.put("dimensions", dimensions);
        facts.put("truncated", truncated);
        facts.put("chunks_sha256", fits(chunks));
        String document = chunks.get(0).docId();
        context.library().put(new Part(document, PART, facts, context.blobs().put(bytes)));
    }

    /** Puts the part of a document of which nothing can be taken later. */
    void put(String document, int vectors) throws IOException {
        context.library().put(new Part(document, PART, facts(vectors), null));
    }

    private Map<String, Object> facts(int vectors) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("vectors", vectors);
        facts.put("model", model.name());
        facts.put("model_sha256", model.sha256());
        return facts;
    }

    private static String fits(List<Chunk> chunks) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            chunks.forEach(chunk -> chunk.hashInto(digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
