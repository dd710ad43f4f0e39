package dev.callboard.documents.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The chunks of one document: as they came in the output of an earlier stage, or stored, and then read only when asked for. */
public final class DocumentChunks {
    private static final int MAX_BYTES = 100 << 20;
    private static final ObjectMapper MAPPER = StrictJson.mapper(MAX_BYTES);

    private final StageContext context;
    private final String docId;
    private final List<Map<?, ?>> given = new ArrayList<>();

    DocumentChunks(StageContext context, String docId) {
        this.context = context;
        this.docId = docId;
    }

    /** Whether a map is a chunk: {@code {doc_id, start, text, …}}. */
    static boolean isChunk(Map<?, ?> map) {
        return map.get("doc_id") instanceof String
                && map.get("start") instanceof Number
                && map.get("text") instanceof String;
    }

    /** Whether a map stands for the chunks of a document: {@code {doc_id, blob, chunks, …}}, the last of them their number. */
    static boolean isReference(Map<?, ?> map) {
        return map.get("doc_id") instanceof String
                && map.get("blob") instanceof String
                && map.get("chunks") instanceof Number;
    }

    void add(Map<?, ?> chunkOrReference) {
        given.add(chunkOrReference);
    }

    /** The document's id. */
    public String docId() {
        return docId;
    }

    /**
     * The chunks, in order; each has {@code doc_id}, {@code start} and {@code text}.
     *
     * @throws StageFailure {@code missing_blob} or {@code invalid_chunks}, both permanent
     */
    public List<Map<?, ?>> read() throws StageFailure, IOException {
        List<Map<?, ?>> chunks = new ArrayList<>();
        for (Map<?, ?> map : given) {
            if (isChunk(map)) {
                chunks.add(map);
            } else {
                readStored((String) map.get("blob"), chunks);
            }
        }
        return chunks;
    }

    private void readStored(String blob, List<Map<?, ?>> chunks) throws StageFailure, IOException {
        try (InputStream in = context.blobs().open(blob)) {
            Object value = MAPPER.readValue(in, Object.class);
            if (!(value instanceof List<?> list)) {
                throw invalid();
            }
            for (Object element : list) {
                if (!(element instanceof Map<?, ?> chunk) || !isChunk(chunk)) {
                    throw invalid();
                }
                chunks.add(chunk);
            }
        } catch (FileNotFoundException e) {
            throw StageFailure.permanent(
                    "missing_blob",
                    "The chunks of the document " + docId
                            + " are not in the content store: run the stage chunk again.");
        } catch (JsonProcessingException e) {
            throw invalid();
        }
    }

    private StageFailure invalid() {
        return StageFailure.permanent(
                "invalid_chunks",
                "What is stored as chunks of the document " + docId + " is something else: run the stage chunk again.");
    }
}
