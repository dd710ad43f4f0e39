package dev.callboard.documents.input;

import dev.callboard.spi.StageContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a document's JSON is in the content store.
 *
 * @param docId the document's id
 * @param title the document's
 * @param sha256 of the document's source
 * @param blob the SHA-256 of the JSON
 * @param size of the JSON, in bytes
 */
public record StoredDocument(String docId, String title, String sha256, String blob, long size) {
    /** Stores a document; bytes that are there already are not written again. */
    public static StoredDocument of(StageContext context, Map<?, ?> document) throws IOException {
        StoredJson json = StoredJson.of(context.blobs(), document);
        return of(document, json.blob(), json.size());
    }

    /** A document that is stored already. */
    public static StoredDocument of(Map<?, ?> document, String blob, long size) {
        String docId = String.valueOf(document.get("doc_id"));
        return new StoredDocument(
                docId,
                document.get("title") instanceof String title ? title : docId,
                document.get("sha256") instanceof String sha256 ? sha256 : docId,
                blob,
                size);
    }

    /** In place of the document in an output: {@code {doc_id, title, sha256, blob, media_type}}. */
    public Map<String, Object> reference() {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("doc_id", docId);
        reference.put("title", title);
        reference.put("sha256", sha256);
        reference.put("blob", blob);
        reference.put("media_type", StoredJson.MEDIA_TYPE);
        return reference;
    }
}
