package dev.callboard.embed.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The chunks of one document where the stage chunk has stored them: a JSON list.
 *
 * @param blob its SHA-256
 * @param size how many chunks it has
 */
record StoredChunks(String blob, int size) implements ChunkGroup {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build();

    @Override
    public void hashInto(MessageDigest digest) {
        digest.update(blob.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<Chunk> read(BlobStore blobs) throws IOException, StageFailure {
        List<Chunk> chunks = new ArrayList<>();
        try (InputStream in = blobs.open(blob);
                JsonParser json = JSON.createParser(in)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw invalid("is not a JSON list");
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.START_OBJECT || chunks.size() == size) {
                    throw invalid("is not a list of " + size + " chunks");
                }
                chunks.add(chunk(json, chunks.size() + 1));
            }
        } catch (FileNotFoundException e) {
            throw StageFailure.permanent(
                    "missing_blob",
                    "The stored chunks " + shown() + " are not there any more: run the stage chunk again.");
        } catch (JsonProcessingException e) {
            throw invalid("is not valid JSON");
        }
        if (chunks.size() != size) {
            throw invalid("is not a list of " + size + " chunks");
        }
        return chunks;
    }

    private static Chunk chunk(JsonParser json, int place) throws IOException, StageFailure {
        String id = null;
        String docId = null;
        String text = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            String string = value == JsonToken.VALUE_STRING ? json.getText() : null;
            switch (name) {
                case "id" -> id = string;
                case "doc_id" -> docId = string;
                case "text" -> text = string;
                default -> json.skipChildren();
            }
        }
        return Chunk.of(id, docId, text, place);
    }

    private StageFailure invalid(String what) {
        return StageFailure.permanent(
                "invalid_chunks", "What is stored as " + shown() + " " + what + ": run the stage chunk again.");
    }

    private String shown() {
        return blob.substring(0, Math.min(12, blob.length()));
    }
}
