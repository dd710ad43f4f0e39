package dev.callboard.documents.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * A document that is given by the bytes it is stored as: {@code {blob: sha256}}, possibly with {@code size}, {@code name} and a
 * JSON {@code media_type}. A gate hands on such a reference that a client put into the ledger; parse and ir-validation put them out
 * when there are many ({@link StoredDocument#reference}).
 */
final class DocumentReference {
    /** The largest document that is read, in bytes. */
    static final int MAX_BYTES = 100 << 20;

    private static final ObjectMapper MAPPER = StrictJson.mapper(MAX_BYTES);

    private DocumentReference() {}

    /** What stages after parse make of documents and store: chunks, vectors, entities. */
    private static final List<String> MADE_OF_DOCUMENTS = List.of("chunks", "vectors", "entities");

    /** Whether a map names stored bytes that may be a document; what was made of one is none. */
    static boolean isReference(Map<?, ?> map) {
        if (!(map.get("blob") instanceof String) || !Payload.isPayload(map) || isMadeOfDocument(map)) {
            return false;
        }
        Object type = map.get("media_type");
        return type == null
                || type.equals("application/json")
                || String.valueOf(type).endsWith("+json");
    }

    private static boolean isMadeOfDocument(Map<?, ?> map) {
        return MADE_OF_DOCUMENTS.stream().anyMatch(map::containsKey);
    }

    /** Reads the document. Fails with {@code missing_blob} or {@code invalid_document}, both permanent. */
    static Map<?, ?> read(StageContext context, Map<?, ?> map) throws StageFailure {
        Payload payload = named(map);
        byte[] bytes;
        try (InputStream in = context.blobs().open(payload.sha256())) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (FileNotFoundException e) {
            throw StageFailure.permanent(
                    "missing_blob", payload.shownName() + " is not in the content store: upload it again.");
        } catch (IOException e) {
            throw StageFailure.retryable(
                    "unreadable_blob", payload.shownName() + " cannot be read: " + e.getMessage() + ".", e);
        }
        if (bytes.length > MAX_BYTES) {
            throw invalid(payload, "has more than " + MAX_BYTES + " bytes");
        }
        try {
            if (MAPPER.readValue(bytes, Object.class) instanceof Map<?, ?> document
                    && StageInput.isDocument(document)) {
                return document;
            }
        } catch (JsonProcessingException e) {
            throw invalid(
                    payload, "is not valid JSON: " + e.getOriginalMessage().replaceAll("\\s+", " "));
        } catch (IOException e) {
            throw invalid(payload, "is not valid JSON: " + e.getMessage());
        }
        throw invalid(payload, "is no document: it needs doc_id, text, sections and blocks");
    }

    /** A stored document has a title and no file name. */
    private static Payload named(Map<?, ?> map) {
        Payload payload = Payload.from(map);
        return payload.name().isEmpty() && map.get("title") instanceof String title
                ? new Payload(payload.sha256(), payload.size(), payload.mediaType(), title)
                : payload;
    }

    private static StageFailure invalid(Payload payload, String what) {
        return StageFailure.permanent("invalid_document", payload.shownName() + " " + what + ".");
    }
}
