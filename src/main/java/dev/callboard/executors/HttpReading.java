package dev.callboard.executors;

import dev.callboard.json.Json;
import dev.callboard.json.JsonSyntaxException;
import dev.callboard.net.OutboundAnswer;
import dev.callboard.problem.FileNames;
import dev.callboard.spi.BlobStore;
import dev.callboard.spi.StageFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of an answer's body what the stage goes on with: JSON, a text, or a stored file. */
final class HttpReading {
    /** The most bytes that are no file, whatever their type is. */
    static final int INLINE = 1_000_000;

    /** The most bytes of a failed answer that are read. */
    private static final int SAID = 4_000;

    private static final int SAID_CHARACTERS = 500;
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:-]{1,40})");
    private static final Pattern JSON = Pattern.compile("application/json|text/json|.+/.+\\+json");
    private static final Pattern TEXT = Pattern.compile("text/.*|.+/xml|.+/.+\\+xml|application/(x-www-form-urlencoded"
            + "|javascript|yaml|x-yaml|x-ndjson|jsonl|toml|graphql)");

    private HttpReading() {}

    /**
     * The body: a value when it is JSON, text when it is text in a known charset, null when there is none; else, and when it is
     * long, {@code {blob, size, media_type, name?}}.
     */
    static @Nullable Object body(OutboundAnswer answer, BlobStore blobs) throws IOException, StageFailure {
        byte[] head = answer.body().readNBytes(INLINE + 1);
        if (head.length == 0) {
            return null;
        }
        String said = answer.header("content-type");
        String type = said.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (head.length <= INLINE && JSON.matcher(type).matches()) {
            try {
                return Json.parse(head);
            } catch (JsonSyntaxException e) {
                throw StageFailure.permanent(
                        "bad_answer",
                        "The answer says that it is JSON, and is not: %s (line %d, column %d)."
                                .formatted(e.getMessage(), e.line(), e.column()));
            }
        }
        if (head.length <= INLINE && (type.isEmpty() || TEXT.matcher(type).matches())) {
            String text = text(head, said);
            if (text != null) {
                return text;
            }
        }
        return stored(head, answer, type, blobs);
    }

    private static Map<String, Object> stored(byte[] head, OutboundAnswer answer, String type, BlobStore blobs)
            throws IOException {
        String blob = blobs.put(new SequenceInputStream(new ByteArrayInputStream(head), answer.body()));
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("blob", blob);
        file.put("size", blobs.size(blob));
        file.put("media_type", type.isEmpty() ? "application/octet-stream" : type);
        String name = FileNames.safe(answer.url().lastSegment());
        if (!answer.url().lastSegment().isEmpty()) {
            file.put("name", name);
        }
        return file;
    }

    /** Null when the bytes are not what they should be. */
    private static @Nullable String text(byte[] bytes, String contentType) {
        Matcher named = CHARSET.matcher(contentType);
        Charset charset = StandardCharsets.UTF_8;
        try {
            charset = named.find() ? Charset.forName(named.group(1)) : charset;
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.indexOf('\0') < 0 ? text : null;
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return null;
        }
    }

    /** The beginning of an answer that is no success, on one line, to stand behind a sentence; empty when it says nothing. */
    static String said(OutboundAnswer answer) throws IOException {
        String text = new String(answer.body().readNBytes(SAID), StandardCharsets.UTF_8)
                .replaceAll("[\\p{C}\\s]+", " ")
                .strip();
        if (text.isEmpty()) {
            return "";
        }
        return " It said: " + (text.length() > SAID_CHARACTERS ? text.substring(0, SAID_CHARACTERS - 1) + "…" : text);
    }
}
