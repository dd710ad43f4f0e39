package dev.callboard.documents.input;

import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.util.Map;

/**
 * A document that a stage works on: as it came in the output of an earlier stage, or stored, and then read only when it is its turn.
 * Many documents in one task never are in memory together.
 */
public final class GivenDocument {
    private final StageContext context;
    private final Map<?, ?> map;
    private final boolean stored;

    private GivenDocument(StageContext context, Map<?, ?> map, boolean stored) {
        this.context = context;
        this.map = map;
        this.stored = stored;
    }

    static GivenDocument inline(StageContext context, Map<?, ?> document) {
        return new GivenDocument(context, document, false);
    }

    static GivenDocument stored(StageContext context, Map<?, ?> reference) {
        return new GivenDocument(context, reference, true);
    }

    /** One of which nothing but its bytes is known. */
    public static GivenDocument ofBlob(StageContext context, String blob) {
        return stored(context, Map.of("blob", blob));
    }

    /**
     * The document. One that is stored is read anew by each call: keep it no longer than needed.
     *
     * @throws StageFailure {@code missing_blob}, {@code invalid_document} or {@code unreadable_blob} when a stored one cannot be
     *     read
     */
    public Map<?, ?> read() throws StageFailure {
        return stored ? DocumentReference.read(context, map) : map;
    }

    /**
     * Where it is stored; one that came in an output is stored now.
     *
     * @param document what {@link #read} gave
     */
    public StoredDocument store(Map<?, ?> document) throws IOException {
        if (!stored) {
            return StoredDocument.of(context, document);
        }
        String blob = (String) map.get("blob");
        return StoredDocument.of(document, blob, context.blobs().size(blob));
    }

    /** A few words that name it while it is not read yet: its title, else its id or file name. */
    public String shownName() {
        for (String key : new String[] {"title", "name", "doc_id"}) {
            if (map.get(key) instanceof String name && !name.isBlank()) {
                return new Payload("", -1, "", name).shownName();
            }
        }
        return "a document";
    }
}
