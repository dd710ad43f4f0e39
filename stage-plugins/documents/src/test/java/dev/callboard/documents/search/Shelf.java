package dev.callboard.documents.search;

import dev.callboard.spi.testing.RecordingStageContext;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A project with a library and a folder, on which documents are indexed and questions are asked. */
final class Shelf {
    static final String MODEL = "small-model";
    static final String SHA = "a".repeat(64);

    private final RecordingStageContext context = new RecordingStageContext();

    Shelf(Path folder) {
        context.folder(folder);
    }

    RecordingStageContext context() {
        return context;
    }

    /** A document whose chunks have these texts. */
    record Doc(String id, String title, String lang, List<String> texts) {
        static Doc of(String id, String... texts) {
            return new Doc(id, "Title of " + id, "en", List.of(texts));
        }

        Doc titled(String newTitle) {
            return new Doc(id, newTitle, lang, texts);
        }

        Doc in(String newLang) {
            return new Doc(id, title, newLang, texts);
        }

        Map<String, Object> ir() {
            return Map.of(
                    "doc_id",
                    id,
                    "title",
                    title,
                    "media_type",
                    "text/plain",
                    "lang",
                    lang,
                    "meta",
                    Map.of("name", id + ".txt"),
                    "sections",
                    List.of(Map.of("id", "s1", "title", "2.1 Methods")),
                    "blocks",
                    List.of());
        }

        List<Map<String, Object>> chunks() {
            List<Map<String, Object>> chunks = new ArrayList<>();
            int start = 0;
            for (String text : texts) {
                Map<String, Object> chunk = new LinkedHashMap<>();
                chunk.put("id", id + "-" + chunks.size());
                chunk.put("doc_id", id);
                chunk.put("section", chunks.isEmpty() ? null : "s1");
                chunk.put("start", start);
                start += text.codePointCount(0, text.length());
                chunk.put("end", start);
                chunk.put("text", text);
                chunks.add(chunk);
            }
            return chunks;
        }
    }

    /** Indexes documents in one task, without vectors. */
    Map<String, Object> index(Doc... docs) throws Exception {
        return map(new IndexStage().execute(task(List.of(docs)), chunks(List.of(docs))));
    }

    /** Indexes documents in one task, with a vector for each chunk id that is in the map. */
    Map<String, Object> index(Map<String, float[]> vectors, Doc... docs) throws Exception {
        RecordingStageContext task = task(List.of(docs));
        return map(new IndexStage().execute(task, batch(MODEL, SHA, vectors)));
    }

    RecordingStageContext task(List<Doc> docs) {
        return context.state("document", docs.stream().map(Doc::ir).toList()).state("chunks", chunks(docs));
    }

    static List<Map<String, Object>> chunks(List<Doc> docs) {
        return docs.stream().flatMap(doc -> doc.chunks().stream()).toList();
    }

    Map<String, Object> batch(String model, String sha256, Map<String, float[]> vectors) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        vectors.values().forEach(vector -> bytes.writeBytes(bytes(vector)));
        Map<String, Object> batch = new HashMap<>();
        batch.put("model", model);
        batch.put("model_sha256", sha256);
        batch.put("dimensions", vectors.values().iterator().next().length);
        batch.put("blob", context.blobs().put(bytes.toByteArray()));
        batch.put("vectors", List.copyOf(vectors.keySet()));
        return batch;
    }

    static byte[] bytes(float[] vector) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }

    static String base64(float... vector) {
        return Base64.getEncoder().encodeToString(bytes(vector));
    }

    Map<String, Object> ask(String q) throws Exception {
        return ask(Map.of("q", q, "mode", "text"));
    }

    Map<String, Object> ask(Map<String, Object> question) throws Exception {
        return map(new SearchQuestion().execute(context, question));
    }

    /** The chunk ids that a text question finds, best first. */
    List<Object> found(String q) throws Exception {
        return ids(ask(Map.of("q", q, "mode", "text", "limit", 100)));
    }

    static List<Object> ids(Map<String, Object> answer) {
        return items(answer).stream().map(item -> item.get("chunk_id")).toList();
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> items(Map<String, Object> answer) {
        return (List<Map<String, Object>>) answer.get("items");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<String> warnings(Map<String, Object> answer) {
        return (List<String>) answer.get("warnings");
    }
}
