package dev.callboard.documents.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callboard.spi.Library;
import dev.callboard.spi.StageContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a document beside its chunks: its title, its sections' titles and the like. It stands in the task's state;
 * or a blob has it that the state, or else the library's part {@code document}, names. Of a blob, text and blocks are not
 * read.
 */
final class KnownDocuments {
    private static final Set<String> READ = Set.of("doc_id", "title", "media_type", "lang", "meta", "sections");
    private static final List<String> IDENTIFIERS = List.of("doi", "pmid", "pmcid", "nct_id", "name");
    private static final JsonMapper MAPPER =
            JsonMapper.builder(new JsonFactory()).build();

    private final StageContext context;
    private final Map<String, Map<?, ?>> inState = new HashMap<>();

    KnownDocuments(StageContext context) {
        this.context = context;
        collect(context.state().get("document"));
    }

    private void collect(Object value) {
        if (value instanceof List<?> list) {
            list.forEach(this::collect);
        } else if (value instanceof Map<?, ?> map) {
            if (map.get("doc_id") instanceof String docId) {
                inState.put(docId, map);
            } else {
                map.values().stream().filter(List.class::isInstance).forEach(this::collect);
            }
        }
    }

    /**
     * A document's own fields, all optional: {@code title}, {@code media_type}, {@code lang}, {@code meta}, {@code sections}.
     * Empty when nothing is known of it, as where the stage parse did not run.
     */
    Map<?, ?> fields(String docId) throws IOException {
        Map<?, ?> given = inState.getOrDefault(docId, Map.of());
        if (given.containsKey("sections")) {
            return given;
        }
        if (given.get("blob") instanceof String blob) {
            return read(blob).orElse(given);
        }
        Optional<Library.Part> part = context.library().part(docId, "document");
        if (part.isEmpty()) {
            return given;
        }
        return part.get().blob() == null
                ? part.get().facts()
                : read(part.get().blob()).orElse(part.get().facts());
    }

    /** The fields of a stored document; empty when the blob is gone or something else. */
    private Optional<Map<?, ?>> read(String blob) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        try (InputStream in = context.blobs().open(blob);
                JsonParser json = MAPPER.getFactory().createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (READ.contains(name)) {
                    fields.put(name, MAPPER.readValue(json, Object.class));
                } else {
                    json.skipChildren();
                }
            }
            return Optional.of(fields);
        } catch (FileNotFoundException | JsonProcessingException e) {
            context.log("The stored document " + blob + " cannot be read: titles of sections are missing.");
            return Optional.empty();
        }
    }

    /** A document for the index, from its {@link #fields}. */
    static IndexedDocument document(String docId, Map<?, ?> fields, Optional<VectorModel> model) {
        Map<?, ?> meta = fields.get("meta") instanceof Map<?, ?> map ? map : Map.of();
        List<String> identifiers = IDENTIFIERS.stream()
                .map(meta::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(identifier -> !identifier.isBlank())
                .distinct()
                .toList();
        return new IndexedDocument(
                docId, text(fields, "title"), text(fields, "media_type"), text(fields, "lang"), identifiers, model);
    }

    /** Section id to title, from a document's {@link #fields}. */
    static Map<String, String> sectionTitles(Map<?, ?> fields) {
        Map<String, String> titles = new HashMap<>();
        if (fields.get("sections") instanceof List<?> sections) {
            for (Object element : sections) {
                if (element instanceof Map<?, ?> section && section.get("id") instanceof String id) {
                    titles.put(id, text(section, "title"));
                }
            }
        }
        return titles;
    }

    private static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }
}
