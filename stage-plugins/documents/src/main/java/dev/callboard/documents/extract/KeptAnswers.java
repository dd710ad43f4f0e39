package dev.callboard.documents.extract;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callboard.documents.endpoint.ChatModel.Message;
import dev.callboard.documents.endpoint.EndpointConfig;
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
import java.util.Optional;

/**
 * The answers that attempts of the stage have got from the model, as its checkpoint: {@code {asked_of, answers: {question: blob},
 * before}}. {@code asked_of} is a hash of the endpoint and its model, {@code question} one of all messages; a blob is the answer as
 * JSON. A checkpoint is small, so that after some answers all so far go into a blob of the same shape, which {@code before} names.
 */
final class KeptAnswers {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String ASKED_OF = "asked_of";
    private static final String ANSWERS = "answers";
    private static final String BEFORE = "before";

    /** Answers that the checkpoint itself names; each takes some 105 of its 65,536 characters. */
    private static final int MOST = 200;

    private final StageContext context;
    private final String askedOf;
    private final Map<String, String> known = new HashMap<>();
    private final Map<String, String> listed = new LinkedHashMap<>();
    private String earlier;

    /** Takes the checkpoint that there is, if the same model was asked. */
    KeptAnswers(StageContext context, EndpointConfig config) throws IOException {
        this.context = context;
        this.askedOf = hash(List.of(String.valueOf(config.address()), config.model()));
        Map<?, ?> found = context.checkpoint();
        if (!askedOf.equals(found.get(ASKED_OF))) {
            return;
        }
        listed.putAll(answers(found));
        known.putAll(listed);
        earlier = before(found);
        String next = earlier;
        while (next != null) {
            try (InputStream in = context.blobs().open(next)) {
                Map<?, ?> list = MAPPER.readValue(in, Map.class);
                known.putAll(answers(list));
                next = before(list);
            } catch (FileNotFoundException e) {
                // Removed meanwhile: what it listed is asked again.
                next = null;
            }
        }
    }

    private static Map<String, String> answers(Map<?, ?> list) {
        Map<String, String> answers = new LinkedHashMap<>();
        if (list.get(ANSWERS) instanceof Map<?, ?> map) {
            map.forEach((question, blob) -> answers.put(String.valueOf(question), String.valueOf(blob)));
        }
        return answers;
    }

    private static String before(Map<?, ?> list) {
        return list.get(BEFORE) instanceof String blob ? blob : null;
    }

    /** How many answers earlier attempts have left. */
    int size() {
        return known.size();
    }

    /** The answer that an earlier attempt got to a question, if there is one and it is still stored. */
    Optional<String> find(List<Message> question) throws IOException {
        String blob = known.get(hash(question));
        if (blob == null) {
            return Optional.empty();
        }
        try (InputStream in = context.blobs().open(blob)) {
            return Optional.of(MAPPER.readValue(in, String.class));
        } catch (FileNotFoundException e) {
            // Removed meanwhile: it is asked again.
            return Optional.empty();
        }
    }

    /** Keeps an answer; it is stored when this returns. */
    void add(List<Message> question, String answer) throws IOException {
        String key = hash(question);
        String blob = StoredJson.of(context.blobs(), answer).blob();
        if (listed.size() >= MOST) {
            earlier = StoredJson.of(context.blobs(), lists()).blob();
            listed.clear();
        }
        listed.put(key, blob);
        Map<String, Object> checkpoint = lists();
        checkpoint.put(ASKED_OF, askedOf);
        context.keepCheckpoint(checkpoint);
    }

    private Map<String, Object> lists() {
        Map<String, Object> lists = new LinkedHashMap<>();
        lists.put(ANSWERS, new LinkedHashMap<>(listed));
        if (earlier != null) {
            lists.put(BEFORE, earlier);
        }
        return lists;
    }

    /** Of texts, or of messages. */
    private static String hash(List<?> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(MAPPER.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new IllegalStateException("texts are JSON", e);
        }
    }
}
