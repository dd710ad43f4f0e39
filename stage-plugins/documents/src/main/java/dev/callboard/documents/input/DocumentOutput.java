package dev.callboard.documents.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The documents that a stage puts out: as they are while they are few and small, else as references to where they are stored
 * ({@link StoredDocument#reference}), so that neither the stage nor the server holds all of them in memory. One document alone is
 * always put out as it is.
 */
public final class DocumentOutput {
    /** Documents that are put out as they are, at most. */
    public static final int MOST_INLINE = 20;

    /** Bytes of JSON of all documents together that are put out as they are, at most: 2 MiB. */
    public static final long MOST_BYTES = 2 << 20;

    private final List<StoredDocument> stored = new ArrayList<>();
    private List<Map<?, ?>> inline = new ArrayList<>();
    private long bytes;

    /** Adds a document. */
    public void add(Map<?, ?> document, StoredDocument where) {
        stored.add(where);
        bytes += where.size();
        if (tooMuch(stored.size(), bytes)) {
            inline = List.of();
        } else {
            inline.add(document);
        }
    }

    /** Whether so many documents or chunks of documents are put out as references. */
    public static boolean tooMuch(int documents, long bytes) {
        return documents > MOST_INLINE || (documents > 1 && bytes > MOST_BYTES);
    }

    /** What goes into the output. */
    public List<?> documents() {
        return inline.size() == stored.size()
                ? inline
                : stored.stream().map(StoredDocument::reference).toList();
    }
}
