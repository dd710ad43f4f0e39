package dev.callboard.documents.chunk;

import dev.callboard.documents.input.DocumentOutput;
import dev.callboard.documents.input.StoredJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chunks that the stage puts out: as they are while they are of few documents and small, else for each document where its chunks
 * are stored, {@code {doc_id, title, sha256, blob, media_type, chunks}}, the last of them their number. Those of one document alone
 * are always put out as they are.
 */
final class ChunkOutput {
    private final List<Map<String, Object>> references = new ArrayList<>();
    private List<Map<String, Object>> inline = new ArrayList<>();
    private long count;
    private long bytes;

    /** Adds all chunks of a document. */
    void add(Passages document, List<Map<String, Object>> chunks, StoredJson stored) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("doc_id", document.docId());
        reference.put("title", document.title());
        reference.put("sha256", document.sha256());
        reference.put("blob", stored.blob());
        reference.put("media_type", StoredJson.MEDIA_TYPE);
        reference.put("chunks", chunks.size());
        references.add(reference);
        count += chunks.size();
        bytes += stored.size();
        if (isStored()) {
            inline = List.of();
        } else {
            inline.addAll(chunks);
        }
    }

    private boolean isStored() {
        return DocumentOutput.tooMuch(references.size(), bytes);
    }

    /** How many chunks of all documents there are. */
    long count() {
        return count;
    }

    /** The output: a list of chunks, or of references. */
    List<?> chunks() {
        return isStored() ? references : inline;
    }

    /** How many chunks an output of the stage stands for. */
    static long countOf(Object output) {
        if (!(output instanceof List<?> list)) {
            return 0;
        }
        return list.stream()
                .mapToLong(element -> element instanceof Map<?, ?> map && map.get("chunks") instanceof Number chunks
                        ? chunks.longValue()
                        : 1)
                .sum();
    }
}
