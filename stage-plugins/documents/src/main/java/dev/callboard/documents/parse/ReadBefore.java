package dev.callboard.documents.parse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.callboard.documents.DocumentsPlugin;
import dev.callboard.documents.input.Payload;
import dev.callboard.documents.input.StoredJson;
import dev.callboard.spi.StageContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the attempts of a stage have read of a task's payloads, as its checkpoint: {@code {made_with, done: {payload: [blob, …]},
 * before}}. {@code made_with} is a hash of the settings and of this plugin's version; {@code payload} one of its bytes and name; the
 * blobs are the documents in it. A checkpoint is small, so that after some payloads all so far go into a blob of the same shape, which
 * {@code before} names.
 *
 * <p>Payloads that failed are not in it: the next attempt reads them again.
 */
final class ReadBefore {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
            .build();

    private static final String MADE_WITH = "made_with";
    private static final String DONE = "done";
    private static final String BEFORE = "before";
    /** Blobs that the checkpoint itself names; each takes some 70 to 110 of its 65,536 bytes. */
    private static final int MOST_BLOBS = 200;

    private final StageContext context;
    private final String madeWith;
    private final Map<String, List<?>> before = new HashMap<>();
    private final Map<String, List<String>> done = new LinkedHashMap<>();
    private String earlier;
    private int blobs;

    /** Takes the checkpoint that there is, if it was made with the same settings and its blobs are still there. */
    ReadBefore(StageContext context) throws IOException {
        this.context = context;
        this.madeWith = madeWith(context);
        Map<?, ?> found = context.checkpoint();
        if (!madeWith.equals(found.get(MADE_WITH))) {
            return;
        }
        take(found);
        earlier = found.get(BEFORE) instanceof String blob ? blob : null;
        String next = earlier;
        while (next != null) {
            try (InputStream in = context.blobs().open(next)) {
                Map<?, ?> list = MAPPER.readValue(in, Map.class);
                take(list);
                next = list.get(BEFORE) instanceof String blob ? blob : null;
            } catch (FileNotFoundException e) {
                // Removed meanwhile: what it listed is read again.
                next = null;
            }
        }
        if (found.get(DONE) instanceof Map<?, ?> own) {
            own.forEach((payload, documents) -> keep((String) payload, strings((List<?>) documents)));
        }
    }

    private void take(Map<?, ?> checkpoint) {
        if (checkpoint.get(DONE) instanceof Map<?, ?> map) {
            map.forEach((payload, documents) -> before.put((String) payload, (List<?>) documents));
        }
    }

    private static List<String> strings(List<?> list) {
        return list.stream().map(String.class::cast).toList();
    }

    /** How many payloads are read already. */
    int size() {
        return before.size();
    }

    /**
     * The blobs of the documents in a payload, if it was read before and all of them are still there.
     *
     * @return empty when it has to be read
     */
    List<String> documents(Payload payload) throws IOException {
        List<String> documents = strings(before.getOrDefault(key(payload), List.of()));
        for (String blob : documents) {
            if (context.blobs().size(blob) < 0) {
                return List.of();
            }
        }
        return documents;
    }

    /** Adds a payload that has been read now, and keeps the checkpoint. */
    void add(Payload payload, List<String> documents) throws IOException {
        keep(key(payload), documents);
        if (blobs > MOST_BLOBS) {
            earlier = StoredJson.of(context.blobs(), lists()).blob();
            done.clear();
            blobs = 0;
        }
        Map<String, Object> checkpoint = lists();
        checkpoint.put(MADE_WITH, madeWith);
        context.keepCheckpoint(checkpoint);
    }

    private void keep(String payload, List<String> documents) {
        done.put(payload, documents);
        blobs += documents.size();
    }

    private Map<String, Object> lists() {
        Map<String, Object> lists = new LinkedHashMap<>();
        lists.put(DONE, new LinkedHashMap<>(done));
        if (earlier != null) {
            lists.put(BEFORE, earlier);
        }
        return lists;
    }

    private static String madeWith(StageContext context) throws IOException {
        String version = DocumentsPlugin.class.getPackage().getImplementationVersion();
        return hash(version + " " + MAPPER.writeValueAsString(context.settings()));
    }

    /** A document says its source's name: the same bytes under another name are another document. */
    private static String key(Payload payload) {
        return hash(payload.sha256() + " " + payload.mediaType() + " " + payload.name());
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
