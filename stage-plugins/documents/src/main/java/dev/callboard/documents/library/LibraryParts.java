package dev.callboard.documents.library;

import dev.callboard.documents.input.StoredDocument;
import dev.callboard.documents.input.StoredJson;
import dev.callboard.documents.ir.CleanText;
import dev.callboard.spi.Library;
import dev.callboard.spi.Library.Part;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the stages of this plugin keep of a document in its project's library, each part under a name of its own. */
public final class LibraryParts {
    private static final String DOCUMENT = "document";
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_TITLE = 1000;

    private LibraryParts() {}

    /**
     * Keeps the part {@code document}: facts {@code {title, media_type, sha256, lang, source, blocks, sections, left_out}}, of which
     * {@code left_out} is a number of characters, and the whole document as JSON.
     *
     * @param document an IR
     */
    public static void putDocument(Library library, Map<?, ?> document, StoredDocument stored) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("title", CleanText.atMost(stored.title(), LONGEST_TITLE));
        facts.put("media_type", document.get("media_type"));
        facts.put("sha256", document.get("sha256"));
        facts.put("lang", document.get("lang"));
        facts.put("source", source(document));
        facts.put("blocks", size(document.get("blocks")));
        facts.put("sections", size(document.get("sections")));
        facts.put("left_out", leftOut(document));
        library.put(new Part(stored.docId(), DOCUMENT, facts, stored.blob()));
    }

    /** Keeps it if the library has none, or another: a document need not come from the stage parse. */
    public static void putDocumentIfOther(Library library, Map<?, ?> document, StoredDocument stored)
            throws IOException {
        boolean same = library.part(stored.docId(), DOCUMENT)
                .filter(part -> stored.blob().equals(part.blob()))
                .isPresent();
        if (!same) {
            putDocument(library, document, stored);
        }
    }

    /** Keeps the part {@code quality}: facts {@code {quality: {…}}}. */
    public static void putQuality(Library library, String docId, Map<String, Object> quality) throws IOException {
        library.put(new Part(docId, "quality", Map.of("quality", quality), null));
    }

    /** Keeps the part {@code chunks}: facts {@code {chunks: n}}, and the list of chunks as JSON. */
    public static void putChunks(Library library, String docId, int chunks, StoredJson stored) throws IOException {
        library.put(new Part(docId, "chunks", Map.of("chunks", chunks), stored.blob()));
    }

    private static Map<String, Object> source(Map<?, ?> document) {
        Map<String, Object> source = new LinkedHashMap<>();
        if (document.get("source") instanceof Map<?, ?> given) {
            if (given.get("name") instanceof String name) {
                source.put("name", CleanText.atMost(name, LONGEST_NAME));
            }
            if (given.get("characters") instanceof Number characters) {
                source.put("characters", characters);
            }
        }
        return source;
    }

    private static int size(Object list) {
        return list instanceof List<?> elements ? elements.size() : 0;
    }

    private static long leftOut(Map<?, ?> document) {
        long characters = 0;
        if (document.get("left_out") instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map && map.get("chars") instanceof Number chars) {
                    characters += chars.longValue();
                }
            }
        }
        return characters;
    }
}
