package dev.callboard.documents.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chunks of one document that a stage works on: as they came in the output of the stage chunk, or stored
 * ({@code {doc_id, title, sha256, blob, media_type, chunks}}), and then read only when it is their turn.
 */
public final class GivenChunks {
    /** The most bytes of a stored list that is read. */
    private static final int MAX_BYTES = 200 << 20;

    private static final ObjectMapper MAPPER = StrictJson.mapper(MAX_BYTES);

    private final StageContext context;
    private final String docId;
    private final String blob;
    private final int size;
    private final List<Map<?, ?>> inline = new ArrayList<>();

    private GivenChunks(StageContext context, String docId, String blob, int size) {
        this.context = context;
        this.docId = docId;
        this.blob = blob;
        this.size = size;
    }

    /**
     * The chunks to work on, by document, in order: those in the input, else those in the task's state.
     *
     * @return possibly none
     */
    public static List<GivenChunks> find(StageContext context, Object input) {
        Map<String, GivenChunks> found = new LinkedHashMap<>();
        collect(context, input, found);
        if (found.isEmpty()) {
            collect(context, context.state().get("chunks"), found);
        }
        return List.copyOf(found.values());
    }

    /** Lists are walked; a map that is neither a chunk nor a document is taken for outputs of several stages by name. */
    private static void collect(StageContext context, Object value, Map<String, GivenChunks> found) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collect(context, element, found));
        } else if (value instanceof Map<?, ?> map && !StageInput.isDocument(map)) {
            if (map.get("doc_id") instanceof String id && map.get("text") instanceof String) {
                found.computeIfAbsent(id, key -> new GivenChunks(context, id, null, 0))
                        .inline
                        .add(map);
            } else if (map.get("doc_id") instanceof String id
                    && map.get("blob") instanceof String blob
                    && map.get("chunks") instanceof Number chunks) {
                found.put(id, new GivenChunks(context, id, blob, chunks.intValue()));
            } else {
                map.values().stream()
                        .filter(element -> element instanceof List<?>)
                        .forEach(element -> collect(context, element, found));
            }
        }
    }

    /** The document's id. */
    public String docId() {
        return docId;
    }

    /** How many chunks there are. */
    public int size() {
        return blob == null ? inline.size() : size;
    }

    /**
     * The chunks, in order. Those that are stored are read anew by each call: keep them no longer than needed.
     *
     * @throws StageFailure {@code missing_blob}, {@code invalid_chunks} or {@code unreadable_blob} when stored ones cannot be read
     */
    public List<Map<?, ?>> read() throws StageFailure {
        if (blob == null) {
            return inline;
        }
        try (InputStream in = context.blobs().open(blob)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length <= MAX_BYTES && MAPPER.readValue(bytes, Object.class) instanceof List<?> list) {
                List<Map<?, ?>> chunks = new ArrayList<>();
                list.forEach(element -> chunks.add(element instanceof Map<?, ?> map ? map : Map.of()));
                return chunks;
            }
            throw invalid();
        } catch (FileNotFoundException e) {
            throw StageFailure.permanent(
                    "missing_blob",
                    "The chunks of the document " + docId
                            + " are not in the content store any more: run the stage chunk again.");
        } catch (JsonProcessingException e) {
            throw invalid();
        } catch (IOException e) {
            throw StageFailure.retryable(
                    "unreadable_blob",
                    "The chunks of the document " + docId + " cannot be read: " + e.getMessage() + ".",
                    e);
        }
    }

    private StageFailure invalid() {
        return StageFailure.permanent(
                "invalid_chunks",
                "The chunks of the document " + docId + " are not a list: run the stage chunk again.");
    }
}
