package dev.callboard.documents.search;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The library's part {@code index} of a document, all that the index needs of it: {@code {format: 1, doc_id, title, media_type,
 * lang, identifiers, model: {model, model_sha256, dimensions} | null, chunks: [{id, section, section_title, start, end, text,
 * vector?}]}}, a vector as base64 of little-endian float32. The same document has the same bytes, and with that the same blob.
 *
 * <p>It is written and read chunk by chunk: that of a book with vectors has 50 MB.
 */
final class IndexPart {
    /** The part's name in the library. */
    static final String NAME = "index";

    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER =
            JsonMapper.builder(new JsonFactory()).build();

    private IndexPart() {}

    /** A part that is not as it should be; reading it again is of no use. */
    static final class UnreadablePart extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadablePart(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Takes chunks one by one. */
    interface ChunkSink {
        /** Takes the next. */
        void take(IndexedChunk chunk) throws IOException;
    }

    /** Has the chunks of one document. */
    interface Chunks {
        /** Gives all, in their order in the document. */
        void forEach(ChunkSink sink) throws IOException, StageFailure;
    }

    /** Takes what is in a part. */
    interface Reader extends ChunkSink {
        /** Takes the document; before its chunks. */
        void document(IndexedDocument document) throws IOException;
    }

    /**
     * Writes one.
     *
     * @return its blob
     */
    static String store(BlobStore blobs, IndexedDocument document, Chunks chunks) throws IOException, StageFailure {
        Path file = Files.createTempFile("index-part-", ".json");
        try {
            try (JsonGenerator json = MAPPER.getFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
                json.writeStartObject();
                write(json, document);
                json.writeArrayFieldStart("chunks");
                chunks.forEach(chunk -> write(json, chunk));
                json.writeEndArray();
                json.writeEndObject();
            }
            try (InputStream in = Files.newInputStream(file)) {
                return blobs.put(in);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void write(JsonGenerator json, IndexedDocument document) throws IOException {
        json.writeNumberField("format", FORMAT);
        json.writeStringField("doc_id", document.docId());
        json.writeStringField("title", document.title());
        json.writeStringField("media_type", document.mediaType());
        json.writeStringField("lang", document.lang());
        json.writeObjectField("identifiers", document.identifiers());
        json.writeObjectField("model", document.model().map(VectorModel::toMap).orElse(null));
    }

    private static void write(JsonGenerator json, IndexedChunk chunk) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", chunk.id());
        json.writeStringField("section", chunk.section());
        json.writeStringField("section_title", chunk.sectionTitle());
        json.writeNumberField("start", chunk.start());
        json.writeNumberField("end", chunk.end());
        json.writeStringField("text", chunk.text());
        if (chunk.hasVector()) {
            json.writeStringField("vector", Vectors.toBase64(chunk.vector()));
        }
        json.writeEndObject();
    }

    /**
     * Reads one.
     *
     * @throws UnreadablePart when it is not as the class says
     * @throws IOException when the stream or the reader throws one
     */
    static void read(InputStream in, Reader reader) throws IOException {
        try (JsonParser json = MAPPER.getFactory().createParser(in)) {
            read(json, reader);
        } catch (JsonProcessingException e) {
            throw new UnreadablePart("the part " + NAME + " is not valid JSON", e);
        }
    }

    private static void read(JsonParser json, Reader reader) throws IOException {
        Map<String, JsonNode> head = new HashMap<>();
        expect(json.nextToken() == JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME && !json.currentName().equals("chunks")) {
            String name = json.currentName();
            json.nextToken();
            head.put(name, MAPPER.readTree(json));
        }
        expect(json.currentToken() == JsonToken.FIELD_NAME && json.nextToken() == JsonToken.START_ARRAY);
        IndexedDocument document = document(head);
        int dimensions = document.model().map(VectorModel::dimensions).orElse(0);
        reader.document(document);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            reader.take(chunk(MAPPER.readTree(json), dimensions));
        }
        expect(json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == JsonToken.END_OBJECT);
    }

    private static IndexedDocument document(Map<String, JsonNode> head) throws IOException {
        expect(head.containsKey("format") && head.get("format").asInt() == FORMAT);
        JsonNode model = head.get("model");
        List<String> identifiers = new ArrayList<>();
        for (JsonNode identifier : node(head, "identifiers")) {
            identifiers.add(identifier.asText());
        }
        return new IndexedDocument(
                node(head, "doc_id").asText(),
                node(head, "title").asText(),
                node(head, "media_type").asText(),
                node(head, "lang").asText(),
                identifiers,
                model == null || model.isNull() ? Optional.empty() : Optional.of(model(model)));
    }

    private static JsonNode node(Map<String, JsonNode> head, String name) throws IOException {
        expect(head.containsKey(name));
        return head.get(name);
    }

    private static VectorModel model(JsonNode node) throws IOException {
        try {
            return VectorModel.from(MAPPER.convertValue(node, Map.class));
        } catch (StageFailure | IllegalArgumentException e) {
            throw new UnreadablePart("the part " + NAME + " names no model for its vectors", e);
        }
    }

    private static IndexedChunk chunk(JsonNode node, int dimensions) throws IOException {
        float[] vector = Vectors.NONE;
        if (node.has("vector")) {
            vector = Vectors.fromBase64(node.get("vector").asText()).orElse(Vectors.NONE);
            expect(vector.length == dimensions && dimensions > 0 && Vectors.isNormalised(vector));
        }
        expect(node.path("id").isTextual() && node.path("text").isTextual());
        return new IndexedChunk(
                node.path("id").asText(),
                node.path("section").asText(),
                node.path("section_title").asText(),
                node.path("start").asInt(),
                node.path("end").asInt(),
                node.path("text").asText(),
                vector);
    }

    private static void expect(boolean holds) throws IOException {
        if (!holds) {
            throw new UnreadablePart("the part " + NAME + " is not in format " + FORMAT, null);
        }
    }
}
